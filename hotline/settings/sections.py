"""The sections of `hotline.toml`, each with its defaults and what it allows.

A validator's message completes the sentence "allowed: ...".
"""

import datetime
import re
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    StringConstraints,
    field_validator,
    model_validator,
)

from hotline.calendar.days import Hours, WeeklyHours
from hotline.deadlines.rules import Rule, Targets
from hotline.notices.rules import EVENT_NAMES
from wording.emails import find_emails

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WORKDAY = ("09:00-17:00",)

_ORIGIN = re.compile(r"(https?)://([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\])(?::(\d{1,5}))?")
_THIS_MACHINE = ("localhost", "127.0.0.1", "[::1]")
_USUAL_PORTS = {"http": "80", "https": "443"}


def _spans(spans: tuple[str, ...]) -> tuple[str, ...]:
    for span in spans:
        Hours.parse(span)
    return spans


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError("a time zone such as Asia/Taipei") from error
    return name


def _url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ValueError("an address such as http://127.0.0.1:5005")
    return url.rstrip("/")


def _scanner_address(address: str) -> str:
    parts = urlsplit(address)
    is_socket = parts.scheme == "unix" and not parts.netloc and len(parts.path) > 1
    if address and not is_socket and not (parts.scheme == "tcp" and _has_port(parts)):
        raise ValueError("tcp://127.0.0.1:3310, unix:///run/clamav/clamd.ctl, or nothing")
    return address


def _has_port(parts: SplitResult) -> bool:
    try:
        return bool(parts.hostname and parts.port)
    except ValueError:
        return False


def _origin(origin: str) -> str:
    """As browsers write it: in small letters, without the port that goes without saying."""
    parts = _ORIGIN.fullmatch(origin.lower())
    if parts is None or int(parts[3] or 1) not in range(1, 65_536):
        raise ValueError("an origin: https://host or https://host:port, with nothing behind it")
    scheme, host, port = parts.groups()
    if scheme == "http" and host not in _THIS_MACHINE:
        raise ValueError(f"https; http for {', '.join(_THIS_MACHINE)} only")
    return (
        f"{scheme}://{host}:{port}"
        if port not in (None, _USUAL_PORTS[scheme])
        else f"{scheme}://{host}"
    )


def _address(address: str) -> str:
    if len(find_emails(address)) != 1 or find_emails(address)[0].value != address.lower():
        raise ValueError("an address such as hotline@vendor.example")
    return address.lower()


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Minutes = Annotated[int, Field(ge=1, le=366 * 24 * 60)]
Days = Annotated[int, Field(ge=0, le=36_500)]
OpenDays = Annotated[int, Field(ge=1, le=366)]
Spans = Annotated[tuple[str, ...], AfterValidator(_spans)]
Url = Annotated[str, AfterValidator(_url)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,19}$")]
Address = Annotated[str, AfterValidator(_address)]
Origin = Annotated[str, AfterValidator(_origin)]


class Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class VendorSettings(Section):
    """Whose hotline it is; nothing in code knows."""

    name_zh: Text
    name_en: Text
    toll_free: Text
    hardware_line: Text
    order_example: Text
    serial_example: Text

    def name(self, language: str) -> str:
        return self.name_en if language == "en" else self.name_zh


class HoursSettings(Section):
    timezone: Annotated[str, AfterValidator(_zone)] = "Asia/Taipei"
    mon: Spans = WORKDAY
    tue: Spans = WORKDAY
    wed: Spans = WORKDAY
    thu: Spans = WORKDAY
    fri: Spans = WORKDAY
    sat: Spans = ()
    sun: Spans = ()

    @model_validator(mode="after")
    def _fits_together(self) -> "HoursSettings":
        self.weekly()
        return self

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def weekly(self) -> WeeklyHours:
        days = (tuple(Hours.parse(span) for span in getattr(self, day)) for day in DAYS)
        return WeeklyHours(self.zone, tuple(days))


class SpecialDaySettings(Section):
    """A declared day; `spans` are what it adds or takes away, without them the whole day."""

    date: datetime.date
    name_zh: Text
    name_en: Text
    spans: Spans = ()


class SeveritySettings(Section):
    """The targets of one severity, in open minutes unless it counts `round_the_clock`.

    Without a `next_response_minutes` a later answer is due as soon as the first.
    """

    first_response_minutes: Minutes
    next_response_minutes: Minutes | None = None
    resolution_minutes: Minutes
    round_the_clock: bool = False

    @model_validator(mode="after")
    def _response_comes_first(self) -> "SeveritySettings":
        if self.resolution_minutes < self.first_response_minutes:
            raise ValueError("a resolution_minutes that is not below first_response_minutes")
        return self

    @property
    def targets(self) -> Targets:
        return Targets(
            self.first_response_minutes,
            self.next_response_minutes or self.first_response_minutes,
            self.resolution_minutes,
            self.round_the_clock,
        )


class DeadlineSettings(SeveritySettings):
    """A rule that goes before those of the severities; what it does not name, it is for all of."""

    name: Text
    severities: tuple[int, ...] = ()
    queues: tuple[Code, ...] = ()
    tiers: tuple[Code, ...] = ()

    @property
    def rule(self) -> Rule:
        named = frozenset(self.severities), frozenset(self.queues), frozenset(self.tiers)
        return Rule(self.name, self.targets, *named)


class SilenceSettings(Section):
    """After how many open days a ticket that waits for its partner is reminded of, and closed.

    `solved` is the question whether it is, `waiting` is anything else that staff asked for.
    """

    solved_reminder_days: OpenDays = 1
    solved_close_days: OpenDays = 3
    waiting_reminder_days: OpenDays = 2
    waiting_close_days: OpenDays = 10

    @model_validator(mode="after")
    def _reminds_before_it_closes(self) -> "SilenceSettings":
        if self.solved_close_days <= self.solved_reminder_days:
            raise ValueError("a solved_close_days that is above solved_reminder_days")
        if self.waiting_close_days <= self.waiting_reminder_days:
            raise ValueError("a waiting_close_days that is above waiting_reminder_days")
        return self


class LimitsSettings(Section):
    """What one partner may send; of one address, whoever of a company sits behind it."""

    text_chars: Annotated[int, Field(ge=100, le=20_000)] = 2000
    file_mb: Annotated[int, Field(ge=1, le=100)] = 10
    file_types: tuple[Annotated[str, StringConstraints(pattern=r"^[a-z0-9]{1,8}$")], ...] = (
        "jpg", "jpeg", "png", "webp", "pdf", "txt", "log", "csv", "zip", "docx", "xlsx", "pptx",
    )  # fmt: skip
    conversations_per_10_minutes: Annotated[int, Field(ge=1, le=100_000)] = 600
    messages_per_minute: Annotated[int, Field(ge=1, le=10_000)] = 120
    messages_per_10_minutes: Annotated[int, Field(ge=1, le=100_000)] = 6000
    visitor_conversations_per_10_minutes: Annotated[int, Field(ge=1, le=100_000)] = 300
    visitor_messages_per_10_minutes: Annotated[int, Field(ge=1, le=100_000)] = 3000
    visitor_messages_per_hour: Annotated[int, Field(ge=1, le=10_000)] = 300
    files_per_hour: Annotated[int, Field(ge=1, le=10_000)] = 60
    file_mb_per_hour: Annotated[int, Field(ge=1, le=10_000)] = 200
    voice_seconds: Annotated[int, Field(ge=10, le=1800)] = 180
    voice_mb: Annotated[int, Field(ge=1, le=100)] = 6


class ScannerSettings(Section):
    """Where uploads are looked through for viruses; without an address nowhere."""

    address: Annotated[str, AfterValidator(_scanner_address)] = ""
    timeout_s: Annotated[float, Field(gt=0, le=90)] = 30.0
    file_mb: Annotated[int, Field(ge=1, le=4000)] = 25


class DeskSettings(Section):
    host: Text = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65_535)] = 8080
    behind_proxy: bool = False


class EngineSettings(Section):
    url: Url = "http://127.0.0.1:5005"
    turn_timeout_s: Annotated[float, Field(gt=0, le=120)] = 8.0


class ActionsSettings(Section):
    url: Url = "http://127.0.0.1:5055/webhook"


class PartnersSettings(Section):
    """How this vendor sorts its partners, and what colleagues of one company see of each other."""

    tiers: Annotated[tuple[Code, ...], Field(min_length=1)] = ("gold", "silver", "standard")
    regions: Annotated[tuple[Code, ...], Field(min_length=1)] = (
        "north", "central", "south", "east",
    )  # fmt: skip
    colleagues_tickets: Literal["own", "company"] = "company"


class EscalationSettings(Section):
    """By when somebody takes notice of what is brought before them, and what wakes people up."""

    acknowledge_minutes: Minutes = 30
    on_call_minutes: Minutes = 15
    software_at_night: bool = True
    complaint_minutes: Minutes = 240


class HandOffSettings(Section):
    """From the assistant to a person: how much at once, and how long is long."""

    chats_at_once: Annotated[int, Field(ge=1, le=20)] = 3
    offer_seconds: Annotated[int, Field(ge=20, le=600)] = 30
    widen_after_seconds: Annotated[int, Field(ge=0, le=3600)] = 60
    longest_minutes: Annotated[int, Field(ge=1, le=240)] = 10
    away_after_seconds: Annotated[int, Field(ge=45, le=900)] = 90


class HardwareLineSettings(Section):
    """Whether somebody answered on the 24-hour line: when it is asked, how long is waited then."""

    followup_minutes: Annotated[int, Field(ge=1, le=240)] = 5
    answer_minutes: Annotated[int, Field(ge=1, le=240)] = 15


class PartnerTokenSettings(Section):
    """How a portal signs who is asking: with a shared key, or with its own private one."""

    algorithm: Literal["HS256", "RS256"] = "HS256"


class WidgetSettings(Section):
    """The chat inside the pages of portals: whose pages may carry it."""

    origins: tuple[Origin, ...] = ()


class MailSettings(Section):
    """The SMTP server; without a `host` development writes its mail as files."""

    host: str = ""
    port: Annotated[int, Field(ge=1, le=65_535)] = 587
    starttls: bool = True
    user: str = ""
    from_address: str = ""
    codes: bool | None = None  # offered to visitors; None: wherever a mail can go

    @model_validator(mode="after")
    def _has_a_sender(self) -> "MailSettings":
        if self.host and len(find_emails(self.from_address)) != 1:
            raise ValueError("one with a from_address, because host is set")
        return self


def _bare(address: str) -> str:
    return _url(address) if address else ""


class NoticesSettings(Section):
    """What people are told by mail: where its links lead, and how long it is waited and tried."""

    address: Annotated[str, AfterValidator(_bare)] = ""
    left_minutes: Annotated[int, Field(ge=1, le=1440)] = 5
    partners_at_night: bool = True
    give_up_hours: Annotated[int, Field(ge=1, le=24 * 30)] = 72
    webhooks_to_this_machine: bool = False


class WebhookSettings(Section):
    """Another program that hears what happens; its secret is `secrets.webhooks`."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,13}$")]
    url: Url
    kinds: Annotated[tuple[str, ...], Field(min_length=1)]
    language: Literal["zh-TW", "en"] = "zh-TW"  # of the one line that a chat program shows

    @field_validator("kinds")
    @classmethod
    def _known(cls, kinds: tuple[str, ...]) -> tuple[str, ...]:
        if set(kinds) - set(EVENT_NAMES):
            raise ValueError(", ".join(EVENT_NAMES))
        return kinds


class VoicemailSettings(Section):
    """A PBX that mails its voicemail: known by its address and by where it connects from."""

    from_address: Address
    peers: Annotated[tuple[str, ...], Field(min_length=1)]
    caller_in: Literal["subject", "from", "text"] = "subject"


class SmtpSettings(Section):
    """The listener for mail. Without a trusted relay no sender is ever certain."""

    enabled: bool = False
    host: Text = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65_535)] = 8025
    addresses: tuple[Address, ...] = ()
    own_domains: tuple[str, ...] = ()
    trusted_relay: str = ""
    trusted_peers: tuple[str, ...] = ("127.0.0.1", "::1")
    max_mb: Annotated[int, Field(ge=1, le=100)] = 25
    max_parts: Annotated[int, Field(ge=1, le=1000)] = 100
    mails_per_hour: Annotated[int, Field(ge=1, le=10_000)] = 20
    tls_cert: Path | None = None
    tls_key: Path | None = None
    voicemail: tuple[VoicemailSettings, ...] = ()

    @property
    def knows_senders(self) -> bool:
        """Whether mail is taken, and somebody vouches for who wrote it."""
        return self.enabled and bool(self.trusted_relay) and bool(self.trusted_peers)

    @model_validator(mode="after")
    def _fits_together(self) -> "SmtpSettings":
        if self.enabled and not self.addresses:
            raise ValueError("addresses that mail is accepted for, because enabled is set")
        if (self.tls_cert is None) != (self.tls_key is None):
            raise ValueError("tls_cert and tls_key together, or neither")
        return self


class IntakeSettings(Section):
    """What comes from other systems: how much of it one source may hand over."""

    files: Annotated[int, Field(ge=1, le=50)] = 10
    messages_per_hour: Annotated[int, Field(ge=1, le=100_000)] = 600
    smtp: SmtpSettings = SmtpSettings()


class StaffSettings(Section):
    """How staff sign in. `second_step` makes one compulsory for leads and administrators."""

    second_step: bool | None = None  # None: in production
    tries: Annotated[int, Field(ge=3, le=100)] = 5
    lock_minutes: Annotated[int, Field(ge=1, le=1440)] = 15


class KnowledgeSettings(Section):
    """Where the articles are; relative to hotline.toml."""

    folder: Path = Path("knowledge")


class PrivacySettings(Section):
    """What is said before the first word of every conversation; in both languages or in none."""

    consent_zh: str = ""
    consent_en: str = ""

    @model_validator(mode="after")
    def _in_both_languages(self) -> "PrivacySettings":
        if bool(self.consent_zh.strip()) != bool(self.consent_en.strip()):
            raise ValueError("consent_zh and consent_en together, or neither")
        return self

    def consent(self, language: str) -> str:
        return (self.consent_en if language == "en" else self.consent_zh).strip()


class RetentionSettings(Section):
    """How many days each kind of data is kept; 0 keeps it for ever."""

    at: Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")] = "03:30"
    conversations_days: Days = 180
    ticket_conversations_days: Days = 730
    files_days: Days = 365
    tickets_days: Days = 1825
    calls_days: Days = 365
    intake_days: Days = 365
    access_codes_days: Annotated[int, Field(ge=1, le=36_500)] = 1
    sessions_days: Days = 30
    engine_days: Days = 30
    mail_days: Days = 7
    timers_days: Days = 30

    @property
    def at_time(self) -> datetime.time:
        return datetime.time.fromisoformat(self.at)


class SecretsSettings(Section):
    """From the environment, else from the files of the same names in `var/secrets`."""

    jwt_key: SecretStr = SecretStr("")
    engine: SecretStr = SecretStr("")
    partner_token: SecretStr = SecretStr("")
    mail_password: SecretStr = SecretStr("")  # only where mail.user is set
    webhooks: dict[str, SecretStr] = {}  # by name; as files: webhook_NAME

    @field_validator("*")
    @classmethod
    def _without_line_ends(cls, secret: Any) -> Any:
        if isinstance(secret, dict):
            return {name: cls._without_line_ends(one) for name, one in secret.items()}
        return SecretStr(secret.get_secret_value().strip())
