"""The pages of people and rights: everybody, one of them, the reader's own account, the audit."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One line of the list; `remarks` say what is unusual about the account, in words."""

    name: str
    surname: str
    email: str
    role_words: str
    queue_words: str
    language_words: str
    remarks: tuple[str, ...]
    url: str
    active: bool


@dataclass(frozen=True, slots=True)
class RightRow:
    """A line of the table of rights: what it is, and whether each role has it."""

    words: str
    has: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A box or an option of a form."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class PersonForm:
    """What stands in the form of somebody; `version` is empty for somebody new."""

    email: str
    name: str
    name_en: str
    roles: tuple[Tick, ...]
    queues: tuple[Tick, ...]
    languages: tuple[Tick, ...]
    version: str = ""


@dataclass(frozen=True, slots=True)
class Handed:
    """A temporary password, shown this once to whoever made it."""

    password: str
    name: str
    until_words: str


@dataclass(frozen=True, slots=True)
class PeoplePage:
    members: tuple[MemberRow, ...]
    left: tuple[MemberRow, ...]
    role_words: tuple[str, ...]
    rights: tuple[RightRow, ...]
    form: PersonForm
    handed: Handed | None = None


@dataclass(frozen=True, slots=True)
class SessionRow:
    """Somewhere that somebody is signed in; `is_this` is the one that reads."""

    id: str
    browser: str
    began_words: str
    began_iso: str
    seen_words: str
    seen_iso: str
    is_this: bool = False


@dataclass(frozen=True, slots=True)
class OwnTicket:
    number: str
    words: str


@dataclass(frozen=True, slots=True)
class MemberPage:
    """`tickets` are to be handed on before somebody leaves; nothing of what they are about."""

    row: MemberRow
    form: PersonForm
    is_self: bool
    has_second_step: bool
    sessions: tuple[SessionRow, ...]
    tickets: tuple[OwnTicket, ...]
    conversations: int
    audit_url: str
    handed: Handed | None = None


@dataclass(frozen=True, slots=True)
class NewStep:
    """A second step that waits for its first code; `path` draws the picture on `size` squares."""

    secret: str
    uri: str
    path: str
    size: int


@dataclass(frozen=True, slots=True)
class MePage:
    """`owes` are the things that have to be done first, in words; `spare` is shown this once."""

    owes: tuple[str, ...]
    locked_words: str
    has_second_step: bool
    is_required: bool
    step_since_words: str
    spare_left: int
    new_step: NewStep | None
    sessions: tuple[SessionRow, ...]
    mails: tuple[Tick, ...] = ()
    spare: tuple[str, ...] = ()
    done_words: str = ""


@dataclass(frozen=True, slots=True)
class AuditRow:
    """`about` is a ticket's number or what else it was; `url` leads there, if the reader may.

    `kind` is the code that `what` is the words of; `detail` has each field in words and as a code.
    """

    at_words: str
    at_iso: str
    who: str
    what: str
    kind: str
    about: str
    url: str
    detail: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AuditPage:
    """`older_url` leads to the next page, `csv_url` to the same as a file."""

    rows: tuple[AuditRow, ...]
    staff: tuple[Tick, ...]
    ticket: str
    partner: str
    day: str
    older_url: str
    csv_url: str
    is_filtered: bool
