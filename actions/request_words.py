"""The bubbles of the ticket form: what was noted, the question that follows, the summary."""

from actions.base import Turn
from hotline.replies import Reply
from hotline.tickets import intake, told
from hotline.tickets.draft import CHANGE, CONFIRM, Draft, Heard

_SUMMARY = ("description", "product", "customer", "order_number", "quantity", "needed_by")
_READ_BACK = ("product", "machine_type", "serial", "order_number", "quantity",
              "customer", "needed_by", "phone", "email")  # fmt: skip
_LONGEST_READ_BACK = 24
_MOST_BUTTONS = 4


def speak(turn: Turn, heard: Heard) -> Draft:
    """Say what a message did and put the next question; gives the draft with that question."""
    draft = heard.draft
    if heard.outage:
        turn.give(told.hardware_line(turn.hotline, turn.language))
    if heard.problem:
        return _say_problem(turn, draft, heard.problem)
    if heard.gave_up == "contact":
        turn.say("gave_up_contact", toll_free=turn.hotline.settings.vendor.toll_free)
    following = _following(heard)
    if following == CONFIRM:
        return _at_the_summary(turn, heard)
    question = _question(turn, draft, following)
    name, values = _opening(turn, heard, again=following == draft.asked)
    if name is None:
        turn.give(question)
    else:
        opened = turn.hotline.replies.say(
            name, turn.language, next_question=question.text, **values
        )
        turn.give(Reply(opened.text, question.buttons))
    return intake.ask(draft, following)


def ask_for(turn: Turn, draft: Draft, fact: str) -> Draft:
    """Ask for one fact anew, because it is to be changed."""
    turn.give(_question(turn, draft, fact))
    return intake.ask(draft, fact)


def say_summary(turn: Turn, draft: Draft) -> Draft:
    """What the ticket will say, and whether to open it like that."""
    turn.say(
        "summary_severe" if draft.severity <= 2 else "summary",
        lines="\n".join(_summary_lines(turn, draft)),
        severity_words=_severity(turn, draft),
    )
    return intake.ask(draft, CONFIRM)


def say_less_urgent(turn: Turn, draft: Draft) -> Draft:
    turn.say("less_urgent", severity_words=_severity(turn, draft))
    return intake.ask(draft, CONFIRM)


def say_change_which(turn: Turn, draft: Draft) -> Draft:
    known = [kind for kind in ("description", "product", "order_number", "serial", "customer",
                               "quantity", "needed_by") if draft.value(kind)]  # fmt: skip
    known = [*known[: _MOST_BUTTONS - 1], "phone"]
    turn.say(
        "change_which",
        buttons=[
            {
                "title": turn.hotline.words.fact(kind, turn.language),
                "payload": f'/inform{{"change":"{kind}"}}',
            }
            for kind in known
        ],
    )
    return intake.ask(draft, CHANGE)


def _following(heard: Heard) -> str:
    """The next question; one that was not answered stands, even one that changes a fact."""
    asked = heard.draft.asked
    if heard.no_answer and asked not in (None, CONFIRM, CHANGE):
        return asked
    return intake.next_question(heard.draft)


def _at_the_summary(turn: Turn, heard: Heard) -> Draft:
    draft = heard.draft
    if heard.no_answer and draft.asked in (CONFIRM, CHANGE):
        turn.say("unclear_summary")
        return intake.ask(draft, CONFIRM)
    if heard.gave_up and heard.gave_up != "contact":
        turn.say("gave_up", next_question="")
    if len(heard.corrected) == 1 and len(heard.noted) == 1:
        fact = heard.corrected[0]
        label = turn.hotline.words.fact(fact, turn.language)
        turn.say("corrected", fact=label, value=draft.value(fact))
        return intake.ask(draft, CONFIRM)
    return say_summary(turn, draft)


def _opening(turn: Turn, heard: Heard, *, again: bool) -> tuple[str | None, dict[str, str]]:
    """The response that leads over to the next question, if one is needed."""
    if heard.gave_up and heard.gave_up != "contact":
        return "gave_up", {}
    if heard.skipped:
        return "skipped", {}
    if noted := _noted_words(turn, heard):
        return "noted", {"facts": noted}
    if heard.no_answer and again:
        task = turn.hotline.words.say(f"task.{heard.draft.intent}", turn.language)
        return "resume", {"task": task}
    return None, {}


def _question(turn: Turn, draft: Draft, fact: str) -> Reply:
    example = turn.hotline.settings.vendor.order_example
    return turn.hotline.replies.say(_question_name(draft, fact), turn.language, example=example)


def _question_name(draft: Draft, fact: str) -> str:
    if fact == "description" and not draft.kind.technical:
        return "ask_description_request"
    if fact == "customer" and not draft.kind.technical:
        return "ask_customer_quote"
    if fact == "contact" and (draft.value("phone") or draft.value("email")):
        return "ask_contact_name"
    return f"ask_{fact}"


def _say_problem(turn: Turn, draft: Draft, problem: str) -> Draft:
    """What was wrong with an answer; the question that stands is the fact it was meant for."""
    if f"utter_invalid_{problem}" not in turn.hotline.replies:
        return ask_for(turn, draft, problem)
    turn.say(f"invalid_{problem}", example=turn.hotline.settings.vendor.order_example)
    return draft


def _noted_words(turn: Turn, heard: Heard) -> str:
    """The facts of a message, read back; else the description itself, if it is a short one."""
    words = turn.hotline.words
    parts: list[str] = []
    for kind in _READ_BACK:
        value = heard.draft.value(kind)
        if kind not in heard.noted or not value or value in " ".join(parts):
            continue
        parts.append(words.say(f"noted.{kind}", turn.language, value=value))
    description = heard.draft.value("description").rstrip("。.!！?？ ")
    if not parts and "description" in heard.noted and len(description) <= _LONGEST_READ_BACK:
        parts.append(description)
    return words.say("list_comma", turn.language).join(parts)


def _severity(turn: Turn, draft: Draft) -> str:
    return turn.hotline.words.severity(draft.severity, turn.language, draft.kind.queue)


def _summary_lines(turn: Turn, draft: Draft) -> list[str]:
    words, language = turn.hotline.words, turn.language
    values = {kind: _shown(turn, draft, kind) for kind in _SUMMARY}
    if serial := _shown(turn, draft, "serial"):
        values["product"] = (
            words.say("product_and_serial", language, product=values["product"], serial=serial)
            if values["product"]
            else words.say("noted.serial", language, value=serial)
        )
    values["contact"] = _contact(turn, draft)
    return [
        words.say("summary_line", language, label=words.fact(kind, language), value=value)
        for kind, value in values.items()
        if value
    ]


def _shown(turn: Turn, draft: Draft, kind: str) -> str:
    """A fact as the summary shows it: what was given up is to be confirmed by a colleague."""
    if draft.status(kind) == "unverified" and kind != "product":
        return turn.hotline.words.say("to_be_confirmed", turn.language)
    return draft.value(kind)


def _contact(turn: Turn, draft: Draft) -> str:
    contact = turn.conversation.contact
    reach = [_shown(turn, draft, kind) for kind in ("phone", "email")]
    if contact is None:
        names = draft.value("contact")
        return " ".join(filter(None, (names, *(one for one in reach if one not in names))))
    number = reach[0] or contact.phone or reach[1] or contact.email
    return f"{contact.name} {number}".strip()
