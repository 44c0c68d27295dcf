"""The staff's JSON API: tickets and live conversations for programs with a staff token."""

import asyncio
from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from hotline import access
from hotline.conversations import holding
from hotline.core import Hotline
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from hotline.tickets import handling
from hotline.tickets.opening import NewTicket, open_ticket
from hotline.tickets.ticket import Ticket
from tests.conftest import CONTACT, ENGINEER, LEAD, contact_of, staff_of
from tests.core.desk_work import journal, opened, said, says, ticket_row
from tests.desk.conftest import staff_token
from tests.desk.people import Chat, Client, Json, StaffApi, bearer, new_id, refusal_of, texts

CONTRACT = {
    "number", "queue", "category", "intent", "severity", "state", "subject", "description",
    "partner", "contact", "customer", "product", "serial", "first_response_due",
    "resolution_due", "source", "assignee",
}  # fmt: skip
ROUNDS = 200

pytestmark = pytest.mark.both


@pytest.fixture
async def ticket(chat: Chat, hotline: Hotline) -> Ticket:
    """A ticket in the conversation of `chat`, severity 3."""
    request = NewTicket("k1", "technical_hardware", "Power 主機開不了機", 3)
    return await open_ticket(hotline, chat.id, request)


async def changed(answer: Any) -> Json:
    assert answer.status == 200, await answer.text()
    shown: Json = await answer.json()
    return shown


async def test_the_queue_is_listed_with_the_most_urgent_first(
    engineer_api: StaffApi, hotline: Hotline, contact: Contact
) -> None:
    for key, intent, severity in (
        ("a", "technical_hardware", 3),
        ("b", "technical_software", 1),
        ("c", "presales_quote", 2),
    ):
        await opened(hotline, contact, key=key, intent=intent, severity=severity)
    every = (await changed(await engineer_api.get("/tickets")))["tickets"]
    assert [shown["severity"] for shown in every] == [1, 2, 3]
    technical = (await changed(await engineer_api.get("/tickets", queue="technical")))["tickets"]
    assert [(shown["queue"], shown["severity"]) for shown in technical] == [
        ("technical", 1),
        ("technical", 3),
    ]
    assert all(set(shown) >= CONTRACT for shown in every)
    assert await refusal_of(await engineer_api.get("/tickets", queue="lost")) == (
        400,
        "bad_request",
    )


async def test_one_ticket_is_shown_with_its_history(
    engineer_api: StaffApi, ticket: Ticket, contact: Contact
) -> None:
    shown = await changed(await engineer_api.get("/tickets/t260000015"))
    assert set(shown) >= {*CONTRACT, "events"}
    assert (shown["number"], shown["state"], shown["severity"]) == (ticket.number, "new", 3)
    assert (shown["partner"], shown["contact"]) == (contact.company_zh, contact.name)
    assert shown["first_response_due"] == "2026-12-01T14:15:00+08:00"
    assert (shown["owes"], shown["due_at"]) == ("first_response", shown["first_response_due"])
    assert (shown["next_response_due"], shown["complaint_due"]) == (None, None)
    assert [event["kind"] for event in shown["events"]] == ["ticket.opened"]


async def test_a_ticket_goes_from_claim_to_resolution(
    engineer_api: StaffApi, chat: Chat, ticket: Ticket, hotline: Hotline, engineer: Staff
) -> None:
    at = f"/tickets/{ticket.number}"
    claimed = await changed(await engineer_api.post(f"{at}/claim"))
    assert (claimed["state"], claimed["assignee"]) == ("open", engineer.name)
    replied = await changed(await engineer_api.post(f"{at}/reply", {"text": "請拍燈號"}))
    assert replied["first_responded_at"] is not None
    await changed(await engineer_api.post(f"{at}/note", {"text": "電源老了"}))
    waiting = await changed(
        await engineer_api.post(f"{at}/state", {"state": "waiting_partner", "text": "等您的照片"})
    )
    assert waiting["state"] == "waiting_partner"
    resolved = await changed(await engineer_api.post(f"{at}/resolve", {"text": "換電源"}))
    assert (resolved["state"], resolved["resolution"]) == ("resolved", "換電源")
    told = await chat.said(after=1)
    assert texts(told)[:2] == ["請拍燈號", "等您的照片"]
    payloads = [button["payload"] for button in told[2]["buttons"]]
    assert payloads == [f"desk:solved:{ticket.number}", f"desk:unsolved:{ticket.number}"]
    assert "電源老了" not in str(told)
    shown = await changed(await engineer_api.get(at))
    assert [event["kind"] for event in shown["events"]] == [
        "ticket.opened",
        "ticket.claimed",
        "ticket.replied",
        "ticket.noted",
        "ticket.moved",
        "ticket.moved",
    ]
    assert {event["actor"] for event in shown["events"]} == {"partner", f"staff:{engineer.id}"}
    assert (await ticket_row(hotline, ticket.number)).state == "resolved"


async def test_who_has_a_ticket_is_named_to_whoever_is_late(
    engineer_api: StaffApi, lead_api: StaffApi, ticket: Ticket, engineer: Staff
) -> None:
    await engineer_api.post(f"/tickets/{ticket.number}/claim")
    lost = await lead_api.post(f"/tickets/{ticket.number}/claim")
    assert await refusal_of(lost) == (409, "conflict")
    assert (await lost.json())["error"]["holder"] == engineer.name
    own = await engineer_api.post(f"/tickets/{ticket.number}/claim")
    assert own.status == 200


async def test_only_whoever_has_a_ticket_acts_on_it(
    client: Client,
    lead_api: StaffApi,
    engineer_api: StaffApi,
    ticket: Ticket,
    hotline: Hotline,
    lead: Staff,
) -> None:
    colleague = StaffApi(client, await staff_token(hotline, "jiarong.li@hotline.example"))
    await lead_api.post(f"/tickets/{ticket.number}/claim")
    for what, body in (
        ("reply", {"text": "我來"}),
        ("resolve", {"text": "換電源"}),
        ("state", {"state": "waiting_partner", "text": "等照片"}),
    ):
        for api in (colleague, engineer_api):
            refused = await api.post(f"/tickets/{ticket.number}/{what}", body)
            assert await refusal_of(refused) == (409, "conflict")
            assert (await refused.json())["error"]["holder"] == lead.name
    assert (await ticket_row(hotline, ticket.number)).state == "open"


async def test_a_long_conversation_is_handed_over_with_its_end(
    engineer_api: StaffApi, chat: Chat, hotline: Hotline
) -> None:
    for n in range(505):
        await says(hotline, chat.id, f"第 {n} 句", f"c{n}")
    taken = await changed(await engineer_api.post(f"/conversations/{chat.id}/take"))
    assert len(taken["messages"]) == 500
    assert taken["messages"][-2]["text"] == "第 504 句"


async def test_a_move_that_the_table_has_not_is_refused_by_name(
    engineer_api: StaffApi, ticket: Ticket
) -> None:
    for state in ("closed", "new", "lost", ""):
        refused = await engineer_api.post(
            f"/tickets/{ticket.number}/state", {"state": state, "text": "說明"}
        )
        assert await refusal_of(refused) == (409, "conflict")
        error = (await refused.json())["error"]
        assert (error["state"], error["target"]) == ("new", state)


async def test_a_stale_version_is_refused(
    engineer_api: StaffApi, ticket: Ticket, hotline: Hotline
) -> None:
    await engineer_api.post(f"/tickets/{ticket.number}/claim")
    stale = await engineer_api.post(
        f"/tickets/{ticket.number}/resolve", {"text": "好了", "version": ticket.version}
    )
    assert await refusal_of(stale) == (409, "conflict")
    assert (await ticket_row(hotline, ticket.number)).state == "open"


async def test_a_reply_sent_again_with_its_id_is_said_once(
    engineer_api: StaffApi, chat: Chat, ticket: Ticket
) -> None:
    at = f"/tickets/{ticket.number}"
    await engineer_api.post(f"{at}/claim")
    body = {"text": "請拍燈號", "id": new_id()}
    first, again = [await changed(await engineer_api.post(f"{at}/reply", body)) for _ in range(2)]
    assert again == first
    assert texts(await chat.said(after=1)) == ["請拍燈號"]


async def test_characters_that_only_do_something_are_left_out_of_what_staff_say(
    engineer_api: StaffApi, chat: Chat, ticket: Ticket
) -> None:
    at = f"/tickets/{ticket.number}"
    await engineer_api.post(f"{at}/claim")
    await changed(await engineer_api.post(f"{at}/reply", {"text": "a\x00b\u202ec"}))
    await changed(await engineer_api.post(f"{at}/resolve", {"text": "換\x00電源"}))
    assert texts(await chat.said(after=1))[0] == "abc"
    assert (await changed(await engineer_api.get(at)))["resolution"] == "換電源"


@pytest.mark.parametrize(
    ("what", "body"),
    [
        ("reply", {}),
        ("reply", {"text": "  "}),
        ("reply", {"text": 7}),
        ("reply", {"text": "好", "id": 7}),
        ("reply", {"text": "好", "id": ["a"]}),
        ("reply", {"text": "好", "id": "x" * 400}),
        ("note", {"text": ""}),
        ("resolve", {}),
        ("resolve", {"text": "好", "version": "1"}),
        ("reply", ["text"]),
    ],
)
async def test_a_body_that_does_not_fit_is_refused(
    engineer_api: StaffApi, ticket: Ticket, chat: Chat, what: str, body: object
) -> None:
    await engineer_api.post(f"/tickets/{ticket.number}/claim")
    refused = await engineer_api.post(f"/tickets/{ticket.number}/{what}", body)
    assert await refusal_of(refused) == (400, "bad_request")
    assert len(await chat.said()) == 1


async def test_a_waiting_conversation_is_taken_spoken_in_and_given_back(
    engineer_api: StaffApi, lead_api: StaffApi, chat: Chat, hotline: Hotline, engineer: Staff
) -> None:
    async with hotline.database.write() as session:
        await holding.join_queue(session, hotline, chat.id)
    waiting = await changed(await engineer_api.get("/conversations", holder="queue"))
    [shown] = waiting["conversations"]
    assert (shown["id"], shown["holder"], shown["contact"]) == (chat.id, "queue", "陳怡君")
    taken = await changed(await engineer_api.post(f"/conversations/{chat.id}/take"))
    assert (taken["holder"], taken["staff"]) == ("person", engineer.name)
    assert texts(taken["messages"]) == [m.text for m in await said(hotline, chat.id)]
    late = await lead_api.post(f"/conversations/{chat.id}/take")
    assert await refusal_of(late) == (409, "conflict")
    assert (await late.json())["error"]["holder"] == engineer.name
    body = {"text": "您好", "id": new_id()}
    seqs = [
        (await changed(await engineer_api.post(f"/conversations/{chat.id}/messages", body)))["seq"]
        for _ in range(2)
    ]
    assert seqs == [3, 3]
    other = await lead_api.post(f"/conversations/{chat.id}/messages", {"text": "我也在"})
    assert await refusal_of(other) == (409, "conflict")
    back = await changed(await engineer_api.post(f"/conversations/{chat.id}/give-back"))
    assert (back["holder"], back["staff"]) == ("bot", None)
    assert (await changed(await engineer_api.get("/conversations")))["conversations"] == []
    assert texts(await chat.said(after=2))[0] == "您好"
    moves = ("conversation.queued", "conversation.taken", "conversation.given_back")
    holders = [entry.detail["holder"] for entry in await journal(hotline, *moves)]
    assert holders == ["queue", "person", "bot"]


async def test_a_holder_or_conversation_that_is_none_is_refused(engineer_api: StaffApi) -> None:
    assert await refusal_of(await engineer_api.get("/conversations", holder="cat")) == (
        400,
        "bad_request",
    )
    for what, body in (("take", None), ("give-back", None), ("messages", {"text": "喂"})):
        answer = await engineer_api.post(f"/conversations/nowhere/{what}", body)
        assert await refusal_of(answer) == (404, "not_found")


ROUTES = [
    ("GET", "/tickets"),
    ("GET", "/tickets/T26-000001-5"),
    *(("POST", f"/tickets/T26-000001-5/{do}") for do in ("claim", "reply", "note", "resolve")),
    ("POST", "/tickets/T26-000001-5/state"),
    ("GET", "/conversations"),
    *(("POST", f"/conversations/x/{do}") for do in ("take", "give-back", "messages")),
]


async def test_only_a_staff_token_opens_the_staff_api(
    client: Client, chat: Chat, ticket: Ticket, partner_token: str, hotline: Hotline
) -> None:
    session = access.issue(hotline, access.STAFF_SESSION, "1")
    for method, path in ROUTES:
        for token in (chat.token, partner_token, session, ""):
            answer = await client.request(method, f"/api/staff{path}", headers=bearer(token))
            assert await refusal_of(answer) == (401, "unauthorized"), path
    assert await ticket_row(hotline, ticket.number) == ticket


async def test_of_two_who_claim_at_once_one_wins_and_the_other_learns_who(
    client: Client, hotline: Hotline
) -> None:
    """Two separate clients claim each of 200 tickets at the same moment."""
    contact = await contact_of(hotline, CONTACT)
    names = {email: (await staff_of(hotline, email)).name for email in (ENGINEER, LEAD)}
    async with TestClient(client.server) as other:
        both = {
            ENGINEER: StaffApi(client, await staff_token(hotline, ENGINEER)),
            LEAD: StaffApi(other, await staff_token(hotline, LEAD)),
        }
        for round_ in range(ROUNDS):
            ticket = await opened(hotline, contact, key=f"k{round_}")
            # Each is first every other time.
            in_turn = list(both) if round_ % 2 else list(reversed(both))
            claims = [both[email].post(f"/tickets/{ticket.number}/claim") for email in in_turn]
            outcome = dict(zip(in_turn, await asyncio.gather(*claims), strict=True))
            assert sorted(answer.status for answer in outcome.values()) == [200, 409]
            winner = next(email for email, answer in outcome.items() if answer.status == 200)
            loser = next(email for email, answer in outcome.items() if answer.status == 409)
            assert (await outcome[winner].json())["assignee"] == names[winner]
            assert (await outcome[loser].json())["error"]["holder"] == names[winner]
            row = await ticket_row(hotline, ticket.number)
            assert row.assignee is not None
            assert (row.assignee.name, row.state, row.version) == (names[winner], "open", 2)
    assert len(await journal(hotline, "ticket.claimed")) == ROUNDS


async def test_what_staff_do_in_another_process_shows_in_the_api(
    engineer_api: StaffApi, ticket: Ticket, hotline: Hotline, lead: Staff
) -> None:
    await handling.claim(hotline, lead, ticket.number)
    shown = await changed(await engineer_api.get(f"/tickets/{ticket.number}"))
    assert (shown["state"], shown["assignee"]) == ("open", lead.name)
