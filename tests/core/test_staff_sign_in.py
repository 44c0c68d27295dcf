"""Signing in as staff: passwords, locks, the second step, sessions."""

from datetime import timedelta

import pyotp
import pytest

from hotline.core import Hotline
from hotline.errors import BadInput, HotlineError, NotAllowed, TooMany, Unauthorized
from hotline.settings import Settings
from hotline.staff import passwords, second_step, sessions, signing_in
from hotline.staff.rows import SpareCodeRow, StaffRow
from hotline.staff.service import Staff, add_staff
from tests.conftest import ENGINEER, LEAD, staff_of
from tests.core.desk_work import journal
from tests.desk.people import PASSWORD

NOBODY = "nobody@hotline.example"
WRONG = "wrong"


async def move(hotline: Hotline, **by: float) -> None:
    hotline.clock.advance(timedelta(**by))


async def has_step(hotline: Hotline, staff: Staff) -> tuple[str, tuple[str, ...]]:
    """A confirmed second step: its secret, and the spare codes."""
    await second_step.propose(hotline, staff)
    async with hotline.database.read() as session:
        proposed = await second_step.proposed(hotline, session, staff)
    assert proposed is not None
    spare = await second_step.confirm(hotline, staff, code_of(hotline, proposed.text))
    return proposed.text, spare


def code_of(hotline: Hotline, secret: str, late_s: int = 0) -> str:
    """What a phone shows whose clock is so much behind."""
    return pyotp.TOTP(secret).at(hotline.now() - timedelta(seconds=late_s))


async def refusal(hotline: Hotline, email: str, password: str = WRONG) -> HotlineError:
    with pytest.raises((TooMany, Unauthorized)) as refused:
        await signing_in.by_password(hotline, email, password)
    return refused.value


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("eleven char", "short"),
        ("x" * 1001, "long"),
        ("aaaaaaaaaaaaaaa", "common"),
        ("Password-1234", "common"),
        ("1qaz 2wsx 3edc", "common"),
        ("Zhihao.Wang-01", "own"),
        ("zhihao.wang@hotline.example", "own"),
        ("ZHIHAO  WANG 2026", "own"),
    ],
)
def test_a_password_that_is_guessed_first_is_not_taken(password: str, reason: str) -> None:
    with pytest.raises(passwords.PasswordFault) as fault:
        passwords.require_good(password, ENGINEER, "王志豪", "Zhihao Wang")
    assert fault.value.fields["reason"] == reason


@pytest.mark.parametrize(
    "password", [PASSWORD, "hund tanzt im regen", "一二三四五六七八九十百千", "Wang likes rain"]
)
def test_length_is_enough_without_a_mixture_of_characters(password: str) -> None:
    passwords.require_good(password, ENGINEER, "王志豪", "Zhihao Wang")


async def test_a_password_is_the_same_in_full_width_letters(hotline: Hotline) -> None:
    hashed = await passwords.hashed("ＡＢＣ rain 2026")
    assert await passwords.fits(hashed, "ABC rain 2026")
    assert not await passwords.fits(None, "nobody has this password!")


async def test_too_many_tries_lock_an_account_that_exists_or_not_alike(hotline: Hotline) -> None:
    told = []
    for email in (ENGINEER, NOBODY):
        answers = [await refusal(hotline, email) for _ in range(5)]
        answers.append(await refusal(hotline, email, PASSWORD))
        told.append([(type(one), one.message, one.fields) for one in answers])
    assert told[0] == told[1]
    assert [one[0] for one in told[0]] == [Unauthorized] * 5 + [TooMany]
    staff = await staff_of(hotline, ENGINEER)
    [entry] = await journal(hotline, "staff.locked")
    assert (entry.actor, entry.detail) == ("system", {"staff": staff.id, "tries": 5})
    await move(hotline, minutes=15, seconds=1)
    await signing_in.by_password(hotline, ENGINEER, PASSWORD)
    assert await signing_in.is_to_be_told(hotline, staff)
    assert not await signing_in.is_to_be_told(hotline, staff)


async def test_a_success_takes_the_tries_back_and_another_spelling_counts_along(
    hotline: Hotline,
) -> None:
    for _ in range(2):
        for email in (ENGINEER, f" {ENGINEER.upper()} ", ENGINEER, ENGINEER):
            assert isinstance(await refusal(hotline, email), Unauthorized)
        await signing_in.by_password(hotline, ENGINEER, PASSWORD)
    await signing_in.by_password(hotline, LEAD, PASSWORD)


async def test_a_code_of_the_phone_counts_once_and_half_a_minute_around(hotline: Hotline) -> None:
    staff = await staff_of(hotline, ENGINEER)
    secret, _spare = await has_step(hotline, staff)
    with pytest.raises(Unauthorized):  # it was used to confirm
        await second_step.require_code(hotline, staff, code_of(hotline, secret))
    await move(hotline, seconds=60)
    await second_step.require_code(hotline, staff, code_of(hotline, secret, late_s=30))
    shown = code_of(hotline, secret)
    await second_step.require_code(hotline, staff, f" {shown[:3]} {shown[3:]} ")
    await move(hotline, seconds=120)
    for code in (shown, code_of(hotline, secret, late_s=90), "", "abcdef", "1" * 40, "\ud800"):
        with pytest.raises(Unauthorized):
            await second_step.require_code(hotline, staff, code)
    await second_step.require_code(hotline, staff, code_of(hotline, secret, late_s=-30))


async def test_a_spare_code_works_once_and_is_kept_as_a_hash(hotline: Hotline) -> None:
    staff = await staff_of(hotline, ENGINEER)
    secret, spare = await has_step(hotline, staff)
    assert len(set(spare)) == 10
    await second_step.require_code(hotline, staff, spare[0].upper().replace("-", " "))
    with pytest.raises(Unauthorized):
        await second_step.require_code(hotline, staff, spare[0])
    with pytest.raises(Unauthorized):  # another's
        await second_step.require_code(hotline, await staff_of(hotline, LEAD), spare[1])
    [entry] = await journal(hotline, "staff.spare_code_used")
    assert entry.detail == {"staff": staff.id, "left": 9}
    async with hotline.database.read() as session:
        row = await session.get_one(StaffRow, staff.id)
        assert row.totp_secret
        assert secret not in row.totp_secret
        assert await session.get(SpareCodeRow, spare[1]) is None
        assert await second_step.spare_left(session, staff) == 9


async def test_wrong_codes_lock_as_wrong_passwords_do_and_a_right_password_frees_nothing(
    hotline: Hotline,
) -> None:
    staff = await staff_of(hotline, ENGINEER)
    secret, spare = await has_step(hotline, staff)
    await move(hotline, minutes=1)
    for _ in range(5):
        _staff, stamp = await signing_in.by_password(hotline, ENGINEER, PASSWORD)
        with pytest.raises(Unauthorized):
            await signing_in.by_code(hotline, staff.id, stamp, "000000x")
    with pytest.raises(TooMany):
        await signing_in.by_code(hotline, staff.id, stamp, code_of(hotline, secret))
    assert isinstance(await refusal(hotline, ENGINEER, PASSWORD), TooMany)
    await move(hotline, minutes=16)
    assert await signing_in.by_code(hotline, staff.id, stamp, spare[0])
    with pytest.raises(Unauthorized):  # the password has changed since
        await signing_in.by_code(hotline, staff.id, "another", spare[1])


async def test_a_step_counts_only_once_a_code_has_confirmed_it(hotline: Hotline) -> None:
    staff = await staff_of(hotline, ENGINEER)
    await second_step.propose(hotline, staff)
    with pytest.raises(BadInput):
        await second_step.confirm(hotline, staff, "000000x")
    found, _stamp = await signing_in.by_password(hotline, ENGINEER, PASSWORD)
    assert not found.has_second_step
    await has_step(hotline, staff)
    with pytest.raises(NotAllowed):
        await second_step.propose(hotline, staff)


async def test_the_step_is_removed_with_the_password_unless_it_is_compulsory(
    hotline: Hotline, settings: Settings
) -> None:
    lead = await staff_of(hotline, LEAD)
    _secret, spare = await has_step(hotline, lead)
    with pytest.raises(Unauthorized):
        await signing_in.remove_second_step(hotline, lead, "wrong")
    strict = settings.model_copy(
        update={"staff": settings.staff.model_copy(update={"second_step": True})}
    )
    required = Hotline(**{**vars(hotline), "settings": strict})
    assert second_step.is_required(required, lead)
    assert not second_step.is_required(required, await staff_of(hotline, ENGINEER))
    assert not second_step.is_required(hotline, lead)  # off in the demonstration
    with pytest.raises(BadInput):
        await signing_in.remove_second_step(required, lead, PASSWORD)
    await signing_in.remove_second_step(hotline, lead, PASSWORD)
    assert not (await staff_of(hotline, LEAD)).has_second_step
    with pytest.raises(Unauthorized):
        await second_step.require_code(hotline, lead, spare[0])


async def test_a_new_password_of_ones_own_ends_the_other_sessions(hotline: Hotline) -> None:
    staff = await staff_of(hotline, ENGINEER)
    here = await sessions.begin(hotline, staff, "Firefox, Linux")
    there = await sessions.begin(hotline, staff, "Chrome, Windows")
    with pytest.raises(Unauthorized):
        await signing_in.change_password(hotline, here, "wrong", "rain on the roof")
    with pytest.raises(passwords.PasswordFault):
        await signing_in.change_password(hotline, here, PASSWORD, PASSWORD)
    await signing_in.change_password(hotline, here, PASSWORD, "rain on the roof")
    async with hotline.database.read() as session:
        assert await sessions.live(session, there.id, hotline.now()) is None
        found = await sessions.live_of(session, staff, hotline.now())
    assert [(one.id, one.browser) for one in found] == [(here.id, "Firefox, Linux")]
    assert isinstance(await refusal(hotline, ENGINEER, PASSWORD), Unauthorized)
    await signing_in.by_password(hotline, ENGINEER, "rain on the roof")


async def test_a_session_ends_by_the_clock_by_its_owner_and_by_a_new_password(
    hotline: Hotline,
) -> None:
    staff, lead = await staff_of(hotline, ENGINEER), await staff_of(hotline, LEAD)
    first, second = [await sessions.begin(hotline, staff, "") for _ in range(2)]
    assert not await sessions.end(hotline, lead, lead, first.id)  # not theirs
    assert await sessions.end(hotline, staff, staff, first.id)
    assert not await sessions.end(hotline, staff, staff, first.id)
    await move(hotline, minutes=6)
    await sessions.seen(hotline, second)
    async with hotline.database.read() as session:
        [found] = await sessions.live_of(session, staff, hotline.now())
        assert await sessions.count_live(session, hotline.now()) == {staff.id: 1}
    assert found.seen_at == pytest.approx(hotline.now(), abs=timedelta(seconds=5))
    await add_staff(
        hotline.database, email=staff.email, name=staff.name, name_en=staff.name_en,
        role=staff.role, queues=staff.queues, password="rain on the roof",
    )  # fmt: skip
    third = await sessions.begin(hotline, staff, "")
    async with hotline.database.read() as session:
        found_ids = [it.id for it in await sessions.live_of(session, staff, hotline.now())]
    assert found_ids == [third.id]
    await move(hotline, hours=12)
    async with hotline.database.read() as session:
        assert await sessions.live(session, third.id, hotline.now()) is None
