"""The hotline's hours and numbers, as they are at this moment."""

from rasa_sdk.events import FollowupAction

from actions.base import FORM, Events, HotlineAction, Turn
from actions.outage import reports_outage


class Hours(HotlineAction):
    action_name = "action_hours"

    async def act(self, turn: Turn) -> Events:
        if reports_outage(turn):
            return [FollowupAction(FORM)]
        hotline, now, language = turn.hotline, turn.hotline.now(), turn.language
        calendar, words, vendor = hotline.calendar, hotline.words, hotline.settings.vendor
        stands, reason = words.why_closed(now, language)
        closes = calendar.closes_at(now) or now
        turn.say(
            f"hours_{stands}",
            weekly=words.weekly(language),
            closes_at=words.clock(closes, language),
            opens_at=words.time(calendar.next_open(now), now, language),
            reason=reason,
            toll_free=vendor.toll_free,
            hardware_line=vendor.hardware_line,
        )
        return []
