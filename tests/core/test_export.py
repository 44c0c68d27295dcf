"""All that is kept on a person, given out: theirs, whole, and nobody else's."""

import io
import json
import zipfile
from typing import Any

from hotline.conversations.service import start
from hotline.conversations.stored_files import path_of
from hotline.core import Hotline
from hotline.partners.service import Contact
from hotline.privacy import export
from hotline.privacy.person import contact_by_id, find_visitor
from hotline.staff.service import Staff
from hotline.tickets import answers
from hotline.tickets.opening import NewTicket, open_ticket
from tests.conftest import COLLEAGUE, contact_of
from tests.core.desk_work import journal, says
from tests.core.personal import ADDED, BYTES, MACHINE, PLATYPUS, RATED, Story, kept_on, upload

Json = dict[str, Any]


async def exported(
    hotline: Hotline, contact: Contact, *, internal_notes: bool = False
) -> tuple[Json, Json]:
    """What stands in data.json, and the files beside it by name."""
    async with hotline.database.read() as session:
        person = await contact_by_id(session, contact.id)
    target = io.BytesIO()
    found = await export.collect(hotline, person, internal_notes=internal_notes)
    await export.write_zip(hotline, found, target)
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
        contents = {name: archive.read(name) for name in archive.namelist()}
    return json.loads(contents.pop("data.json")), contents


async def with_a_colleague(hotline: Hotline, contact: Contact, staff: Staff) -> Story:
    story = await kept_on(hotline, contact, staff)
    other, _ = await start(hotline, await contact_of(hotline, COLLEAGUE))
    await says(hotline, other.id, "同事自己的話", "o1")
    await upload(hotline, other.id, b"theirs", "theirs.txt")
    await open_ticket(hotline, other.id, NewTicket("o", "other_request", "同事自己的工單", 3))
    return story


async def test_everything_of_the_person_is_in_it(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    story = await with_a_colleague(hotline, contact, engineer)
    data, files = await exported(hotline, contact)

    assert data["contact"] == {
        "name": "陳怡君",
        "email": contact.email,
        "phone": "0912-345-678",
        "language": "zh-TW",
        "roles": ["owner", "administration"],
        "mails": "all",
    }
    assert data["company"] == {
        "id": "P-1001",
        "name_zh": "禾光資訊",
        "name_en": "Heguang Information",
    }
    [conversation] = data["conversations"]
    said = [(message["sender"], message["text"]) for message in conversation["messages"]]
    assert said[0][0] == "bot"
    assert ("partner", PLATYPUS) in said
    at = conversation["messages"][0]["created_at"]
    assert (at[:16], at[-6:]) == ("2026-12-01T10:15", "+08:00")
    [ticket] = data["tickets"]
    assert (ticket["number"], ticket["description"]) == (story.ticket.number, MACHINE)
    assert ticket["facts"]["phone"]["value"] == "0912-345-678"
    assert [note["kind"] for note in ticket["notes"]] == ["addition", "resolution"]
    assert ticket["notes"][0]["text"] == ADDED
    [rating] = data["ratings"]
    assert (rating["ticket"], rating["score"], rating["words"]) == (ticket["number"], 2, RATED)
    assert [it["title"] for it in data["certifications"]] == ["Power 系統銷售", "Power 專業"]
    assert [it["browser"] for it in data["sessions"]] == ["Chrome, Windows"]
    [code] = data["access_codes"]
    assert set(code) == {"sent_at", "tried_at", "used_at"}
    kinds = [entry["kind"] for entry in data["journal"]]
    assert {"conversation.started", "ticket.opened", "ticket.rated", "record.read"} <= set(kinds)
    [file] = data["files"]
    assert files == {file["in_zip"]: BYTES}
    assert file["name"] == "aardvark.txt"


async def test_a_colleague_and_internal_notes_are_not_in_it(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    await with_a_colleague(hotline, contact, engineer)
    data, files = await exported(hotline, contact)
    told = json.dumps(data, ensure_ascii=False)
    for foreign in ("同事自己", "theirs", COLLEAGUE, "急著要", f"找 {contact.name}"):
        assert foreign not in told
    assert len(files) == 1


async def test_what_was_added_to_a_colleagues_ticket_is_in_it_and_nothing_else_of_that(
    hotline: Hotline, contact: Contact
) -> None:
    theirs, _ = await start(hotline, await contact_of(hotline, COLLEAGUE))
    ticket = await open_ticket(
        hotline, theirs.id, NewTicket("o", "other_request", "同事自己的工單", 3)
    )
    await answers.add(hotline, theirs.id, ticket.number, "同事自己的補充")
    own, _ = await start(hotline, contact)
    await answers.add(hotline, own.id, ticket.number, ADDED)
    data, _ = await exported(hotline, contact)
    [addition] = data["additions"]
    assert (addition["ticket"], addition["kind"], addition["text"]) == (
        ticket.number,
        "addition",
        ADDED,
    )
    assert data["tickets"] == []
    assert "同事自己" not in json.dumps(data, ensure_ascii=False)


async def test_internal_notes_are_in_it_if_asked_for(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    await kept_on(hotline, contact, engineer)
    data, _ = await exported(hotline, contact, internal_notes=True)
    [ticket], [conversation] = data["tickets"], data["conversations"]
    assert [note["kind"] for note in ticket["internal_notes"]] == ["note"]
    assert "急著要" in ticket["internal_notes"][0]["text"]
    assert [note["text"] for note in conversation["internal_notes"]] == [f"找 {contact.name}"]


async def test_that_it_was_given_out_is_journalled_without_a_word_of_it(
    hotline: Hotline, contact: Contact
) -> None:
    await exported(hotline, contact)
    [entry] = await journal(hotline, "person.exported")
    assert (entry.actor, entry.detail) == ("system", {"contact": contact.id})


async def test_a_file_whose_bytes_are_lost_is_told(hotline: Hotline, contact: Contact) -> None:
    conversation, _ = await start(hotline, contact)
    file = await upload(hotline, conversation.id, b"lost", "../../etc/lost.txt")
    data, files = await exported(hotline, contact)
    assert list(files) == [f"files/{file.id}-.._.._etc_lost.txt"]
    path_of(hotline.settings, file.sha256).unlink()
    data, files = await exported(hotline, contact)
    assert files == {}
    assert [it["in_zip"] for it in data["files"]] == [None]


async def test_a_visitor_gets_what_belongs_to_the_address(hotline: Hotline) -> None:
    address = "wang@qingtian.example"
    conversation, _ = await start(hotline, None)
    await says(hotline, conversation.id, PLATYPUS, "v1")
    email = {"email": {"value": address, "status": "known"}}
    request = NewTicket("v", "admin_order", MACHINE, 3, facts=email)
    ticket = await open_ticket(hotline, conversation.id, request)
    async with hotline.database.read() as session:
        person = await find_visitor(session, address)
    found = await export.collect(hotline, person)
    assert found.data["contact"] is None
    assert [it["number"] for it in found.data["tickets"]] == [ticket.number]
    texts = [message["text"] for message in found.data["conversations"][0]["messages"]]
    assert PLATYPUS in texts
