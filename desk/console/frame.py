"""The bars around every page."""

from urllib.parse import urlsplit

from sqlalchemy.ext.asyncio import AsyncSession

from desk.console.door import owes
from desk.console.presence import presence_of
from desk.console.scene import Scene, initial
from desk.console.views import Frame, Me, Section, Service
from hotline.knowledge.tasks import count_expired
from hotline.permissions import ADMINISTRATORS, AUDITORS, HANDLERS, TEXT_KEEPERS
from hotline.waiting import waiting_for


async def frame_of(
    scene: Scene, session: AsyncSession, section: Section, url: str, query: str = ""
) -> Frame:
    """The bars of the page at `url`: who reads, open or closed, and how much work there is."""
    calendar, name = scene.hotline.calendar, scene.name(scene.staff)
    is_open = calendar.is_open(scene.now)
    change = calendar.closes_at(scene.now) if is_open else calendar.next_open(scene.now)
    words = ""
    if change is not None:
        time = scene.clock(change) if is_open else scene.at(change)
        words = scene.t("service.until" if is_open else "service.from", time=time)
    waiting = await waiting_for(session, scene.hotline, scene.staff)
    other = "zh-TW" if scene.language == "en" else "en"
    return Frame(
        me=Me(
            name,
            initial(name),
            scene.staff.email,
            scene.t(f"role.{scene.staff.role}"),
            scene.staff.id,
            scene.staff.queues,
        ),
        service=Service(is_open, words, scene.dated(scene.now)),
        section=section,
        work=waiting.tickets,
        conversation_count=waiting.conversations,
        own_count=waiting.own_chats,
        unread=waiting.unread,
        last_entry=waiting.last_entry,
        url=url,
        may=_open_to(scene),
        language_url=f"{url}{'&' if urlsplit(url).query else '?'}lang={other}",
        query=query,
        expired_count=count_expired(scene.hotline, scene.staff),
        call_count=waiting.calls,
        morning_count=waiting.of_the_night,
        undelivered_count=waiting.undelivered,
        raised_count=waiting.raised,
        presence=presence_of(scene, waiting),
    )


def _open_to(scene: Scene) -> frozenset[Section]:
    """As `desk/permissions.py` has it: what is not open has no link."""
    if owes(scene.hotline, scene.staff):
        return frozenset()
    sections: dict[Section, frozenset[str] | None] = {
        "queue": HANDLERS,
        "conversations": HANDLERS,
        "calls": HANDLERS,
        "morning": HANDLERS,
        "rota": None,
        "hours": None,
        "deadlines": None,
        "understanding": HANDLERS,
        "knowledge": HANDLERS,
        "texts": TEXT_KEEPERS,
        "people": ADMINISTRATORS,
        "audit": AUDITORS,
        "undelivered": AUDITORS,
    }
    role = scene.staff.role
    return frozenset(name for name, roles in sections.items() if roles is None or role in roles)
