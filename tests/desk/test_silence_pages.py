"""What colleagues and the partner read of a ticket whose partner did not answer."""

from datetime import timedelta

import pytest

from hotline import access
from hotline.core import Hotline
from hotline.partners.service import Contact
from hotline.settings import Settings
from hotline.staff.service import Staff
from hotline.tickets.silence_steps import HANDLERS
from hotline.timers.service import fire_next
from tests.conftest import CONTACT, LEAD, TUESDAY_MORNING, contact_of
from tests.core.desk_work import brought_to
from tests.desk.conftest import OpenDesk
from tests.desk.people import PASSWORD

WEEKS_LATER = TUESDAY_MORNING + timedelta(days=21)


@pytest.mark.parametrize(
    ("state", "for_staff", "for_partner"),
    [
        ("resolved", "已提醒夥伴確認是否解決", "已提醒確認是否解決"),
        ("waiting_partner", "已提醒夥伴回覆", "已提醒回覆"),
    ],
)
async def test_reminder_and_closing_stand_in_the_history_in_words(
    open_desk: OpenDesk,
    settings: Settings,
    hotline: Hotline,
    contact: Contact,
    engineer: Staff,
    state: str,
    for_staff: str,
    for_partner: str,
) -> None:
    ticket = await brought_to(hotline, contact, engineer, state)
    for days in (7, 21):
        hotline.clock.set(TUESDAY_MORNING + timedelta(days=days))
        assert await fire_next(hotline, HANDLERS)
    client = await open_desk(settings, WEEKS_LATER)
    token = access.partner_token(hotline, await contact_of(hotline, CONTACT))
    await client.post("/enter", data={"token": token}, allow_redirects=False)
    await client.post(
        "/console/sign-in", data={"email": LEAD, "password": PASSWORD}, allow_redirects=False
    )
    own = await (await client.get(f"/my/tickets/{ticket.number}")).text()
    for words in (for_partner, "沒有收到回覆，結案"):
        assert own.count(words) == 1
    console = await (await client.get(f"/console/tickets/{ticket.number}")).text()
    for words in (for_staff, "夥伴沒有回覆，結案"):
        assert console.count(words) == 1
