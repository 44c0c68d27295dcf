"""The hotline's hours and numbers, as they are at this moment."""

from actions.base import Events, HotlineAction, Turn


class Hours(HotlineAction):
    action_name = "action_hours"

    async def act(self, turn: Turn) -> Events:
        hotline, now, language = turn.hotline, turn.hotline.now(), turn.language
        calendar, words, vendor = hotline.calendar, hotline.words, hotline.settings.vendor
        holiday = words.holiday(calendar, now, language)
        is_open = calendar.is_open(now)
        closes = calendar.closes_at(now) or now
        turn.say(
            "hours_open" if is_open else "hours_holiday" if holiday else "hours_closed",
            weekly=words.weekly(language),
            closes_at=words.clock(closes, language),
            opens_at=words.time(calendar.next_open(now), now, language),
            holiday=holiday or "",
            toll_free=vendor.toll_free,
            hardware_line=vendor.hardware_line,
        )
        return []
