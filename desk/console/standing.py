"""How a company stands, in a few lines: certificates, what it has open, how content it was last."""

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from desk.console.scene import Scene
from desk.console.views import Standing
from hotline import permissions
from hotline.partners import records
from hotline.partners.reading import of_company
from hotline.partners.records import Certification
from hotline.tickets import of_company as company
from hotline.tickets.headings import count_open_of_company
from hotline.words.figures import say_date


async def standing_of(scene: Scene, session: AsyncSession, partner_id: str) -> Standing:
    """Certificates are told to whom the table of permissions lets read them."""
    held = list[Certification]()
    may_read = permissions.staff_may_read(scene.staff.role, permissions.CERTIFICATION)
    if may_read:
        held = await of_company(session, partner_id, Certification)
    every, severe = await count_open_of_company(session, partner_id)
    rated = await company.last_rating(session, partner_id)
    complained = await company.last_complaint(session, partner_id)
    key = "open_severe" if severe else "open"
    return Standing(
        certificates=_valid(scene, held) if may_read else "",
        certificates_due=_next_due(scene, held),
        open_words=scene.t(f"brief.{key}", n=every, severe=severe)
        if every
        else scene.t("brief.none"),
        rating=scene.t("brief.rated", n=rated.score, day=_day(scene, rated.at))
        if rated
        else scene.t("brief.none"),
        rating_url=_ticket(rated.number) if rated else "",
        complaint=scene.t(
            f"brief.complained_{'open' if complained.is_open else 'closed'}",
            number=complained.number,
            day=_day(scene, complained.at),
        )
        if complained
        else scene.t("brief.none"),
        complaint_url=_ticket(complained.number) if complained else "",
    )


def _valid(scene: Scene, held: list[Certification]) -> str:
    today = scene.hotline.today()
    valid = [one for one in held if one.is_valid(today)]
    if not valid:
        return scene.t("brief.no_certificates")
    people = len({one.person for one in valid})
    return scene.t("brief.certificates_valid", n=len(valid), people=people)


def _next_due(scene: Scene, held: list[Certification]) -> str:
    """The next that ends, if that is soon."""
    today = scene.hotline.today()
    ahead = sorted((one for one in held if records.ends_soon(one.until, today)), key=_until)
    if not ahead:
        return ""
    first, others = ahead[0], len(ahead) - 1
    key = "certificates_due_more" if others else "certificates_due"
    day = say_date(_until(first), today, scene.language)
    return scene.t(f"brief.{key}", title=first.title, person=first.person, day=day, n=others)


def _until(one: Certification) -> date:
    return one.until or date.max


def _day(scene: Scene, at: datetime) -> str:
    return say_date(scene.local(at).date(), scene.hotline.today(), scene.language)


def _ticket(number: str) -> str:
    return f"/console/tickets/{number}"
