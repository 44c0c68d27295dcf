"""The rules by which answers and solutions are due: in order, as a form, and what was changed."""

from dataclasses import dataclass

from desk.console.views.moved import MovedTicket
from desk.console.views.rota import Change


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule in short: who it is for, and how soon what is due."""

    place: int
    name: str
    who_words: str
    first_words: str
    next_words: str
    fix_words: str
    clock_words: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A box to tick."""

    name: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class RuleForm:
    """The fields of one rule; `open` shows them, `focus` names what the reader goes on with.

    `fault_words` says why it was refused, at the field `fault_field` ("who" is the boxes).
    """

    line: RuleLine
    prefix: str
    name: str
    severities: tuple[Tick, ...]
    queues: tuple[Tick, ...]
    tiers: tuple[Tick, ...]
    lengths: tuple[tuple[str, str], ...]
    round_the_clock: bool
    open: bool = False
    focus: str = ""
    fault_field: str = ""
    fault_words: str = ""


@dataclass(frozen=True, slots=True)
class RulesPreview:
    """What saving would do: how many promises move, and the most urgent of them."""

    count_words: str
    moved: tuple[MovedTicket, ...]
    more_words: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RulesPage:
    """`lines` are the rules that hold, `coming` those that are tried out; `forms` are for leads.

    `conflict` says who has changed them meanwhile, `fault_words` what is wrong with the list as a
    whole; `is_changed`, that what stands in the form is not what holds.
    """

    version: int
    version_words: str
    lines: tuple[RuleLine, ...]
    changes: tuple[Change, ...]
    may_change: bool
    forms: tuple[RuleForm, ...] = ()
    may_add: bool = True
    is_changed: bool = False
    coming: tuple[RuleLine, ...] = ()
    preview: RulesPreview | None = None
    saved_words: str = ""
    conflict: str = ""
    fault_words: str = ""
