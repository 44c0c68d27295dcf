"""What a message can mean, in the groups in which staff choose from it. Pure."""

from hotline.tickets.kinds import KINDS

FALLBACK = "nlu_fallback"  # the assistant was not sure of any
WANTS_PERSON = "talk_to_human"
NONE_OF_THESE = "help"  # the last of the buttons that offer readings
_QUEUES = ("technical", "presales", "admin", "campaign", "other")
TALK = (
    "greet", "thank", "goodbye", "affirm", "deny", "cancel", "inform", "repeat", "switch_language",
    "help", "bot_challenge", "out_of_scope",
)  # fmt: skip

GROUPS: dict[str, tuple[str, ...]] = {
    **{
        queue: tuple(
            kind.intent
            for kind in KINDS.values()
            if kind.queue == queue and not kind.is_about_own_record
        )
        for queue in _QUEUES
    },
    "records": tuple(kind.intent for kind in KINDS.values() if kind.is_about_own_record),
    "tickets": (
        "ticket_status", "ticket_list", "ticket_add", "ticket_escalate", "ticket_close",
        "ticket_reopen", "correct", "rate_service", WANTS_PERSON, "ask_hours",
    ),
    "talk": TALK,
}  # fmt: skip
INTENTS = frozenset(intent for intents in GROUPS.values() for intent in intents)
