"""The core's words as services and faces use them: one object, made with the calendar."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from hotline.calendar.days import DAY_MINUTES, HOLIDAY, SpecialDay
from hotline.calendar.rules import Due, ServiceCalendar
from hotline.words import lengths, times
from hotline.words.catalogue import Catalogue
from hotline.words.weekly import say_weekly
from wording.request_facts import purpose_of
from wording.tokens import has_cjk

_TECHNICAL = "technical"
# A day as a request notes it: 2026-12-09, with a time or a part of the day behind it.
_NOTED_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?: ([0-9]{2}:[0-9]{2})| ([a-z]+))?")


@dataclass(frozen=True)
class Words:
    """Words by language; a key or a code that is unknown is a KeyError."""

    catalogue: Catalogue
    calendar: ServiceCalendar

    def say(self, key: str, language: str, **values: object) -> str:
        return self.catalogue.say(key, language, **values)

    def say_for(self, intent: str, key: str, language: str, **values: object) -> str:
        """The same in the words of a request, where it has its own: `<key>_<intent>`."""
        own = f"{key}_{intent}"
        return self.say(own if own in self.catalogue else key, language, **values)

    def queue(self, queue: str, language: str) -> str:
        return self.say(f"queue.{queue}", language)

    def queue_first(self, queue: str, language: str) -> str:
        """The queue's name as a sentence begins with it: "Technical support"."""
        name = self.queue(queue, language)
        return name[:1].upper() + name[1:]

    def state(self, state: str, language: str) -> str:
        return self.say(f"state.{state}", language)

    def fact(self, kind: str, language: str, intent: str = "") -> str:
        """The name of a fact, a request's own where it has one."""
        return self.say_for(intent, f"fact.{kind}", language)

    def fact_value(self, value: str, language: str, kind: str = "") -> str:
        """A noted value for people: a day with its weekday, anything else as it stands.

        A bare word for what is to be done, as a button or another language says it, is put into
        the reader's.
        """
        purpose = purpose_of(value) if kind == "purpose" else None
        if purpose and not (language == "zh-TW" and has_cjk(value)):
            return self.say(f"purpose.{purpose}", language)
        noted = _NOTED_DAY.fullmatch(value)
        if noted is None:
            return value
        day, clock, part = noted.groups()
        said = times.say_day(date.fromisoformat(day), language)
        later = clock or (self.say(f"part_of_day.{part}", language) if part else "")
        return self.say("day_and_time", language, day=said, time=later) if later else said

    def partner(self, code: str, language: str) -> str:
        """What a company is: a type, tier or region; a code that only the settings know as is."""
        key = f"partner.{code}"
        return self.say(key, language) if key in self.catalogue else code

    def severity(self, level: int, language: str, queue: str = _TECHNICAL) -> str:
        """In full; outside technical support severity 2 is a deadline, not a machine."""
        key = "deadline" if level == 2 and queue != _TECHNICAL else level
        return self.say(f"severity.{key}", language)

    def why_closed(self, now: datetime, language: str) -> tuple[str, str]:
        """open, closed (an ordinary night), holiday or closure; of the last two also its name."""
        stretch = self.calendar.stretch_at(now)
        if stretch.is_open:
            return "open", ""
        name = stretch.day.name(language) if stretch.day else ""
        if not name:
            return "closed", ""
        return ("holiday" if stretch.why == HOLIDAY else "closure"), name

    def weekly(self, language: str) -> str:
        """The hours of an ordinary week: "週一到週五 09:00-17:00"."""
        return say_weekly(self.calendar.hours, language)

    def time(self, at: datetime, now: datetime, language: str) -> str:
        """For a sentence: "今天 15:30", "Wed 2 Dec, 11:00"; the sentence adds 前 or "by"."""
        return times.say_time(at, now, language, self.calendar)

    def promise(self, at: datetime, now: datetime, language: str) -> str:
        """For a card: "今天 11:15 前", "by 11:15 today"."""
        return times.say_promise(at, now, language, self.calendar)

    def in_table(self, at: datetime, now: datetime, language: str) -> str:
        """For a list: "10/8（四）22:54", "Thu 8 Oct 22:54"."""
        return times.say_in_table(at, now, language, self.calendar)

    def clock(self, at: datetime, language: str) -> str:
        return times.say_clock(at, language, self.calendar)

    def closure(self, day: SpecialDay, language: str) -> str:
        """When a closure lasts: "12/2（週三）全天", "12/2（週三）12:00 起"."""
        said = times.say_day(day.date, language)
        hours = ", ".join(map(str, day.hours)) or self.say("whole_day", language)
        if len(day.hours) == 1 and day.hours[0].closes == DAY_MINUTES:
            hours = self.say("from_then_on", language, time=hours.partition("-")[0])
        return self.say("day_and_time", language, day=said, time=hours)

    def left(self, due_at: datetime, now: datetime, language: str) -> str:
        """Until a deadline, or past it: "剩 41 分", "逾時 12 分"."""
        return lengths.say_left(due_at, now, language, self.calendar)

    def why(self, due: Due, language: str) -> tuple[str, ...]:
        """A deadline's arithmetic, line by line."""
        return lengths.say_trace(due, language, self.calendar)


def load_words(calendar: ServiceCalendar) -> Words:
    return Words(times.core_catalogue(), calendar)
