"""The tickets of the year before a moment: who opens which, and how it stands at that moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.core import Hotline
from hotline.demonstration.chance import dice, read
from hotline.demonstration.contacts import phone
from hotline.demonstration.courses import Team, live, spread, standing, usual
from hotline.demonstration.lives import Life, Past
from hotline.demonstration.rhythm import earlier, moments
from hotline.demonstration.stories import Story, Telling, all_stories, gaps
from hotline.partners.rows import ContactRow
from hotline.partners.vocabulary import ROLES
from hotline.staff.rows import StaffRow
from hotline.tickets.kinds import KINDS

TICKETS = 1200
_LATELY = timedelta(days=15)
_ASKED = ("waiting_partner", "added_to")
# Kinds that a company whose business with us rests still asks for: outages and contract matters.
_OF_SUSPENDED = ("technical_hardware", "technical_software", "admin_contract")
_OF_PROSPECTS = ("presales_demo", "campaign_event", "ask_knowledge", "admin_account")
_WHOSE = {
    "technical": ("technical",),
    "presales": ("sales", "owner"),
    "admin": ("administration", "finance", "owner"),
    "campaign": ("sales", "administration"),
}


@dataclass(frozen=True)
class Now:
    """A ticket that is open at present: how it stands, and the open minutes since it was opened.

    Where `share` is given, so much of its first promise is gone instead. Without a `severity` it
    has the usual one of its kind.
    """

    stand: str
    intent: str
    minutes: int = 0
    share: float = 0.0
    severity: int = 0
    of: str = ""  # the address of the contact


# What somebody who signs in at the console for the first time finds there.
PRESENT = (
    Now("claimed", "technical_hardware", 12, severity=1),
    Now("new", "technical_software", share=0.84),
    Now("claimed", "admin_order", share=0.82),
    Now("new", "admin_invoice", share=1.15),
    Now("new", "presales_quote", 9),
    Now("new", "technical_install", 25),
    Now("new", "campaign_training", 47),
    Now("new", "presales_proposal", 70),
    Now("new", "admin_account", 95),
    Now("answered", "technical_warranty", 150),
    Now("answered", "technical_software", 420),
    Now("answered", "presales_configuration", 260),
    Now("answered", "admin_company_data", 330),
    Now("answered", "campaign_event", 700),
    Now("answered", "report_conflict", 380),
    Now("answered", "technical_hardware", 310, severity=2, of="yichun.chen@heguang.example"),
    Now("waiting_partner", "technical_software", 500),
    Now("waiting_partner", "admin_invoice", 640),
    Now("waiting_partner", "campaign_bdf", 800),
    Now("waiting_partner", "technical_warranty", 450, of="amy.wu@polaris.example"),
    Now("waiting_other", "technical_software", 600),
    Now("waiting_other", "admin_order", 520),
    Now("waiting_other", "presales_quote", 410),
    Now("added_to", "technical_hardware", 350),
    Now("escalated", "technical_install", 560),
    Now("reopened", "technical_software", 720),
    Now("resolved", "technical_software", 900, of="yichun.chen@heguang.example"),
    Now("resolved", "technical_hardware", 640),
    Now("resolved", "admin_account", 480),
    Now("resolved", "presales_opportunity", 760),
)


@dataclass(frozen=True)
class Opening:
    at: datetime
    now: Now | None = None


class Year:
    """The year up to now: when its tickets are opened, and then their lives in the same order."""

    def __init__(
        self, hotline: Hotline, staff: Sequence[StaffRow], people: Sequence[ContactRow]
    ) -> None:
        self._now = hotline.now().replace(second=0, microsecond=0)
        self._calendar, self._severity = hotline.calendar, hotline.settings.severity
        self._past = Past.of(hotline)
        self._team, self._people = Team(staff), people
        self._chance = dice("tickets")
        self._telling = Telling(dice("stories"))
        self._names: dict[str, list[str]] = {"zh-TW": [], "en": []}
        for one in people:
            self._names[one.language].append(one.name)
        self._able_to_ask = dict[tuple[str, str], list[ContactRow]]()
        openings = [Opening(at) for at in self._moments()]
        openings += [Opening(self._opened_at(now), now) for now in PRESENT]
        self.openings = sorted(openings, key=lambda it: it.at)

    def lives(self, numbers: Sequence[str]) -> list[Life]:
        """The tickets with these numbers; what is open now tells its stories first, so that no two
        of them tell the same."""
        # Few stories have something that is asked back.
        told = {
            now: self._story(now) for now in sorted(PRESENT, key=lambda it: it.stand not in _ASKED)
        }
        recent = self._now - _LATELY
        return [
            self._life(
                opening,
                number,
                told[opening.now]
                if opening.now
                else self._telling.next(but=told.values() if opening.at > recent else ()),
            )
            for opening, number in zip(self.openings, numbers, strict=True)
        ]

    def _moments(self) -> list[datetime]:
        return moments(self._calendar, self._now, TICKETS - len(PRESENT), dice("rhythm"))

    def _opened_at(self, now: Now) -> datetime:
        minutes = now.minutes
        if now.share:
            severity = KINDS[now.intent].usual_severity
            minutes = round(self._severity[severity].first_response_minutes * now.share)
        return earlier(self._calendar, self._now, minutes)

    def _story(self, now: Now) -> Story:
        severity = now.severity or KINDS[now.intent].usual_severity
        language = self._by_email(now.of).language if now.of else ""
        return self._telling.one_of(
            [
                story
                for story in all_stories()
                if story.intent == now.intent
                and story.severity[0] == severity
                and (story.ask or now.stand not in _ASKED)
                and language in ("", story.language)
            ]
        )

    def _by_email(self, email: str) -> ContactRow:
        return next(one for one in self._people if one.email == email)

    def _life(self, opening: Opening, number: str, story: Story) -> Life:
        chance = self._chance
        contact = self._asks(story, opening)
        local = opening.at.astimezone(self._calendar.timezone)
        next_day = self._calendar.next_open(
            (local + timedelta(days=1)).replace(hour=0, minute=0, second=0)
        ).astimezone(self._calendar.timezone)
        person = chance.choice(self._names[story.language])
        filled = story.filled(gaps(chance, local, next_day, story.language, person))
        life = Life(self._past, chance, filled, contact)
        life.open(opening.at, number, None if contact else self._visitor(story))
        if opening.now is None:
            live(life, list(usual(life, self._team)), self._now)
        else:
            acts = list(standing(life, self._team, opening.now.stand))
            minutes = self._calendar.open_minutes(life.now, self._now)
            live(life, spread(acts, minutes), self._now)
        return life

    def _asks(self, story: Story, opening: Opening) -> ContactRow | None:
        """Who writes it: somebody who speaks that language and has to do with such matters."""
        if story.intent == "apply_partnership":
            return None
        if opening.now and opening.now.of:
            return self._by_email(opening.now.of)
        return self._chance.choice(self._able(story.intent, story.language))

    def _able(self, intent: str, language: str) -> list[ContactRow]:
        if found := self._able_to_ask.get((intent, language)):
            return found
        roles = set(_WHOSE.get(KINDS[intent].queue, ROLES))
        may = [
            one
            for one in self._people
            if one.language == language and _may_ask(one.partner.status, intent)
        ]
        able = [one for one in may if roles & set(one.roles)] or may
        self._able_to_ask[intent, language] = able
        return able

    def _visitor(self, story: Story) -> dict[str, str]:
        """A company that is no partner yet, and where it can be reached."""
        chance = self._chance
        company = str(chance.choice(read("words.yml")["applicants"])[story.language])
        names = read("names.yml")
        first = chance.choice(names["first_names"][chance.choice(("female", "male"))])
        surname = chance.choice(list(names["surnames"].values()))
        return {
            "company": company,
            "contact": f"{first} {surname.title()}",
            "phone": phone(chance),
            "email": f"{first.lower()}.{surname}@applicant.example",
        }


def _may_ask(status: str, intent: str) -> bool:
    if status == "active":
        return True
    if status == "suspended":
        return intent in _OF_SUSPENDED
    return status == "prospect" and intent in _OF_PROSPECTS
