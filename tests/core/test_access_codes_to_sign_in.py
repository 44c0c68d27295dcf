"""Codes for the sign-in page: for contacts only, in one browser only, counted with all others."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from hotline.access_codes import rules, service, sign_in
from hotline.access_codes.codes import NewCode, Wait
from hotline.access_codes.rows import AccessCodeRow
from hotline.access_codes.sign_in import Checked, Standing
from hotline.core import Hotline
from tests.conftest import CONTACT, contact_of
from tests.core.desk_work import everything_journalled
from tests.core.test_access_codes import (
    HERE,
    NOBODY,
    VISITOR,
    later,
    mails,
    statements,
    visitor,
    visitors_ticket,
    wrong,
)

MINE, OTHER = "a" * 32, "b" * 32  # what two browsers' cookies say


async def asked(
    hotline: Hotline, secret: str = MINE, address: str | None = CONTACT, caller: str = HERE
) -> NewCode:
    new = await sign_in.new_code(hotline, secret, caller, address)
    assert isinstance(new, NewCode)
    return new


async def test_the_code_says_which_contact_signs_in_and_works_once(any_hotline: Hotline) -> None:
    new = await asked(any_hotline)
    did = await asyncio.gather(*(sign_in.check(any_hotline, MINE, new.code) for _ in range(3)))
    contact = await contact_of(any_hotline, CONTACT)
    assert sorted(did, key=lambda one: one.verdict) == [
        Checked("gone"),
        Checked("gone"),
        Checked("right", contact=contact),
    ]


async def test_a_code_works_in_the_browser_that_asked_and_in_no_conversation(
    any_hotline: Hotline,
) -> None:
    new, talk = await asked(any_hotline), await visitor(any_hotline)
    assert (await sign_in.check(any_hotline, OTHER, new.code)).verdict == "gone"
    assert (await service.check(any_hotline, talk, new.code)).verdict == "gone"
    theirs = await asked(any_hotline, OTHER)
    if theirs.code != new.code:  # once in a million
        assert (await sign_in.check(any_hotline, OTHER, new.code)).verdict == "wrong"
    in_chat = await service.new_code(any_hotline, talk, HERE, CONTACT)
    assert isinstance(in_chat, NewCode)
    if in_chat.code != new.code:
        assert (await sign_in.check(any_hotline, MINE, in_chat.code)).verdict == "wrong"


async def test_an_address_that_is_no_contacts_signs_nobody_in(any_hotline: Hotline) -> None:
    await visitors_ticket(any_hotline)
    new = await asked(any_hotline, address=VISITOR)
    assert await sign_in.check(any_hotline, MINE, new.code) == Checked("gone")


async def test_only_contacts_get_mail(any_hotline: Hotline) -> None:
    await visitors_ticket(any_hotline)
    for address in (NOBODY, VISITOR, CONTACT):
        await sign_in.send(any_hotline, NewCode("042137", address), "zh-TW")
    [mail] = mails(any_hotline)
    assert mail["To"] == CONTACT
    content = mail.get_content()
    assert content.startswith("您的驗證碼：042137\n\n10 分鐘內有效")
    assert "登入頁" in content


async def test_a_known_and_an_unknown_address_are_the_same_work(any_hotline: Hotline) -> None:
    await visitors_ticket(any_hotline)
    done = []
    for secret, address in (("c" * 32, CONTACT), ("d" * 32, VISITOR), ("e" * 32, NOBODY)):
        with statements(any_hotline) as work:
            new = await asked(any_hotline, secret, address)
            await sign_in.check(any_hotline, secret, wrong(new.code))
            await sign_in.standing(any_hotline, secret)
        done.append(work)
    assert len(done[0]) > 5
    assert done[0] == done[1] == done[2]


async def test_five_tries_then_a_rest_and_what_the_page_tells_of_it(any_hotline: Hotline) -> None:
    assert await sign_in.standing(any_hotline, MINE) is None
    new = await asked(any_hotline)
    standing = await sign_in.standing(any_hotline, MINE)
    assert standing is not None
    assert (standing.address, standing.verdict, standing.minutes) == (CONTACT, "live", 10)
    assert standing.tries_left == 5
    assert timedelta(seconds=50) < standing.again_in <= rules.AGAIN_AFTER
    told = [await sign_in.check(any_hotline, MINE, wrong(new.code)) for _ in range(5)]
    assert told == [
        *(Checked("wrong", tries_left=left) for left in (4, 3, 2, 1)),
        Checked("locked", minutes=15),
    ]
    assert (await sign_in.check(any_hotline, MINE, new.code)).verdict == "locked"
    assert isinstance(await sign_in.new_code(any_hotline, MINE, HERE, NOBODY), Wait)
    standing = await sign_in.standing(any_hotline, MINE)
    assert standing is not None
    assert standing == Standing(CONTACT, "locked", 15, 0, standing.again_in)
    assert timedelta(minutes=14) < standing.again_in <= rules.LOCKED_FOR
    later(any_hotline, rules.LOCKED_FOR)
    fresh = await asked(any_hotline, address=None)
    assert fresh.address == CONTACT
    assert (await sign_in.check(any_hotline, MINE, fresh.code)).verdict == "right"


async def test_a_code_is_gone_after_ten_minutes(any_hotline: Hotline) -> None:
    new = await asked(any_hotline)
    later(any_hotline, rules.LIFETIME)
    assert (await sign_in.check(any_hotline, MINE, new.code)).verdict == "gone"
    standing = await sign_in.standing(any_hotline, MINE)
    assert standing is not None
    assert (standing.verdict, standing.again_in) == ("gone", timedelta(0))


async def test_the_next_code_comes_after_a_minute_unless_the_address_was_mistyped(
    any_hotline: Hotline,
) -> None:
    first = await asked(any_hotline, address="yichun.chen@heguang.exampel")
    second = await asked(any_hotline)
    for address in (CONTACT, None):
        wait = await sign_in.new_code(any_hotline, MINE, HERE, address)
        assert wait == Wait(1, locked=False, just_sent=True)
    later(any_hotline, rules.AGAIN_AFTER)
    third = await asked(any_hotline, address=None)
    assert third.address == CONTACT
    for old in (first, second):
        if old.code != third.code:
            assert (await sign_in.check(any_hotline, MINE, old.code)).verdict == "wrong"
    assert (await sign_in.check(any_hotline, MINE, third.code)).verdict == "right"


async def test_an_address_has_five_codes_an_hour_in_chats_and_sign_ins_together(
    any_hotline: Hotline,
) -> None:
    for number in range(2):
        talk = await visitor(any_hotline)
        assert isinstance(await service.new_code(any_hotline, talk, str(number), CONTACT), NewCode)
    for secret in "xyz":
        await asked(any_hotline, secret * 32, caller=secret)
    assert await sign_in.new_code(any_hotline, MINE, "w", CONTACT) == Wait(60, locked=False)
    talk = await visitor(any_hotline)
    assert isinstance(await service.new_code(any_hotline, talk, "v", CONTACT), Wait)
    assert isinstance(await sign_in.new_code(any_hotline, MINE, "w", NOBODY), NewCode)


async def test_a_caller_has_thirty_codes_an_hour_in_however_many_browsers(
    any_hotline: Hotline,
) -> None:
    for number in range(rules.PER_CALLER):
        await asked(any_hotline, f"{number:032}", f"a{number}@nowhere.example")
    assert isinstance(await sign_in.new_code(any_hotline, MINE, HERE, NOBODY), Wait)
    assert isinstance(await sign_in.new_code(any_hotline, MINE, "elsewhere", NOBODY), NewCode)


@pytest.mark.parametrize("callers", ["one", "many"])
async def test_whoever_guesses_has_twenty_five_tries_an_hour_at_an_address(
    any_hotline: Hotline, callers: str
) -> None:
    tries = 0
    for number in range(12):
        secret = f"{number:032}"
        caller = HERE if callers == "one" else str(number)
        new = await sign_in.new_code(any_hotline, secret, caller, CONTACT)
        if isinstance(new, Wait):
            continue
        assert new is not None
        for _ in range(8):
            verdict = (await sign_in.check(any_hotline, secret, wrong(new.code))).verdict
            async with any_hotline.database.read() as session:
                counted = await session.scalars(select(AccessCodeRow.tries))
                tries = sum(counted)
            if verdict == "locked":
                assert (await sign_in.check(any_hotline, secret, new.code)).verdict == "locked"
    assert tries == rules.PER_ADDRESS * rules.TRIES


async def test_tries_at_once_are_counted_each(any_hotline: Hotline) -> None:
    new = await asked(any_hotline)
    did = await asyncio.gather(
        *(sign_in.check(any_hotline, MINE, wrong(new.code)) for _ in range(8))
    )
    assert sorted(one.tries_left for one in did if one.verdict == "wrong") == [1, 2, 3, 4]
    assert sum(one.verdict == "locked" for one in did) == 4


async def test_neither_code_nor_cookie_nor_address_is_told(any_hotline: Hotline) -> None:
    new = await asked(any_hotline)
    await sign_in.check(any_hotline, MINE, wrong(new.code))
    async with any_hotline.database.read() as session:
        row = await session.scalar(select(AccessCodeRow))
    assert row is not None
    assert (row.conversation_id, len(row.sign_in or "")) == (None, 64)
    assert MINE not in str(row.sign_in)
    told = await everything_journalled(any_hotline)
    assert not any(secret in told for secret in (new.code, CONTACT, HERE, MINE))
