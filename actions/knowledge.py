"""Questions: answered from an article, asked back, or passed on to a colleague, never guessed."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from rasa_sdk.events import SlotSet

import actions.warming  # noqa: F401 - in each process that acts, before it listens
from actions.base import Events, HotlineAction, Turn
from hotline.knowledge import asking, following
from hotline.knowledge.articles import Article
from hotline.knowledge.asking import Asked
from hotline.knowledge.deciding import ANSWER, REFUSE
from hotline.knowledge.markdown import to_plain
from hotline.tickets.draft import Draft, draft_from_json
from hotline.tickets.kinds import KINDS, NOT_TO_BE_EXPLAINED
from hotline.tickets.noting import with_fact
from hotline.words.figures import say_date
from wording.asking import asks_to_know, wants_done
from wording.elliptic import is_elliptic

Button = dict[str, str]

_MORE, _HELPED, _NOT_HELPED, _NONE = "more", "helped", "not_helped", "none"
_MOST_RELATED = {True: 2, False: 1}  # beside the full answer, and beside the short one


class Knowledge(HotlineAction):
    """Asked while a request is being filled, what has no answer goes on its ticket."""

    action_name = "action_knowledge"
    deadline_s = 4.5  # after an edit the articles are indexed anew

    async def act(self, turn: Turn) -> Events:
        stored = turn.tracker.get_slot("draft")
        if stored is None:
            await answer(turn)
            return []
        asked = await answer_in_form(turn, draft_from_json(stored))
        return [SlotSet("draft", replace(asked, misses=0).to_json())]


async def answer(turn: Turn) -> None:
    """Say what the articles have, or offer a person or a ticket for the question."""
    if turn.is_button:
        await _press(turn)
    elif not (is_elliptic(turn.text) and await _say_passage(turn)) and not await _say_found(turn):
        _offer_to_pass_on(turn)


async def answer_in_form(turn: Turn, draft: Draft) -> Draft:
    """The same while a request is being filled; without an answer the question goes on it."""
    if turn.is_button:
        if turn.entity("step") in (_NOT_HELPED, _NONE):
            if turn.entity("step") == _NOT_HELPED:
                await asking.note_helped(turn.hotline, turn.conversation, helped=False)
            return _pass_on(
                turn, draft, await asking.last_question(turn.hotline, turn.conversation)
            )
        await _press(turn)
        return draft
    return draft if await _say_found(turn) else _pass_on(turn, draft, turn.text)


async def _say_found(turn: Turn) -> bool:
    """The article that answers, or which of several is meant; False where none does."""
    return _say(turn, await asking.ask(turn.hotline, turn.conversation, turn.text))


def _say(turn: Turn, asked: Asked | None, request: str | None = None) -> bool:
    """What came of a question, the `request` it sounds like as a button; False if nothing."""
    if asked is None or asked.outcome == REFUSE:
        return False
    beside = [_to_request(turn, request)] if request else []
    if asked.outcome == ANSWER:
        _say_answer(turn, asked.articles[0], beside)
    else:
        _ask_which(turn, asked.articles, beside)
    return True


async def answers_follow_up(turn: Turn) -> bool:
    """「那要多少錢？」 after an answer is about that article, whatever it resembles by itself."""
    if turn.is_button or turn.tracker.get_slot("draft") or not is_elliptic(turn.text):
        return False
    return await _say_passage(turn)


async def answers_instead(turn: Turn, intent: str, *, alone: bool = False) -> bool:
    """「BDF 怎麼請款」, in the words of a request, asks how: it is answered, and the request is a
    button away, unless the answer stands `alone`. False where somebody wants something done, or no
    article is likely to answer.
    """
    if turn.is_button or turn.entities() or intent in NOT_TO_BE_EXPLAINED:
        return False
    if not asks_to_know(turn.text):
        return False
    asked = await asking.surely(turn.hotline, turn.conversation, turn.text, asking.LIKELY)
    return _say(turn, asked, None if alone else intent)


async def answers_surely(turn: Turn) -> bool:
    """Answer what was not understood, where an article all but certainly does."""
    if turn.is_button or wants_done(turn.text):
        return False
    if not asking.says_enough(turn.hotline, turn.text):
        return False
    asked = await asking.surely(turn.hotline, turn.conversation, turn.text, asking.SURE)
    return _say(turn, asked)


async def _press(turn: Turn) -> None:
    step, article_id = turn.entity("step"), turn.entity("article") or ""
    if step == _HELPED:
        await asking.note_helped(turn.hotline, turn.conversation, helped=True)
        turn.say("helped_yes")
    elif step == _NOT_HELPED:
        await asking.note_helped(turn.hotline, turn.conversation, helped=False)
        _offer_instead(turn)
    elif step == _NONE:
        _offer_to_pass_on(turn)
    else:
        article = await asking.chosen(turn.hotline, turn.conversation, article_id)
        if article is None:
            _offer_to_pass_on(turn)
        elif step == _MORE:
            _say_all(turn, article)
        else:
            _say_answer(turn, article)


async def _say_passage(turn: Turn) -> bool:
    """What the article that was shown last says on this; False where it says nothing."""
    spoken_of = await asking.spoken_of(turn.hotline, turn.conversation)
    if spoken_of is None:
        return False
    said = asking.wording(turn.hotline, spoken_of, turn.language)
    found = following.passage(said, turn.text, turn.hotline.library.shelf().synonyms)
    if found is None:
        return False
    await asking.note_follow_up(turn.hotline, turn.conversation, turn.text, spoken_of)
    turn.say(
        "answer_more",
        title=said.title,
        answer=found,
        buttons=_buttons(turn, spoken_of, (_MORE, _HELPED, _NOT_HELPED)),
    )
    return True


def _say_answer(turn: Turn, article: Article, beside: Sequence[Button] = ()) -> None:
    said = asking.wording(turn.hotline, article, turn.language)
    turn.say(
        "answer",
        answer=said.short,
        title=said.title,
        updated=say_date(article.updated, turn.today, turn.language),
        buttons=[*beside, *_buttons(turn, article, (_MORE, _HELPED, _NOT_HELPED))],
        card=_card(turn, article, said.title),
    )


def _say_all(turn: Turn, article: Article) -> None:
    said = asking.wording(turn.hotline, article, turn.language)
    turn.say(
        "answer_more",
        title=said.title,
        answer=to_plain(said.answer),
        buttons=_buttons(turn, article, (_HELPED, _NOT_HELPED)),
        card=_card(turn, article, said.title),
    )


def _card(turn: Turn, article: Article, title: str) -> dict[str, Any]:
    """Where the article stands in the help centre."""
    label = turn.hotline.words.say("knowledge.open", turn.language)
    return {"kind": "article", "id": article.id, "title": title, "label": label}


def _buttons(turn: Turn, article: Article, steps: tuple[str, ...]) -> list[Button]:
    """The full answer first, then where it leads, then whether it helped."""
    said = {
        step: {
            "title": turn.hotline.words.say(f"knowledge.{step}", turn.language),
            "payload": f'/ask_knowledge{{"article":"{article.id}","step":"{step}"}}',
        }
        for step in steps
    }
    shown = asking.readable(turn.hotline, asking.reader_of(turn.conversation.contact))
    related = [shown[one] for one in article.related if one in shown]
    beside = related[: _MOST_RELATED[_MORE not in steps]]
    leading = [said[_MORE]] if _MORE in said else []
    return [*leading, *(_to_article(turn, one) for one in beside), said[_HELPED], said[_NOT_HELPED]]


def _to_request(turn: Turn, intent: str) -> dict[str, str]:
    return {
        "title": turn.hotline.words.say(f"wish.{intent}", turn.language),
        "payload": f"/{intent}",
    }


def _to_article(turn: Turn, article: Article) -> Button:
    label = article.wordings[turn.language].label
    return {"title": label, "payload": f'/ask_knowledge{{"article":"{article.id}"}}'}


def _ask_which(turn: Turn, articles: tuple[Article, ...], beside: Sequence[Button] = ()) -> None:
    none = turn.hotline.words.say("knowledge.none", turn.language)
    turn.say(
        "which_article",
        buttons=[
            *(_to_article(turn, article) for article in articles),
            *beside,
            {"title": none, "payload": f'/ask_knowledge{{"step":"{_NONE}"}}'},
        ],
    )


def _offer_instead(turn: Turn) -> None:
    is_open = turn.hotline.calendar.is_open(turn.hotline.now())
    turn.say("helped_no" if is_open else "helped_no_closed")


def _pass_on(turn: Turn, draft: Draft, question: str) -> Draft:
    """The question goes on the ticket of the request that is being filled."""
    turn.say("dont_know_in_form")
    words = f"{draft.value('description')}\n{question}".strip()
    return with_fact(draft, "description", words)


def _offer_to_pass_on(turn: Turn) -> None:
    hotline, now = turn.hotline, turn.hotline.now()
    if hotline.calendar.is_open(now):
        turn.say("dont_know")
        return
    kind = KINDS["ask_knowledge"]
    usual = hotline.deadlines.rule_for(kind.usual_severity, kind.queue, None)
    promise = hotline.calendar.due(now, usual.targets.first_response)
    turn.say("dont_know_closed", promise_at=hotline.words.time(promise.due_at, now, turn.language))
