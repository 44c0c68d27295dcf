"""Whom the assistant does what for: every action, one line each.

Only the engine calls an action, and names a sender that it was given for one conversation; who
speaks there says the conversation's row. An action without a line here stops the action server.
"""

# Whoever speaks in the conversation, a visitor too.
SPEAKER = "speaker"
# The same, and of tickets those only that they may see (`hotline.tickets.queries.may_see`);
# somebody else's is answered like one that does not exist.
WHO_SEES_THE_TICKET = "who sees the ticket"
# The same, and of records those of the own company only that the contact's roles read
# (`hotline.permissions.READERS`); another company's are read by nobody here.
WHO_READS_THE_RECORD = "who reads the record, or sees the ticket"

ACTIONS: dict[str, str] = {
    "action_greet": SPEAKER,
    "action_help": SPEAKER,
    "action_bot_challenge": SPEAKER,
    "action_goodbye": SPEAKER,
    "action_repeat": SPEAKER,
    "action_switch_language": SPEAKER,
    "action_hours": SPEAKER,
    "action_knowledge": SPEAKER,
    "action_talk_to_human": WHO_SEES_THE_TICKET,
    "validate_ticket_form": WHO_SEES_THE_TICKET,
    "action_submit_ticket": SPEAKER,
    "action_cancel": WHO_SEES_THE_TICKET,
    "action_affirm": WHO_SEES_THE_TICKET,
    "action_deny": WHO_SEES_THE_TICKET,
    "action_inform": WHO_SEES_THE_TICKET,
    "action_unsure": WHO_SEES_THE_TICKET,
    "action_record": WHO_READS_THE_RECORD,
    "action_ticket_status": WHO_SEES_THE_TICKET,
    "action_ticket_list": WHO_SEES_THE_TICKET,
    "action_ticket_add": WHO_SEES_THE_TICKET,
    "action_ticket_escalate": WHO_SEES_THE_TICKET,
    "action_ticket_close": WHO_SEES_THE_TICKET,
    "action_ticket_reopen": WHO_SEES_THE_TICKET,
    "action_rate_service": WHO_SEES_THE_TICKET,
    "action_correct": WHO_SEES_THE_TICKET,
}


def require_line(action: str) -> None:
    """RuntimeError, with the line to write, if nothing says whom this action is for."""
    if action not in ACTIONS:
        raise RuntimeError(
            f'say whom it is for in ACTIONS of actions/permissions.py:\n    "{action}": ...,'
        )
