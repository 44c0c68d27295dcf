"""Which of several wishes comes first, and what becomes of the others meanwhile. Pure rules."""

from dataclasses import replace

from hotline.tickets.draft import WHICH_FIRST, Draft, Wish


def one_more(draft: Draft, wish: Wish) -> Draft:
    """`draft` with a wish that is to come after it."""
    return replace(draft, wishes=(*draft.wishes, wish))


def ask_which_first(draft: Draft, wish: Wish) -> Draft:
    """`draft` while it is open whether `wish` is to come before it."""
    return replace(draft, asked=WHICH_FIRST, stood=draft.asked, other=wish)


def finish_first(draft: Draft) -> Draft:
    """Back to the question that stood; the newer wish comes after."""
    back = replace(draft, asked=draft.stood, stood=None, other=None)
    return one_more(back, draft.other) if draft.other else back


def put_aside(draft: Draft) -> Wish:
    """The request as it stands, to be taken up again later; its own wishes go along."""
    back = replace(draft, asked=draft.stood, stood=None, other=None)
    return Wish(draft.intent, draft=back.to_json())
