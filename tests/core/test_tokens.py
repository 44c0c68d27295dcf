"""Tokens: who may speak as whom. Whatever is wrong with one, it is refused and says no more."""

import base64
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import jwt
import pytest

from hotline import access
from hotline.core import Hotline
from hotline.errors import NotAllowed, NotFound, Unauthorized
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from tests.conftest import ENGINEER, OTHER_COMPANY, contact_of

NOT_VALID = r"^this token is not valid$"


def part(value: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def signed(hotline: Hotline, key: str = "", **changes: Any) -> str:
    """A portal's token with some of its claims changed, or left out with None."""
    secret = key or hotline.settings.secrets.partner_token.get_secret_value()
    claims = {
        "sub": "yichun.chen@heguang.example",
        "partner": "P-1001",
        "exp": hotline.now() + timedelta(minutes=5),
        "jti": "j1",
        **changes,
    }
    kept = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(kept, secret, algorithm="HS256")


async def contact_behind(hotline: Hotline, token: str) -> Contact:
    async with hotline.database.read() as session:
        return await access.contact_of_partner_token(hotline, session, token)


@pytest.mark.parametrize("audience", list(access.LIFETIMES))
def test_a_token_speaks_for_its_subject_for_its_lifetime(hotline: Hotline, audience: str) -> None:
    token = access.issue(hotline, audience, "17")
    hotline.clock.advance(access.LIFETIMES[audience] - timedelta(seconds=5))
    assert access.subject_of(hotline, audience, token) == "17"
    hotline.clock.advance(timedelta(seconds=5))
    with pytest.raises(Unauthorized, match=r"^this token has expired$"):
        access.subject_of(hotline, audience, token)


@pytest.mark.parametrize("meant", list(access.LIFETIMES))
@pytest.mark.parametrize("used", list(access.LIFETIMES))
def test_a_token_is_good_for_one_purpose_only(hotline: Hotline, meant: str, used: str) -> None:
    token = access.issue(hotline, meant, "17")
    if meant == used:
        assert access.subject_of(hotline, used, token) == "17"
    else:
        with pytest.raises(Unauthorized, match=NOT_VALID):
            access.subject_of(hotline, used, token)


def test_a_token_without_a_signature_of_ours_is_refused(hotline: Hotline) -> None:
    good = access.issue(hotline, access.STAFF_API, "1")
    head, body, signature = good.split(".")
    claims = {"aud": access.STAFF_API, "sub": "1", "exp": 4_000_000_000}
    for wrong in (
        "",
        "nonsense",
        "錯",
        "a.b.c",
        f"{head}.{body}.",
        f"{head}.{part(claims)}.{signature}",
        f"{part({'alg': 'none', 'typ': 'JWT'})}.{part(claims)}.",
        f"{part({'alg': 'None', 'typ': 'JWT'})}.{part(claims)}.{signature}",
        jwt.encode(claims, "k" * 32, algorithm="HS256"),
        jwt.encode(claims, hotline.settings.secrets.jwt_key.get_secret_value(), algorithm="HS512"),
    ):
        with pytest.raises(Unauthorized, match=NOT_VALID):
            access.subject_of(hotline, access.STAFF_API, wrong)


def test_a_token_that_names_nobody_or_never_ends_is_refused(hotline: Hotline) -> None:
    key = hotline.settings.secrets.jwt_key.get_secret_value()
    claims = {"aud": access.STAFF_API, "sub": "1", "exp": 4_000_000_000}
    for missing in claims:
        less = {name: value for name, value in claims.items() if name != missing}
        with pytest.raises(Unauthorized, match=NOT_VALID):
            access.subject_of(hotline, access.STAFF_API, jwt.encode(less, key, algorithm="HS256"))


async def test_a_portal_vouches_for_its_contact(hotline: Hotline, contact: Contact) -> None:
    assert await contact_behind(hotline, signed(hotline)) == contact
    assert await contact_behind(hotline, access.partner_token(hotline, contact)) == contact


@pytest.mark.parametrize(
    "changes",
    [
        {"sub": "nobody@heguang.example"},
        {"sub": OTHER_COMPANY},
        {"partner": "P-1002"},
        {"partner": None},
        {"jti": None},
        {"jti": ""},
        {"exp": None},
        {"key": "k" * 32},
    ],
    ids=str,
)
async def test_a_portals_token_is_refused_alike_whatever_is_wrong(
    hotline: Hotline, changes: dict[str, Any]
) -> None:
    with pytest.raises(Unauthorized, match=NOT_VALID):
        await contact_behind(hotline, signed(hotline, **changes))


async def test_a_portals_token_ends_when_it_says(hotline: Hotline) -> None:
    token = signed(hotline)
    hotline.clock.advance(timedelta(minutes=6))
    with pytest.raises(Unauthorized, match=r"^this token has expired$"):
        await contact_behind(hotline, token)


async def test_a_portals_token_may_be_good_for_a_day_at_most(hotline: Hotline) -> None:
    day = hotline.now() + timedelta(hours=24)
    await contact_behind(hotline, signed(hotline, exp=day))
    for exp in (day + timedelta(minutes=1), float("inf"), 10**400):
        with pytest.raises(Unauthorized, match=r"valid for too long|^this token is not valid$"):
            await contact_behind(hotline, signed(hotline, exp=exp))


async def test_in_production_only_the_portal_signs_for_its_contacts(
    hotline: Hotline, contact: Contact
) -> None:
    settings = hotline.settings.model_copy(update={"env": "production"})
    with pytest.raises(NotAllowed):
        access.partner_token(replace(hotline, settings=settings), contact)


async def test_our_own_key_is_not_the_portals(hotline: Hotline, contact: Contact) -> None:
    token = access.partner_token(hotline, contact)
    for audience in access.LIFETIMES:
        with pytest.raises(Unauthorized, match=NOT_VALID):
            access.subject_of(hotline, audience, token)
        with pytest.raises(Unauthorized, match=NOT_VALID):
            await contact_behind(hotline, access.issue(hotline, audience, contact.email))


async def test_a_session_of_somebody_who_left_has_ended(hotline: Hotline) -> None:
    staff = access.issue(hotline, access.STAFF_API, "4711")
    partner = access.issue(hotline, access.PARTNER_SESSION, "4711", session="0" * 32)
    async with hotline.database.read() as session:
        for ended in (
            access.staff_of(hotline, session, access.STAFF_API, staff),
            access.partner_session_of(hotline, session, partner),
        ):
            with pytest.raises(Unauthorized, match=r"^this session has ended$"):
                await ended


async def test_staff_get_an_api_token_by_their_e_mail(hotline: Hotline, engineer: Staff) -> None:
    async with hotline.database.read() as session:
        token = await access.staff_token(hotline, session, f" {ENGINEER.upper()} ")
        assert await access.staff_of(hotline, session, access.STAFF_API, token) == engineer
        with pytest.raises(NotFound):
            await access.staff_token(hotline, session, "nobody@hotline.example")


async def test_contacts_are_found_by_their_e_mail_however_it_is_written(hotline: Hotline) -> None:
    assert (await contact_of(hotline, OTHER_COMPANY.upper())).email == OTHER_COMPANY
