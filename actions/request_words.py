"""The bubbles of the ticket form: what was noted, the question that follows, the summary."""

from typing import Any

from actions.base import Turn
from hotline.tickets import intake
from hotline.tickets.intake import CHANGE, CONFIRM, Draft, Heard

_SUMMARY = ("description", "product", "customer", "order_number", "quantity", "needed_by")
_MOST_BUTTONS = 4


def speak(turn: Turn, heard: Heard) -> Draft:
    """Say what an answer did and put the next question; gives the draft with that question."""
    asked = heard.draft.asked
    if heard.problem:
        _say_problem(turn, heard.problem)
        return heard.draft
    following = intake.next_question(heard.draft)
    if following == CONFIRM:
        if heard.gave_up:
            turn.say("gave_up", next_question="")
        if asked == CONFIRM and heard.corrected:
            say_corrected(turn, heard.draft, heard.corrected)
        else:
            say_summary(turn, heard.draft)
        return intake.ask(heard.draft, CONFIRM)
    question, buttons = question_for(turn, heard.draft, following)
    if heard.gave_up:
        turn.say("gave_up", next_question=question, buttons=buttons)
    elif heard.skipped:
        turn.say("skipped", next_question=question, buttons=buttons)
    elif noted := noted_words(turn, heard):
        turn.say("noted", facts=noted, next_question=question, buttons=buttons)
    else:
        name = question_name(heard.draft, following)
        turn.say(name, example=turn.hotline.settings.vendor.order_example)
    return intake.ask(heard.draft, following)


def question_name(draft: Draft, fact: str) -> str:
    if fact == "description" and not draft.kind.technical:
        return "ask_description_request"
    if fact == "customer" and not draft.kind.technical:
        return "ask_customer_quote"
    return f"ask_{fact}"


def question_for(turn: Turn, draft: Draft, fact: str) -> tuple[str, list[dict[str, str]]]:
    """The question's text and buttons, to go on in the same bubble behind what was noted."""
    if fact == CONFIRM:
        name = "summary_severe" if draft.severity <= 2 else "summary"
        reply = turn.hotline.replies.say(name, turn.language, **_summary_values(turn, draft))
    else:
        reply = turn.hotline.replies.say(
            question_name(draft, fact),
            turn.language,
            example=turn.hotline.settings.vendor.order_example,
        )
    return reply.text, list(reply.buttons)


def noted_words(turn: Turn, heard: Heard) -> str:
    """The facts of an answer, read back; what was typed in full is not repeated."""
    words = turn.hotline.words
    parts: list[str] = []
    for kind in ("product", "machine_type", "serial", "order_number", "quantity", "customer",
                 "needed_by", "phone", "email"):  # fmt: skip
        value = heard.draft.value(kind)
        if kind in heard.noted and value and value not in " ".join(parts):
            parts.append(words.say(f"noted.{kind}", turn.language, value=value))
    return words.say("list_comma", turn.language).join(parts)


def say_summary(turn: Turn, draft: Draft) -> None:
    name = "summary_severe" if draft.severity <= 2 else "summary"
    turn.say(name, **_summary_values(turn, draft))


def say_corrected(turn: Turn, draft: Draft, fact: str) -> None:
    label = turn.hotline.words.fact(fact, turn.language)
    turn.say("corrected", fact=label, value=draft.value(fact))


def say_change_which(turn: Turn, draft: Draft) -> Draft:
    words = turn.hotline.words
    known = [kind for kind in (*_SUMMARY, "phone", "serial") if draft.value(kind)]
    buttons = [
        {"title": words.fact(kind, turn.language), "payload": f'/inform{{"change":"{kind}"}}'}
        for kind in known[:_MOST_BUTTONS]
    ]
    turn.say("change_which", buttons=buttons)
    return intake.ask(draft, CHANGE)


def _say_problem(turn: Turn, problem: str) -> None:
    turn.say(f"invalid_{problem}", example=turn.hotline.settings.vendor.order_example)


def _summary_values(turn: Turn, draft: Draft) -> dict[str, Any]:
    severity = turn.hotline.words.severity(draft.severity, turn.language, draft.kind.queue)
    return {"lines": "\n".join(_summary_lines(turn, draft)), "severity_words": severity}


def _summary_lines(turn: Turn, draft: Draft) -> list[str]:
    words, language = turn.hotline.words, turn.language
    lines = []
    for kind in _SUMMARY:
        value = draft.value(kind)
        serial = draft.value("serial")
        if kind == "product" and serial:
            value = (
                words.say("product_and_serial", language, product=value, serial=serial)
                if value
                else words.say("noted.serial", language, value=serial)
            )
        if kind in draft.facts and draft.facts[kind].status == "unverified" and kind != "product":
            value = words.say("to_be_confirmed", language)
        if value:
            label = words.fact(kind, language)
            lines.append(words.say("summary_line", language, label=label, value=value))
    lines.append(
        words.say(
            "summary_line",
            language,
            label=words.fact("contact", language),
            value=_contact(turn, draft),
        )
    )
    return lines


def _contact(turn: Turn, draft: Draft) -> str:
    contact = turn.conversation.contact
    phone = draft.facts.get("phone")
    number = phone.value if phone else (contact.phone if contact else "") or ""
    if phone and phone.status == "unverified":
        number = turn.hotline.words.say("to_be_confirmed", turn.language)
    if contact is None:
        return draft.value("contact") or number or draft.value("email")
    return f"{contact.name} {number or contact.email}".strip()
