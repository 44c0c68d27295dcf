"""Sessions of contacts: live by the row alone, listed and ended; a conversation that needs one."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select, text, update

from hotline import access
from hotline.access_codes import heard
from hotline.conversations import identifying
from hotline.conversations.identifying import Joined, join
from hotline.conversations.service import Conversation, locked, start
from hotline.core import Hotline
from hotline.errors import Conflict, Unauthorized
from hotline.partners import sessions
from hotline.partners.rows import ContactRow, PartnerSessionRow
from hotline.partners.service import Contact, contact_by_email
from hotline.partners.sessions import CODE, LIFETIME, PORTAL, SEEN_EVERY, PartnerSession
from tests.conftest import COLLEAGUE, CONTACT, OTHER_COMPANY, contact_of
from tests.core.desk_work import conversation_row, everything_journalled, journal, says

BROWSER = "Chrome, Windows"


async def signed_in(hotline: Hotline, email: str = CONTACT) -> PartnerSession:
    return await sessions.begin(hotline, await contact_of(hotline, email), CODE, BROWSER)


async def who(hotline: Hotline, token: str) -> PartnerSession:
    async with hotline.database.read() as session:
        return await access.partner_session_of(hotline, session, token)


async def is_nobody(hotline: Hotline, token: str) -> bool:
    try:
        await who(hotline, token)
    except Unauthorized:
        return True
    return False


async def changed(hotline: Hotline, email: str, **values: object) -> None:
    async with hotline.database.write() as session:
        await session.execute(update(ContactRow).where(ContactRow.email == email).values(**values))


async def listed(hotline: Hotline, contact: Contact) -> list[str]:
    async with hotline.database.read() as session:
        found = await sessions.live_of(session, contact, hotline.now())
    return [one.id for one in found]


async def admitted(hotline: Hotline, talk: str, token: str) -> Conversation:
    async with hotline.database.read() as session:
        return (await access.admit(hotline, session, talk, token)).conversation


async def test_a_session_says_who_somebody_is_until_it_runs_out(any_hotline: Hotline) -> None:
    mine = await signed_in(any_hotline)
    token = access.session_token(any_hotline, mine)
    found = await who(any_hotline, token)
    assert found == mine
    assert (found.contact.email, found.how, found.browser) == (CONTACT, CODE, BROWSER)
    any_hotline.clock.advance(LIFETIME - timedelta(seconds=30))
    assert (await who(any_hotline, token)).id == mine.id
    any_hotline.clock.advance(timedelta(seconds=30))
    assert await is_nobody(any_hotline, token)


async def test_one_ends_without_the_others_and_only_for_its_contact(any_hotline: Hotline) -> None:
    one, other = await signed_in(any_hotline), await signed_in(any_hotline)
    stranger = await contact_of(any_hotline, OTHER_COMPANY)
    tokens = [access.session_token(any_hotline, it) for it in (one, other)]
    assert not await sessions.end(any_hotline, stranger, one.id)
    assert not await is_nobody(any_hotline, tokens[0])

    assert await sessions.end(any_hotline, one.contact, one.id)

    assert [await is_nobody(any_hotline, token) for token in tokens] == [True, False]
    assert not await sessions.end(any_hotline, one.contact, one.id)
    assert await listed(any_hotline, one.contact) == [other.id]
    [entry] = await journal(any_hotline, "session.ended")
    assert (entry.actor, entry.detail) == (
        "partner",
        {"session_id": one.id, "contact": one.contact.id},
    )


async def test_all_others_end_or_all(any_hotline: Hotline) -> None:
    mine = [await signed_in(any_hotline) for _ in range(3)]
    theirs = await signed_in(any_hotline, COLLEAGUE)
    contact = mine[0].contact
    assert await sessions.end_all(any_hotline, contact, but=mine[1].id) == 2
    assert await listed(any_hotline, contact) == [mine[1].id]
    assert await sessions.end_all(any_hotline, contact, actor="system") == 1
    assert await listed(any_hotline, contact) == []
    assert await listed(any_hotline, theirs.contact) == [theirs.id]
    ended = await journal(any_hotline, "session.ended")
    assert [entry.actor for entry in ended] == ["partner", "partner", "system"]


async def test_two_who_end_the_same_one_end_it_once(any_hotline: Hotline) -> None:
    mine = await signed_in(any_hotline)
    did = await asyncio.gather(
        *(sessions.end(any_hotline, mine.contact, mine.id) for _ in range(4))
    )
    assert sorted(did) == [False, False, False, True]
    assert len(await journal(any_hotline, "session.ended")) == 1


async def test_a_browser_that_signs_in_again_leaves_its_former_session(
    any_hotline: Hotline,
) -> None:
    first = await signed_in(any_hotline)
    other = await contact_of(any_hotline, OTHER_COMPANY)
    second = await sessions.begin(any_hotline, other, PORTAL, BROWSER, instead_of=first.id)
    assert await is_nobody(any_hotline, access.session_token(any_hotline, first))
    assert (await who(any_hotline, access.session_token(any_hotline, second))).contact == other
    kinds = [entry.kind for entry in await journal(any_hotline)]
    assert kinds == ["session.began", "session.ended", "session.began"]


async def test_what_the_row_says_now_counts_and_not_what_it_said_at_the_sign_in(
    any_hotline: Hotline,
) -> None:
    token = access.session_token(any_hotline, await signed_in(any_hotline))
    elsewhere = await contact_of(any_hotline, OTHER_COMPANY)
    await changed(any_hotline, CONTACT, roles=["sales"], partner_id=elsewhere.partner_id)
    contact = (await who(any_hotline, token)).contact
    assert (contact.roles, contact.partner_id) == (("sales",), elsewhere.partner_id)
    assert contact.company_zh == elsewhere.company_zh


async def test_whoever_has_been_erased_is_nobody(any_hotline: Hotline) -> None:
    mine = await signed_in(any_hotline)
    portal = access.partner_token(any_hotline, mine.contact)
    await changed(any_hotline, CONTACT, erased_at=any_hotline.now())
    assert await is_nobody(any_hotline, access.session_token(any_hotline, mine))
    async with any_hotline.database.read() as session:
        assert await contact_by_email(session, CONTACT) is None
        with pytest.raises(Unauthorized):
            await access.contact_of_partner_token(any_hotline, session, portal)


async def test_a_token_needs_its_session_and_the_session_its_contact(any_hotline: Hotline) -> None:
    mine = await signed_in(any_hotline)
    other = await contact_of(any_hotline, OTHER_COMPANY)
    for subject, more in (
        (str(mine.contact.id), {}),
        (str(mine.contact.id), {"session": "0" * 32}),
        (str(other.id), {"session": mine.id}),
    ):
        forged = access.issue(any_hotline, access.PARTNER_SESSION, subject, **more)
        assert await is_nobody(any_hotline, forged)


async def test_being_seen_is_written_every_few_minutes_at_most(any_hotline: Hotline) -> None:
    mine = await signed_in(any_hotline)
    token = access.session_token(any_hotline, mine)

    async def seen_at() -> object:
        async with any_hotline.database.read() as session:
            return await session.scalar(select(PartnerSessionRow.seen_at))

    any_hotline.clock.advance(SEEN_EVERY - timedelta(seconds=30))
    await sessions.seen(any_hotline, await who(any_hotline, token))
    assert await seen_at() == mine.seen_at
    any_hotline.clock.advance(timedelta(minutes=1))
    await sessions.seen(any_hotline, await who(any_hotline, token))
    noted = (await who(any_hotline, token)).seen_at
    assert timedelta(0) <= any_hotline.now() - noted < timedelta(seconds=30)


async def test_the_one_seen_last_is_listed_first(any_hotline: Hotline) -> None:
    first = await signed_in(any_hotline)
    any_hotline.clock.advance(timedelta(minutes=10))
    second = await signed_in(any_hotline)
    assert await listed(any_hotline, first.contact) == [second.id, first.id]
    any_hotline.clock.advance(timedelta(minutes=10))
    await sessions.seen(any_hotline, first)
    assert await listed(any_hotline, first.contact) == [first.id, second.id]


async def test_sessions_of_last_month_are_forgotten(any_hotline: Hotline) -> None:
    await signed_in(any_hotline)
    any_hotline.clock.advance(LIFETIME + sessions.KEPT_FOR + timedelta(minutes=1))
    fresh = await signed_in(any_hotline)
    async with any_hotline.database.read() as session:
        assert list(await session.scalars(select(PartnerSessionRow.id))) == [fresh.id]


async def test_the_journal_has_ids_only(any_hotline: Hotline) -> None:
    mine = await signed_in(any_hotline)
    await sessions.end(any_hotline, mine.contact, mine.id)
    told = await everything_journalled(any_hotline)
    assert not any(secret in told for secret in (CONTACT, mine.contact.name, BROWSER))


async def test_a_conversation_begun_signed_in_ends_with_the_session(any_hotline: Hotline) -> None:
    mine = await signed_in(any_hotline)
    talk, _greeting = await start(any_hotline, mine.contact, needs_session=True)
    token = access.conversation_token(any_hotline, talk.id, mine)
    bare = access.conversation_token(any_hotline, talk.id)
    assert (await admitted(any_hotline, talk.id, token)).contact == mine.contact
    with pytest.raises(Unauthorized):
        await admitted(any_hotline, talk.id, bare)
    theirs = access.conversation_token(
        any_hotline, talk.id, await signed_in(any_hotline, OTHER_COMPANY)
    )
    with pytest.raises(Unauthorized):
        await admitted(any_hotline, talk.id, theirs)

    await sessions.end(any_hotline, mine.contact, mine.id)

    with pytest.raises(Unauthorized):
        await admitted(any_hotline, talk.id, token)
    again = access.conversation_token(any_hotline, talk.id, await signed_in(any_hotline))
    assert (await admitted(any_hotline, talk.id, again)).id == talk.id


async def test_a_visitors_conversation_becomes_the_contacts_and_loses_its_old_token(
    any_hotline: Hotline,
) -> None:
    talk, _greeting = await start(any_hotline, None)
    old = access.conversation_token(any_hotline, talk.id)
    await admitted(any_hotline, talk.id, old)
    mine = await signed_in(any_hotline)

    assert await join(any_hotline, talk.id, mine.contact) == Joined(is_new=True)

    assert (await conversation_row(any_hotline, talk.id)).contact == mine.contact
    with pytest.raises(Unauthorized):
        await admitted(any_hotline, talk.id, old)
    token = access.conversation_token(any_hotline, talk.id, mine)
    await admitted(any_hotline, talk.id, token)
    [entry] = await journal(any_hotline, "conversation.identified")
    assert (entry.conversation_id, entry.detail) == (talk.id, {"contact": mine.contact.id})
    assert await join(any_hotline, talk.id, mine.contact) == Joined(is_new=False)
    assert len(await journal(any_hotline, "conversation.identified")) == 1


async def test_nobody_takes_over_anothers_conversation(any_hotline: Hotline) -> None:
    mine, other = await signed_in(any_hotline), await contact_of(any_hotline, OTHER_COMPANY)
    talk, _greeting = await start(any_hotline, None)
    did = await asyncio.gather(
        *(join(any_hotline, talk.id, contact) for contact in (mine.contact, other)),
        return_exceptions=True,
    )
    assert sorted(type(one).__name__ for one in did) == ["Conflict", "Joined"]
    row = await conversation_row(any_hotline, talk.id)
    winner = mine.contact if isinstance(did[0], Joined) else other
    assert row.contact == winner


async def test_a_visitors_conversation_of_long_ago_is_nobodys(any_hotline: Hotline) -> None:
    mine = await signed_in(any_hotline)
    talk, _greeting = await start(any_hotline, None)
    any_hotline.clock.advance(identifying.RUNS_FOR + timedelta(minutes=1))
    with pytest.raises(Conflict):
        await join(any_hotline, talk.id, mine.contact)
    await says(any_hotline, talk.id, "還在", "c1")
    assert (await join(any_hotline, talk.id, mine.contact)).is_new


@pytest.mark.parametrize(("after", "asked"), [(timedelta(0), 2), (heard.STANDS_FOR * 2, None)])
async def test_the_message_that_waits_for_the_sign_in_is_told_while_its_question_stands(
    any_hotline: Hotline, after: timedelta, asked: int | None
) -> None:
    mine = await signed_in(any_hotline)
    talk, _greeting = await start(any_hotline, None)
    async with any_hotline.database.write() as session:
        row = await locked(session, talk.id)
        row.asking = heard.question(heard.OFFERED, 2, any_hotline.now(), None)
    any_hotline.clock.advance(after)
    assert await join(any_hotline, talk.id, mine.contact) == Joined(True, asked)


async def test_another_question_that_stands_goes_on_standing(any_hotline: Hotline) -> None:
    mine = await signed_in(any_hotline)
    talk, _greeting = await start(any_hotline, None)
    solved = {"kind": "solved", "ticket": "T26-000001-5"}
    async with any_hotline.database.write() as session:
        (await locked(session, talk.id)).asking = solved
    assert await join(any_hotline, talk.id, mine.contact) == Joined(is_new=True)
    assert (await conversation_row(any_hotline, talk.id)).asking == solved


async def test_the_database_keeps_each_code_in_one_place(any_hotline: Hotline) -> None:
    with pytest.raises(Exception, match="one_place"):
        async with any_hotline.database.write() as session:
            await session.execute(
                text(
                    "INSERT INTO access_codes (email, caller, code_hash, sent_at, tries)"
                    " VALUES ('a', 'b', 'c', CURRENT_TIMESTAMP, 0)"
                )
            )
