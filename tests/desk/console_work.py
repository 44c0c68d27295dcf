"""What the console's pages and forms are tried on: who signs in, and work in every state."""

from dataclasses import dataclass
from typing import Any

from hotline.conversations import holding
from hotline.conversations.service import start
from hotline.core import Hotline
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from hotline.tickets.moves import STATES
from hotline.tickets.ticket import Ticket
from tests.conftest import ENGINEER, OTHER_COMPANY, contact_of
from tests.core.desk_work import brought_to, opened, says
from tests.desk.people import PASSWORD, Client, new_id


async def sign_in(client: Client, email: str = ENGINEER, password: str = PASSWORD) -> Any:
    return await client.post(
        "/console/sign-in",
        data={"email": email, "password": password},
        allow_redirects=False,
    )


@dataclass(frozen=True)
class Work:
    """A ticket in each state, a conversation of each holder."""

    tickets: dict[str, Ticket]
    queued: str
    mine: str
    others: str


async def work_of_all(hotline: Hotline, contact: Contact, engineer: Staff, lead: Staff) -> Work:
    tickets = {
        state: await brought_to(hotline, contact, engineer, state, key=state) for state in STATES
    }
    english = await contact_of(hotline, OTHER_COMPANY)
    await opened(hotline, english, key="severe", severity=1)
    await opened(hotline, None, key="visitor", intent="presales_quote", severity=4)
    talks = [(await start(hotline, who))[0].id for who in (contact, english, None)]
    for talk in talks:
        await says(hotline, talk, "我要找真人", new_id())
    async with hotline.database.write() as session:
        await holding.join_queue(session, hotline, talks[0])
    await holding.take(hotline, engineer, talks[1])
    await holding.take(hotline, lead, talks[2])
    return Work(tickets, *talks)
