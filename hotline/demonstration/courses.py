"""What becomes of a ticket: who does what to it, and after how many open minutes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from hotline.demonstration.chance import one_of, read
from hotline.demonstration.lives import Life
from hotline.staff.rows import StaffRow
from hotline.tickets.promises import rule_of

Act = tuple[float, Callable[[datetime], None]]  # open minutes after the act before, and what it is

_LATE_ANSWER, _LATE_FIX = 0.05, 0.07
_ASKED_BACK, _WAITED, _NOTED, _TAKEN_OVER, _THANKED = 0.8, 0.09, 0.14, 0.03, 0.5
_REOPENED, _ESCALATED = 0.05, 0.03
_BY_A_LEAD = 0.06
_RATED = 0.58
_USUAL = {5: 52.0, 4: 31.0, 3: 11.0, 2: 4.0, 1: 2.0}
_AFTER_TROUBLE = {5: 10.0, 4: 25.0, 3: 30.0, 2: 22.0, 1: 13.0}


@dataclass(frozen=True)
class Team:
    """Who works at the desk in the demonstration, in the order of their ids."""

    staff: Sequence[StaffRow]

    def for_ticket(self, life: Life, chance: Random, *, but: StaffRow | None = None) -> StaffRow:
        """Somebody of its queue: whom the request is for if there is one, and seldom a lead."""
        row = life.row
        able = [one for one in self.staff if row.queue in one.queues and one is not but]
        if row.audience in ("channel_manager", "lead"):
            meant = [one for one in able if one.role == row.audience]
            return (meant or able)[0]
        leads = [one for one in able if one.role == "lead"]
        if leads and chance.random() < _BY_A_LEAD:
            return chance.choice(leads)
        hands = [one for one in able if one.role in ("specialist", "engineer")]
        return chance.choice(hands or able)

    def lead(self, life: Life) -> StaffRow:
        """The one that the core would choose (`escalation.lead_for`)."""
        leads = [one for one in self.staff if one.role == "lead" and life.row.queue in one.queues]
        return life.row.assignee if life.row.assignee in leads else leads[0]


def live(life: Life, acts: Sequence[Act], until: datetime) -> None:
    """Let them happen one after the other, as far as they lie before `until`."""
    calendar, at = life.past.hotline.calendar, life.now
    for minutes, act in acts:
        at = max(calendar.due(at, round(minutes)).due_at, life.now) + _moment(life.chance)
        if at > until:
            return
        act(at)


def usual(life: Life, team: Team) -> Iterator[Act]:
    """From the first answer to the score; with what now and then comes between."""
    chance, story = life.chance, life.story
    target = rule_of(life.past.hotline, life.ticket).targets
    staff = team.for_ticket(life, chance)
    late = chance.random() < _LATE_ANSWER
    share = chance.uniform(1.05, 1.6) if late else chance.betavariate(1.6, 3.2) * 0.93
    answer = max(3.0, target.first_response * share)
    claimed = chance.uniform(0.4, 0.95)
    yield answer * claimed, lambda at: life.claim(at, staff)
    if chance.random() < _NOTED:
        yield 1, lambda at: life.note(at, staff, chance.choice(read("words.yml")["notes"]))
    yield answer * (1 - claimed), lambda at: life.reply(at, staff, story.reply)
    if chance.random() < _THANKED:
        yield chance.uniform(1, 30), lambda at: life.add(at, _said(life, "thanks"))
    if story.ask and chance.random() < _ASKED_BACK:
        yield chance.uniform(5, 60), lambda at: life.wait_partner(at, staff, story.ask)
        yield chance.uniform(20, 700), lambda at: life.add(at, story.answer)
    elif chance.random() < _WAITED:
        yield (
            chance.uniform(10, 90),
            lambda at: life.wait_other(at, staff, _said(life, "others")),
        )
        yield chance.uniform(120, 1400), lambda at: life.resume(at, staff)
    is_escalated = chance.random() < _ESCALATED
    if is_escalated:
        lead = team.lead(life)
        yield chance.uniform(60, 300), lambda at: life.escalate(at, _said(life, "hurry"), lead)
        staff = lead
    elif chance.random() < _TAKEN_OVER:
        colleague = team.for_ticket(life, chance, but=staff)
        if colleague is not staff:
            yield chance.uniform(30, 300), lambda at: life.take_over(at, colleague)
            staff = colleague
    last = staff
    is_late = chance.random() < _LATE_FIX
    share = chance.uniform(1.05, 1.8) if is_late else chance.betavariate(1.5, 3.0) * 0.85
    fix = max(10.0, target.resolution * share)
    yield fix, lambda at: life.resolve(at, last, story.done)
    is_reopened = chance.random() < _REOPENED
    if is_reopened:
        yield from _again(life, team, last)
    yield chance.uniform(5, 900), life.confirm
    if chance.random() < _RATED:
        is_trouble = late or is_late or is_reopened or is_escalated
        score, words = _score(life, is_trouble=is_trouble)
        yield 1, lambda at: life.rate(at, score, words)


def _again(life: Life, team: Team, before: StaffRow) -> Iterator[Act]:
    """The partner says that it is not solved, and another colleague solves it."""
    chance = life.chance
    colleague = team.for_ticket(life, chance, but=before)
    yield chance.uniform(20, 600), lambda at: life.reopen(at, _said(life, "again"))
    yield chance.uniform(5, 90), lambda at: life.claim(at, colleague)
    yield chance.uniform(2, 40), lambda at: life.reply(at, colleague, _said(life, "taken_up"))
    yield (
        chance.uniform(60, 700),
        lambda at: life.resolve(at, colleague, _said(life, "once_more")),
    )


def standing(life: Life, team: Team, stand: str) -> Iterator[Callable[[datetime], None]]:
    """What has happened to a ticket that stands like this now; the times are not said.

    `stand` is new, claimed, answered, waiting_partner, waiting_other, added_to (the partner has
    answered), escalated, reopened or resolved.
    """
    if stand == "new":
        return
    staff, story = team.for_ticket(life, life.chance), life.story
    yield lambda at: life.claim(at, staff)
    if stand == "claimed":
        return
    yield lambda at: life.reply(at, staff, story.reply)
    if stand in ("waiting_partner", "added_to"):
        yield lambda at: life.wait_partner(at, staff, story.ask)
    if stand == "added_to":
        yield lambda at: life.add(at, story.answer)
    if stand == "waiting_other":
        yield lambda at: life.wait_other(at, staff, _said(life, "others"))
    if stand == "escalated":
        yield lambda at: life.escalate(at, _said(life, "hurry"), team.lead(life))
    if stand in ("resolved", "reopened"):
        yield lambda at: life.resolve(at, staff, story.done)
    if stand == "reopened":
        yield lambda at: life.reopen(at, _said(life, "again"))


def spread(acts: Sequence[Callable[[datetime], None]], minutes: int) -> list[Act]:
    """The acts, evenly over so many open minutes."""
    return [(minutes / (len(acts) + 1), act) for act in acts]


def _said(life: Life, key: str) -> str:
    return str(life.chance.choice(read("words.yml")[key][life.story.language]))


def _score(life: Life, *, is_trouble: bool) -> tuple[int, str]:
    score = one_of(life.chance, _AFTER_TROUBLE if is_trouble else _USUAL)
    words = "praise" if score > 3 else "fair" if score == 3 else "blame"
    return score, _said(life, words)


def _moment(chance: Random) -> timedelta:
    return timedelta(seconds=chance.randint(2, 55))
