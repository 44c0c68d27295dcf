"""The week's hours in words: 週一到週五 09:00-17:00."""

from datetime import date, timedelta
from itertools import groupby

from hotline.calendar.days import WeeklyHours
from hotline.words.times import core_catalogue, weekday

_A_MONDAY = date(2024, 1, 1)


def say_weekly(week: WeeklyHours, language: str) -> str:
    """Days with the same hours in a row are told together, closed days not at all."""
    days = [_A_MONDAY + timedelta(days=ahead) for ahead in range(7)]
    catalogue, told = core_catalogue(), []
    for hours, run in groupby(days, key=week.on):
        first, *rest = run
        if hours:
            told.append(
                catalogue.say(
                    "weekly.run" if rest else "weekly.day",
                    language,
                    first=weekday(first, language),
                    hours=catalogue.say("list_comma", language).join(map(str, hours)),
                    **({"last": weekday(rest[-1], language)} if rest else {}),
                )
            )
    return catalogue.say("weekly.between", language).join(told)
