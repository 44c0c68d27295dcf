"""What may be changed of a ticket on its page, and what came of two who changed the same."""

from dataclasses import dataclass

from desk.console.views.rota import Choice


@dataclass(frozen=True, slots=True)
class EditField:
    """One field with a form of its own: `seen` is what goes along, `typed` what stands in it.

    A field with `choices` is chosen, another one typed. `words` is the value as people read it.
    """

    name: str
    label: str
    seen: str
    words: str
    typed: str
    choices: tuple[Choice, ...] = ()
    hint: str = ""
    longest: int = 0


@dataclass(frozen=True, slots=True)
class StaleEdit:
    """Both values of a field side by side; `by_words` and `at_words` are of the present one.

    `keep_url` leaves it, the form sends `mine` once more to `action`, with the present one as seen.
    """

    field: str
    label: str
    present: str
    present_words: str
    mine: str
    mine_words: str
    by_words: str
    at_words: str
    at_iso: str
    action: str
    keep_url: str
