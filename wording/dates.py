"""Which day is meant: 「下週三」, 12/15, 「月底」, "next Friday", seen from a given day.

`date_wishes` finds the words; here they become a day, with the time of day if one was said.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import NamedTuple

from wording.numerals import number_of
from wording.text import folded


class Day(NamedTuple):
    """A day; `clock` is HH:MM or empty, `part` one of PARTS or empty."""

    day: date
    clock: str = ""
    part: str = ""


PARTS = ("morning", "noon", "afternoon", "evening", "night")

_CHINESE_WEEKDAYS = "一二三四五六日"
_WEEKDAY = re.compile(
    r"(?<!下)(?P<back>上*)(?P<ahead>下*)個?(?P<this>這個?|本)?"
    r"(?:週|星期|禮拜)\ ?(?P<day>[一二三四五六日天])"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ENGLISH_WEEKDAY = re.compile(
    rf"(?P<next>next )?(?P<day>{'|'.join(_WEEKDAYS)})"
    r"(?:day|s|sday|nes|nesday|rs|rsday|ur|urday|r)?(?![a-z])"
)
_MONTH_DAY = re.compile(
    rf"(?P<month>{'|'.join(_MONTHS)})[a-z]* (?P<day>[0-9]{{1,2}})(?![0-9])|"
    rf"(?P<day2>[0-9]{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month2>{'|'.join(_MONTHS)})"
)
_ISO = re.compile(
    r"(?P<year>20[0-9]{2})[/\-.年] ?(?P<month>[0-9]{1,2})[/\-.月] ?(?P<day>[0-9]{1,2})"
)
_SLASHED = re.compile(
    r"(?<![0-9/])(?P<month>1[0-2]|0?[1-9]) ?[/月] ?(?P<day>3[01]|[12][0-9]|0?[1-9])(?![0-9/%])"
)
_CHINESE_DATE = re.compile(
    r"(?P<month>十[一二]?|[一二三四五六七八九]) ?月"
    r" ?(?P<day>[一二三四五六七八九十0-9]{1,3}) ?[日號]"
)
_MONTH_END = re.compile(
    r"(?:(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]) ?"
    r"|(?P<next>下個?)|這個?|本)?月底"
)
_ENGLISH_MONTH_END = re.compile(rf"end of (?P<month>{'|'.join(_MONTHS)})")
_DAY_OF_MONTH = re.compile(r"(?<![0-9月/])(?P<day>3[01]|[12][0-9]|0?[1-9]) ?[日號]")
_NTH = re.compile(r"(?<![a-z0-9])(?:the )?(?P<day>3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)(?![a-z])")
_AHEAD = (("大後天", 3), ("後天", 2), ("明天", 1), ("明早", 1), ("明晚", 1),
          ("明日", 1), ("今天", 0), ("今日", 0), ("今晚", 0),
          ("前天", -2), ("昨", -1))  # fmt: skip
_ENGLISH_AHEAD = (
    ("yesterday", -1), ("day after tomorrow", 2), ("tomorrow", 1), ("today", 0),
    ("tonight", 0), ("eod", 0),
)  # fmt: skip
# 「12/20 之後」, 「下個月1號起」: from a day on.
_OPEN_END = re.compile(
    r"(?:[日號月週季底初]|/[0-9]{1,2}|[週期拜] ?[一二三四五六日天])\)? ?(?:之後|以後|過後|起(?!來))"
    r"|onwards?(?![a-z])|(?<![a-z])or later"
)
_NEXT_MONTH = re.compile(r"下個?月 ?(?P<day>[0-9]{1,2}|[一二三四五六七八九十]{1,3}) ?[日號]")
_DAYS = re.compile(
    r"(?P<number>[0-9]{1,2}|[一二兩三四五六七八九十]{1,3})"
    r" ?(?P<unit>天|日|週|個?星期|個?禮拜)(?:內|以內|之內)"
)
_CLOCK = re.compile(r"(?P<hour>[01]?[0-9]|2[0-3]):(?P<minute>[0-5][0-9])")
_HOUR = re.compile(
    r"(?P<hour>[01]?[0-9]|2[0-3]|十[一二]?|[一二兩三四五六七八九]) ?點"
    r"(?:(?P<half>半)|(?P<minute>[0-5]?[0-9])分?)?"
)
_ENGLISH_HOUR = re.compile(
    r"(?<![0-9:])(?P<hour>1[0-2]|[1-9])(?::(?P<minute>[0-5][0-9]))? ?(?P<half>[ap])m(?![a-z])"
)
_NOTED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PARTS = (
    ("night", re.compile(r"凌晨|半夜|深夜|清晨|after midnight|middle of the night|small hours")),
    ("morning", re.compile(r"早|上午|morning")),
    ("noon", re.compile(r"中午|(?<!after)noon")),
    ("afternoon", re.compile(r"下午|下班|傍晚|afternoon|eod")),
    ("evening", re.compile(r"晚上|今晚|evening|tonight")),
)


def read_day(text: str, today: date) -> Day | None:
    """The day that `text` means, seen from `today`; None where it means no single day."""
    said = folded(text)
    day = None if _OPEN_END.search(said) else _day(said, today)
    if day is None:
        return None
    clock, part = _time(said)
    return Day(day, clock, "" if clock else part)


def with_clock(noted: str, text: str) -> str:
    """A noted day (2026-12-09) with the time that `text` says; empty where it says none."""
    if not _NOTED.match(noted):
        return ""
    clock, part = _time(folded(text))
    return f"{noted[:10]} {clock or part}" if clock or part else ""


def _day(said: str, today: date) -> date | None:
    if match := _ISO.search(said):
        return _date(int(match["year"]), int(match["month"]), int(match["day"]))
    if match := _SLASHED.search(said):
        return _this_year_or_next(int(match["month"]), int(match["day"]), today)
    if match := _CHINESE_DATE.search(said):
        month, day = number_of(match["month"]), number_of(match["day"])
        return _this_year_or_next(month, day, today) if month and day else None
    if match := _NEXT_MONTH.search(said):
        day, ahead = number_of(match["day"]), 1 if today.month == 12 else 0
        return _date(today.year + ahead, today.month % 12 + 1, day) if day else None
    if match := _MONTH_DAY.search(said):
        month = _MONTHS.index((match["month"] or match["month2"])[:3]) + 1
        return _this_year_or_next(month, int(match["day"] or match["day2"]), today)
    if match := _WEEKDAY.search(said):
        weekday = _CHINESE_WEEKDAYS.index(match["day"].replace("天", "日"))
        weeks = len(match["ahead"]) - len(match["back"])
        return _weekday(today, weekday, weeks, named=bool(match["this"]))
    if match := _MONTH_END.search(said):
        return _month_end(match, today)
    for words, days in (*_AHEAD, *_ENGLISH_AHEAD):
        if words in said:
            return today + timedelta(days=days)
    if match := _ENGLISH_WEEKDAY.search(said):
        weekday = _WEEKDAYS.index(match["day"])
        return _weekday(today, weekday, 1 if match["next"] else 0, named=False)
    if match := _ENGLISH_MONTH_END.search(said):
        month = _MONTHS.index(match["month"][:3]) + 1
        year = today.year + (1 if month < today.month else 0)
        return date(year, month, calendar.monthrange(year, month)[1])
    if "end of the month" in said or "end of month" in said or "eom" in said:
        return today.replace(day=calendar.monthrange(today.year, today.month)[1])
    if "年底" in said or "end of the year" in said or "end of year" in said:
        return today.replace(month=12, day=31)
    if match := _DAYS.search(said):
        number = number_of(match["number"]) or 0
        return today + timedelta(days=number * (1 if match["unit"] in "天日" else 7))
    if match := _DAY_OF_MONTH.search(said) or _NTH.search(said):
        return _day_of_month(int(match["day"]), today)
    return None


def _weekday(today: date, weekday: int, weeks: int, *, named: bool) -> date:
    """「週三」 is the coming one, 「下週三」 that of next week; a week begins on Monday."""
    monday = today - timedelta(days=today.weekday())
    day = monday + timedelta(days=7 * weeks + weekday)
    return day if weeks or named or day >= today else day + timedelta(days=7)


def _month_end(match: re.Match[str], today: date) -> date | None:
    month = number_of(match["month"]) if match["month"] else today.month
    if not month:
        return None
    year = today.year + (1 if month < today.month else 0)
    if match["next"]:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return date(year, month, calendar.monthrange(year, month)[1])


def _day_of_month(day: int, today: date) -> date | None:
    month, year = (today.month, today.year) if day >= today.day else (today.month + 1, today.year)
    return _date(year + 1, 1, day) if month > 12 else _date(year, month, day)


def _this_year_or_next(month: int, day: int, today: date) -> date | None:
    """A date without its year: what is half a year back lies ahead, what is nearer is past."""
    found = _date(today.year, month, day)
    if found and found < today - timedelta(days=183):
        return _date(today.year + 1, month, day)
    return found


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _time(said: str) -> tuple[str, str]:
    part = next((name for name, words in _PARTS if words.search(said)), "")
    if match := _ENGLISH_HOUR.search(said):
        hour = int(match["hour"]) % 12 + (12 if match["half"] == "p" else 0)
        return f"{hour:02}:{match['minute'] or '00'}", part
    if match := _CLOCK.search(said):
        return f"{_of_day(int(match['hour']), part):02}:{match['minute']}", part
    if match := _HOUR.search(said):
        hour = _of_day(number_of(match["hour"]) or 0, part)
        minute = 30 if match["half"] else int(match["minute"] or 0)
        return f"{hour:02}:{minute:02}", part
    return "", part


def _of_day(hour: int, part: str) -> int:
    """「下午三點」 is 15; 「三點」 alone, in office hours, as well; 「半夜兩點」 is 2."""
    if part == "night":
        return 0 if hour == 12 else hour + 12 if 9 <= hour < 12 else hour
    if hour < 12 and (part in ("afternoon", "evening") or (not part and 1 <= hour <= 6)):
        return hour + 12
    return hour
