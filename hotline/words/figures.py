"""Sums, shares and days of records as the hotline says them: NT$1,250,000, 83%, 11/30."""

from datetime import date, datetime, time

from hotline.words.times import core_catalogue, written

OLD_AFTER_DAYS = 90  # from then on the age of a figure is said


def say_money(amount: int) -> str:
    """Whole NT$."""
    return f"{'-' if amount < 0 else ''}NT${abs(amount):,}"


def say_percent(ratio: float, language: str) -> str:
    """A share, never rounded up: 99.6% of a minimum has not reached it."""
    whole = int(round(ratio * 100, 6))
    if whole == 0 and ratio > 0:
        return core_catalogue().say("record.under_one_percent", language)
    return f"{whole}%"


def say_date(day: date, today: date, language: str) -> str:
    """A day of a record, with the year where it is another one: "11/30", "30 Nov 2025"."""
    frame = "day" if day.year == today.year else "day_of_other_year"
    return written(f"record.{frame}", datetime.combine(day, time()), language)


def say_days(number: int, language: str) -> str:
    key = "record.one_day" if number == 1 else "record.days"
    return core_catalogue().say(key, language, n=number)


def say_as_of(day: date, today: date, language: str) -> str:
    """The day a figure holds for, and how old it is once that matters."""
    age = (today - day).days
    key = "record.as_of_old" if age > OLD_AFTER_DAYS else "record.as_of"
    said = say_date(day, today, language)
    return core_catalogue().say(key, language, day=said, days=say_days(age, language))


def say_minutes(seconds: int) -> str:
    """A length as players show it: 「1:12」."""
    return f"{seconds // 60}:{seconds % 60:02d}"
