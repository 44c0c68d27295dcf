"""A ticket is claimed, answered, noted and resolved by forms, and what is refused comes back."""

import re

import pytest

from hotline.core import Hotline
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from hotline.tickets import handling
from tests.core.desk_work import brought_to, journal, opened, said, ticket_row
from tests.desk.people import Client, new_id, page

JSON = {"Accept": "application/json"}


async def test_claiming_by_the_form_leads_back_to_the_ticket(
    console: Client, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await opened(hotline, contact)
    url = f"/console/tickets/{ticket.number}"
    answer = await console.post(f"{url}/claim", allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (303, url)
    row = await ticket_row(hotline, ticket.number)
    assert (row.state, row.assignee) == ("open", engineer)
    assert len(await journal(hotline, "ticket.claimed")) == 1


async def test_a_script_that_claims_hears_json(
    console: Client, hotline: Hotline, contact: Contact, lead: Staff
) -> None:
    free, taken = [await opened(hotline, contact, key=key) for key in ("free", "taken")]
    await handling.claim(hotline, lead, taken.number)
    won = await console.post(f"/console/tickets/{free.number}/claim", headers=JSON)
    assert (won.status, await won.json()) == (200, {"ok": True})
    lost = await console.post(f"/console/tickets/{taken.number}/claim", headers=JSON)
    assert (lost.status, (await lost.json())["error"]["holder"]) == (409, lead.name)


async def test_whoever_claims_too_late_sees_who_has_it(
    console: Client, hotline: Hotline, contact: Contact, lead: Staff
) -> None:
    ticket = await opened(hotline, contact)
    await handling.claim(hotline, lead, ticket.number)
    answer = await console.post(f"/console/tickets/{ticket.number}/claim")
    assert (answer.status, lead.name in await answer.text()) == (409, True)
    assert (await ticket_row(hotline, ticket.number)).assignee == lead


async def test_a_ticket_is_answered_noted_and_resolved_by_forms(
    console: Client, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "open")
    url = f"/console/tickets/{ticket.number}"
    for do, form in (
        ("reply", {"text": "請拍燈號\r\n謝謝"}),
        ("note", {"text": "電源老了"}),
        ("state", {"state": "waiting_other", "text": "等原廠", "version": str(ticket.version)}),
        ("resolve", {"text": "換電源"}),
    ):
        answer = await console.post(f"{url}/{do}", data=form, allow_redirects=False)
        assert (answer.status, answer.headers["Location"]) == (303, url), do
    row = await ticket_row(hotline, ticket.number)
    assert (row.state, row.resolution) == ("resolved", "換電源")
    told = await said(hotline, ticket.conversation_id, after=1)
    assert [m.sender for m in told] == ["staff", "bot"]
    assert told[0].text == "請拍燈號\n謝謝"
    shown = await page(console, url)
    assert all(word in shown for word in ("請拍燈號", "電源老了", "等原廠", "換電源"))


@pytest.mark.parametrize(
    ("do", "form", "status"),
    [
        ("reply", {"text": " "}, 400),
        ("note", {"text": ""}, 400),
        ("resolve", {"text": ""}, 400),
        ("state", {"state": "closed", "text": ""}, 409),
        ("state", {"state": "", "text": ""}, 409),
        ("state", {"state": "waiting_other", "text": " "}, 400),
        ("state", {"state": "waiting_partner", "text": ""}, 400),
        ("state", {"state": "waiting_partner", "text": "留著的字", "version": "1"}, 409),
        ("resolve", {"text": "留著的字", "version": "1"}, 409),
    ],
)
async def test_a_refused_form_comes_back_with_the_reason_and_what_was_typed(
    console: Client,
    hotline: Hotline,
    contact: Contact,
    engineer: Staff,
    do: str,
    form: dict[str, str],
    status: int,
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "open")
    answer = await console.post(f"/console/tickets/{ticket.number}/{do}", data=form)
    text = await answer.text()
    assert (answer.status, ticket.number in text) == (status, True)
    assert form["text"].strip() in text
    assert await ticket_row(hotline, ticket.number) == ticket


@pytest.mark.parametrize("version", ["²", "-1", "x", "9" * 40])
async def test_a_version_that_is_none_does_not_break_the_form(
    console: Client, hotline: Hotline, contact: Contact, engineer: Staff, version: str
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "open")
    answer = await console.post(
        f"/console/tickets/{ticket.number}/state",
        data={"state": "waiting_other", "text": "等原廠", "version": version},
        allow_redirects=False,
    )
    assert answer.status in (303, 409)


async def test_a_reply_to_a_ticket_of_somebody_else_names_them_and_the_way_on(
    console: Client, hotline: Hotline, contact: Contact, lead: Staff
) -> None:
    ticket = await brought_to(hotline, contact, lead, "open")
    answer = await console.post(f"/console/tickets/{ticket.number}/reply", data={"text": "我來回"})
    text = await answer.text()
    assert (answer.status, "我來回" in text) == (409, True)
    assert f"{lead.name} 負責這張，還沒送出" in text
    assert "接手這張" in text
    assert len(await said(hotline, ticket.conversation_id)) == 1


async def test_the_page_of_a_colleagues_ticket_offers_to_take_it_over_and_nothing_else(
    console: Client, hotline: Hotline, contact: Contact, lead: Staff, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, lead, "open")
    url = f"/console/tickets/{ticket.number}"
    text = await page(console, url)
    forms = set(re.findall(rf'action="{url}/([\w-]+)"', text))
    assert forms == {"take-over", "note", "link"}
    assert f"{lead.name} 負責這張" in text
    answer = await console.post(f"{url}/take-over", allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (303, url)
    assert (await ticket_row(hotline, ticket.number)).assignee == engineer
    assert f"原由 {lead.name} 負責" in await page(console, url)


async def test_the_first_reply_to_a_free_ticket_claims_it(
    console: Client, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await opened(hotline, contact)
    url = f"/console/tickets/{ticket.number}"
    text = await page(console, url)
    assert "認領並送出" in text
    form = {"text": "馬上看", "client_id": new_id(), "claims": "1"}
    for _ in range(2):  # sent again, it is said once
        answer = await console.post(f"{url}/reply", data=form, allow_redirects=False)
        assert answer.status == 303
    assert (await ticket_row(hotline, ticket.number)).assignee == engineer
    assert [m.text for m in await said(hotline, ticket.conversation_id, after=1)] == ["馬上看"]


async def test_a_mis_claim_is_handed_back(
    console: Client, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "open")
    answer = await console.post(
        f"/console/tickets/{ticket.number}/release", headers=JSON, allow_redirects=False
    )
    assert await answer.json() == {"ok": True}
    row = await ticket_row(hotline, ticket.number)
    assert (row.state, row.assignee) == ("new", None)


async def test_a_refused_form_offers_the_other_language_of_its_page(
    console: Client, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "open")
    url = f"/console/tickets/{ticket.number}"
    text = await (await console.post(f"{url}/reply", data={"text": " "})).text()
    assert f'href="{url}?lang=en"' in text
    assert f'data-url="{url}"' in text
