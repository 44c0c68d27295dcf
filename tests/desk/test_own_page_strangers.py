"""The own page shows and does nothing for visitors, other companies and pages of other sites."""

import pytest

from hotline import access
from hotline.core import Hotline
from hotline.partners.service import Contact
from hotline.tickets.ticket import Ticket
from tests.conftest import OTHER_COMPANY, contact_of
from tests.core.desk_work import everything_journalled, journal, ticket_row
from tests.desk.own_page import act
from tests.desk.people import Client, enter, new_id, page

ACTS = ("answer", "solved", "unsolved", "close", "reopen", "rate", "escalate", "chat")


@pytest.mark.parametrize(
    "path", ["/my", "/my?state=open", "/my/company", "/my/tickets/T26-000001-4"]
)
async def test_a_visitor_signs_in_first_and_comes_back(client: Client, path: str) -> None:
    answer = await client.get(path, allow_redirects=False)
    assert answer.status == 303
    way_in = client.make_url(answer.headers["Location"])
    assert (way_in.path, way_in.query["next"]) == ("/sign-in", path)


@pytest.mark.parametrize("name", ACTS)
async def test_a_visitors_act_does_nothing(
    client: Client, hotline: Hotline, ticket: Ticket, name: str
) -> None:
    known = await journal(hotline)
    answer = await act(client, ticket.number, name, 303, text="x", score="5")
    way_in = client.make_url(answer.headers["Location"])
    assert (way_in.path, way_in.query["next"]) == ("/sign-in", f"/my/tickets/{ticket.number}")
    assert await journal(hotline) == known


async def test_a_session_that_has_expired_is_a_visitors(
    client: Client, a_month_ago: Hotline, contact: Contact
) -> None:
    old = access.issue(a_month_ago, access.PARTNER_SESSION, str(contact.id))
    client.session.cookie_jar.update_cookies({"hotline_partner": old})
    assert (await client.get("/my", allow_redirects=False)).status == 303


@pytest.mark.parametrize("name", ACTS)
async def test_another_companys_number_and_an_unknown_one_look_alike(
    client: Client, hotline: Hotline, ticket: Ticket, name: str
) -> None:
    await enter(client, hotline, OTHER_COMPANY)
    known = await journal(hotline)
    shown = [
        (await page(client, f"/my/tickets/{number}", 404)).replace(number, "N")
        for number in (ticket.number, "T26-009999-1", "nonsense")
    ]
    assert shown[0] == shown[1] == shown[2]
    assert "找不到這張工單" in shown[0]
    told = [
        (await (await act(client, number, name, 404, text="x", score="5")).text()).replace(
            number, "N"
        )
        for number in (ticket.number, "T26-009999-1")
    ]
    assert told[0] == told[1]
    # Nothing was done; that somebody else's was asked for is known, by ids.
    stranger = await contact_of(hotline, OTHER_COMPANY)
    tried = (await journal(hotline))[len(known) :]
    assert [(entry.kind, entry.ticket_id, entry.detail) for entry in tried] == [
        ("access.refused", ticket.id, {"tried": what, "contact": stranger.id})
        for what in ("read", "form")
    ]
    assert (await ticket_row(hotline, ticket.number)).state == "new"


@pytest.mark.parametrize("name", ACTS)
async def test_a_page_of_another_site_acts_on_nothing(
    own: Client, hotline: Hotline, ticket: Ticket, name: str
) -> None:
    known = await everything_journalled(hotline)
    answer = await own.post(
        f"/my/tickets/{ticket.number}/{name}",
        data={"id": new_id(), "text": "x", "score": "5"},
        headers={"Origin": "https://elsewhere.example"},
        allow_redirects=False,
    )
    assert answer.status == 403
    assert await everything_journalled(hotline) == known
