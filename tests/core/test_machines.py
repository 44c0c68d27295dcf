"""The machines of earlier tickets: those of this conversation first, and only the asker's."""

from hotline.conversations.service import Conversation, start
from hotline.core import Hotline
from hotline.partners.service import Contact
from hotline.tickets.machines import earlier_machines
from hotline.tickets.opening import NewTicket, open_ticket
from tests.conftest import OTHER_COMPANY, contact_of


async def talk(hotline: Hotline, contact: Contact | None) -> Conversation:
    conversation, _greeting = await start(hotline, contact, "zh-TW")
    return conversation


async def ticket_about(hotline: Hotline, conversation: Conversation, serial: str) -> None:
    facts = {
        "serial": {"value": serial, "status": "known"},
        "product": {"value": "S1014", "status": "known"},
    }
    new = NewTicket(f"k{serial}", "technical_hardware", "主機壞了", 3, facts=facts)
    await open_ticket(hotline, conversation.id, new)


async def machines(hotline: Hotline, asker: Conversation) -> list[tuple[str, str]]:
    async with hotline.database.read() as session:
        found = await earlier_machines(session, hotline, asker, at_most=2)
    return [(one.serial, dict(one.facts)["product"]) for one in found]


async def test_those_of_this_conversation_come_first_then_the_newest_of_the_asker(
    hotline: Hotline, contact: Contact
) -> None:
    before, now = await talk(hotline, contact), await talk(hotline, contact)
    for serial in ("78A0001", "78A0002", "78A0003"):
        await ticket_about(hotline, before, serial)
    assert await machines(hotline, now) == [("78A0003", "S1014"), ("78A0002", "S1014")]
    await ticket_about(hotline, now, "78A0004")
    assert await machines(hotline, now) == [("78A0004", "S1014")]


async def test_nobody_elses_machine_is_known(hotline: Hotline, contact: Contact) -> None:
    await ticket_about(hotline, await talk(hotline, contact), "78A0001")
    other = await talk(hotline, await contact_of(hotline, OTHER_COMPANY))
    assert await machines(hotline, other) == []
    assert await machines(hotline, await talk(hotline, None)) == []
