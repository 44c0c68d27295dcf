"""The bubbles of the ticket form: what was noted, the question that follows, the summary."""

from dataclasses import replace

from actions.base import Turn
from hotline.replies import Reply
from hotline.tickets import callbacks, questions, told, wish_order
from hotline.tickets.audience import is_held_up
from hotline.tickets.draft import CHANGE, CONFIRM, WHICH_FIRST, Draft, Heard, Wish
from hotline.tickets.kinds import FACTS
from wording.asides import is_short_name
from wording.persons import without_numbers
from wording.sentences import fill

_NOT_IN_SUMMARY = ("machine_type", "serial", "phone", "email")  # in another line, or in none
READ_BACK = ("company", "tax_id", "years", "people", "product", "machine_type", "serial",
              "order_number", "quantity", "customer", "project", "course", "new_value", "amount",
              "site", "needed_by", "phone", "email")  # fmt: skip
# Typed freely: read back where it is a name, and not a sentence.
_AS_TYPED = ("product", "customer", "project", "course", "new_value", "site", "company")
_SHORTEST_REPEAT = 2  # 「2」 stands in many a model
_LONGEST_LINE = 120
_MOST_BUTTONS = 4


def speak(turn: Turn, heard: Heard) -> Draft:
    """Say what a message did and put the next question; gives the draft with that question."""
    if heard.outage:
        turn.give(told.hardware_line(turn.hotline, turn.language))
    draft = _say_held_up(turn, heard.draft)
    heard = replace(heard, draft=draft)
    if heard.more:
        _say_in_order(turn, draft)
    if heard.problem:
        return _say_problem(turn, heard, heard.problem)
    if heard.gave_up == "contact":
        turn.say("gave_up_contact", toll_free=turn.hotline.settings.vendor.toll_free)
    if _is_no_time_to_call(turn, heard):
        return _ask_other_time(turn, draft)
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
    return questions.ask(draft, following)


def ask_for(turn: Turn, draft: Draft, fact: str) -> Draft:
    """Ask for one fact anew, because it is to be changed."""
    turn.give(_question(turn, draft, fact))
    return questions.ask(draft, fact)


def say_summary(turn: Turn, draft: Draft) -> Draft:
    """What the ticket will say, and whether to open it like that."""
    turn.say(
        "summary_severe" if draft.severity <= 2 else "summary",
        lines="\n".join(_summary_lines(turn, draft)),
        severity_words=_severity(turn, draft),
    )
    return questions.ask(draft, CONFIRM)


def say_less_urgent(turn: Turn, draft: Draft) -> Draft:
    draft = _say_held_up(turn, draft)
    turn.say("less_urgent", severity_words=_severity(turn, draft))
    return questions.ask(draft, CONFIRM)


def say_which_first(turn: Turn, draft: Draft, wish: Wish) -> Draft:
    """Another wish while a request is half filled: which is to come first."""
    task = task_of(turn, draft.intent)
    turn.say("switch_ask", a=task, a_first=_capital(task), b=task_of(turn, wish.intent))
    return wish_order.ask_which_first(draft, wish)


def task_of(turn: Turn, intent: str) -> str:
    return turn.hotline.words.say(f"task.{intent}", turn.language)


def say_change_which(turn: Turn, draft: Draft) -> Draft:
    known = [kind for kind in FACTS if draft.value(kind) and kind not in ("machine_type", "phone")]
    known = [*known[: _MOST_BUTTONS - 1], "phone"]
    turn.say(
        "change_which",
        buttons=[
            {
                "title": _label(turn, draft, kind),
                "payload": f'/inform{{"change":"{kind}"}}',
            }
            for kind in known
        ],
    )
    return questions.ask(draft, CHANGE)


def _say_held_up(turn: Turn, draft: Draft) -> Draft:
    """Once a request that it goes to the channel manager, where only its company is why."""
    contact = turn.conversation.contact
    status = contact.status if contact else None
    if draft.told_held_up or not is_held_up(draft.kind, draft.severity, status):
        return draft
    turn.say("held_up")
    return replace(draft, told_held_up=True)


def _following(heard: Heard) -> str:
    """The next question; one that was not answered stands, even one that changes a fact."""
    asked = heard.draft.asked
    if heard.no_answer and asked not in (None, CONFIRM, CHANGE, WHICH_FIRST):
        return asked
    return questions.next_question(heard.draft)


def _at_the_summary(turn: Turn, heard: Heard) -> Draft:
    draft = heard.draft
    if heard.no_answer and draft.asked in (CONFIRM, CHANGE):
        turn.say("unclear_summary")
        return questions.ask(draft, CONFIRM)
    if heard.gave_up and heard.gave_up != "contact":
        turn.say("gave_up", next_question="")
    if len(heard.corrected) == 1 and len(heard.noted) == 1:
        fact = heard.corrected[0]
        turn.say("corrected", fact=_label(turn, draft, fact), value=_value(turn, draft, fact))
        return questions.ask(draft, CONFIRM)
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
        return "resume", {"task": task_of(turn, heard.draft.intent)}
    return None, {}


def _question(turn: Turn, draft: Draft, fact: str) -> Reply:
    hotline, example = turn.hotline, turn.hotline.settings.vendor.order_example
    if fact == "contact" and (draft.value("phone") or draft.value("email")):
        fact = "contact_name"
    # A question of the request's own where it has one: "which customer is the quote for?"
    names = (f"ask_{fact}_{draft.intent}", f"ask_{fact}_{draft.kind.queue}", f"ask_{fact}")
    name = next(name for name in names if f"utter_{name}" in hotline.replies)
    return hotline.replies.say(name, turn.language, example=example)


def _say_problem(turn: Turn, heard: Heard, problem: str) -> Draft:
    """What was wrong with an answer; the question that stands is the fact it was meant for."""
    draft, replies = heard.draft, turn.hotline.replies
    if f"utter_invalid_{problem}" not in replies:
        return ask_for(turn, draft, problem)
    example = turn.hotline.settings.vendor.order_example
    wrong = replies.say(f"invalid_{problem}", turn.language, example=example)
    if noted := _noted_words(turn, heard):
        told_of = replies.text("noted", turn.language, facts=noted, next_question=wrong.text)
        wrong = Reply(told_of, wrong.buttons)
    turn.give(wrong)
    return draft


def _is_no_time_to_call(turn: Turn, heard: Heard) -> bool:
    """Whether a call is wished for at a time when nobody is there."""
    if heard.draft.intent != "leave_message" or "needed_by" not in heard.noted:
        return False
    hotline, wished = turn.hotline, heard.draft.value("needed_by")
    return callbacks.is_outside(hotline.calendar, wished) or _is_over(turn, wished)


def _is_over(turn: Turn, wished: str) -> bool:
    return callbacks.is_over(turn.hotline.calendar, wished, turn.hotline.now())


def _ask_other_time(turn: Turn, draft: Draft) -> Draft:
    """Closed then, or gone by: the half days before and after, of which a button takes one."""
    hotline, wished = turn.hotline, draft.value("needed_by")
    offered = callbacks.nearest(hotline.calendar, wished, hotline.now())
    said = [hotline.words.fact_value(one, turn.language) for one in offered]
    joined = hotline.words.say("list_or", turn.language).join(said)
    name = "callback_past" if _is_over(turn, wished) else "callback_outside"
    asked = hotline.words.fact_value(wished, turn.language)
    reply = hotline.replies.say(name, turn.language, asked=asked, offered=joined)
    turn.give(Reply(reply.text, tuple({"title": one, "payload": one} for one in said)))
    kept = {kind: fact for kind, fact in draft.facts.items() if kind != "needed_by"}
    return replace(draft, facts=kept, asked="needed_by", misses=0)


def _noted_words(turn: Turn, heard: Heard) -> str:
    """The facts of a message, read back; else the description itself, if it is a short one."""
    words = turn.hotline.words
    parts: list[str] = []
    for kind in READ_BACK:
        value = _value(turn, heard.draft, kind)
        is_told = len(value) > _SHORTEST_REPEAT and value in " ".join(parts)
        if kind not in heard.noted or not value or is_told:
            continue
        if kind in _AS_TYPED and not is_short_name(value):
            continue  # a whole sentence, which is in the summary
        parts.append(_noted(turn, heard.draft, kind, value))
    if parts == [_noted(turn, heard.draft, "quantity", "1")] and heard.draft.asked != "quantity":
        parts = []  # 「一台」, said in passing
    description = heard.draft.value("description").rstrip("。.!！?？ ")
    if not parts and "description" in heard.noted and is_short_name(description):
        parts.append(description)
    return words.say("list_comma", turn.language).join(parts)


def _noted(turn: Turn, draft: Draft, kind: str, value: str) -> str:
    """A fact read back, in the words of the request where it has any: 「12/9 截標」."""
    words = turn.hotline.words
    template = words.say_for(draft.intent, f"noted.{kind}", turn.language, value="{value}")
    return fill(template, lambda _name: value)


def _severity(turn: Turn, draft: Draft) -> str:
    return turn.hotline.words.severity(draft.severity, turn.language, draft.kind.queue)


def _summary_lines(turn: Turn, draft: Draft) -> list[str]:
    words, language = turn.hotline.words, turn.language
    values = {kind: _shown(turn, draft, kind) for kind in FACTS if kind not in _NOT_IN_SUMMARY}
    if serial := _shown(turn, draft, "serial"):
        values["product"] = (
            words.say("product_and_serial", language, product=values["product"], serial=serial)
            if values["product"]
            else words.say("noted.serial", language, value=serial)
        )
    if "email" in dict(draft.kind.asks):  # whose account it is, and not how to reach the asker
        values["email"] = _shown(turn, draft, "email")
    values["contact"] = _contact(turn, draft)
    return [
        words.say("summary_line", language, label=_label(turn, draft, kind), value=value)
        for kind, value in values.items()
        if value
    ]


def _label(turn: Turn, draft: Draft, kind: str) -> str:
    """A fact's name; what is not a fault is a request, not a problem."""
    is_fault = draft.intent in ("technical_hardware", "technical_software", "complain")
    key = "description_wish" if kind == "description" and not is_fault else kind
    return turn.hotline.words.fact(key, turn.language, draft.intent)


def _value(turn: Turn, draft: Draft, kind: str) -> str:
    value = turn.hotline.words.fact_value(draft.value(kind), turn.language, kind)
    return value if len(value) <= _LONGEST_LINE else f"{value[: _LONGEST_LINE - 1]}…"


def _shown(turn: Turn, draft: Draft, kind: str) -> str:
    """A fact as the summary shows it: what was given up is to be confirmed by a colleague."""
    if draft.status(kind) == "unverified" and kind != "product":
        return turn.hotline.words.say("to_be_confirmed", turn.language)
    return _value(turn, draft, kind)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _say_in_order(turn: Turn, draft: Draft) -> None:
    """What comes first and what after it, when a message had more than one wish."""
    tasks = [task_of(turn, intent) for intent in (draft.intent, *(w.intent for w in draft.wishes))]
    comma = turn.hotline.words.say("list_comma", turn.language)
    first = _capital(tasks[0])
    turn.say(
        "two_wishes",
        a=tasks[0],
        a_first=first,
        all=comma.join(tasks),
        n=_how_many(turn, len(tasks)),
    )


def _how_many(turn: Turn, number: int) -> str:
    key = f"count.{number}"
    words = turn.hotline.words
    return words.say(key, turn.language) if key in words.catalogue else str(number)


def _contact(turn: Turn, draft: Draft) -> str:
    contact = turn.conversation.contact
    reach = [_shown(turn, draft, kind) for kind in ("phone", "email")]
    if contact is None:
        return " ".join(filter(None, (without_numbers(draft.value("contact")), *reach)))
    number = reach[0] or contact.phone or reach[1] or contact.email
    return f"{contact.name} {number}".strip()
