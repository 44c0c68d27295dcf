"""What `hotline.toml` and the environment may say, all together; frozen once read."""

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationInfo, field_validator
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from hotline.deadlines import rules
from hotline.deadlines.rules import Rule, RuleFault
from hotline.settings.sections import (
    ActionsSettings,
    DeadlineSettings,
    DeskSettings,
    EngineSettings,
    EscalationSettings,
    HandOffSettings,
    HardwareLineSettings,
    HoursSettings,
    IntakeSettings,
    KnowledgeSettings,
    LimitsSettings,
    MailSettings,
    NoticesSettings,
    PartnersSettings,
    PartnerTokenSettings,
    PrivacySettings,
    RetentionSettings,
    ScannerSettings,
    SecretsSettings,
    SeveritySettings,
    SilenceSettings,
    SpecialDaySettings,
    StaffSettings,
    VendorSettings,
    WebhookSettings,
    WidgetSettings,
)

FILE = "hotline.toml"
SQLITE, POSTGRESQL = "sqlite+aiosqlite:///", "postgresql+asyncpg://"

Demo = Literal["none", "people", "year"]  # which of the demonstration's sets is there
_OLDER_DEMO = {"true": "year", "false": "none"}  # it was yes or no once

QUEUES = ("presales", "technical", "admin", "campaign", "other")

_TARGETS = {1: (30, 240), 2: (120, 480), 3: (240, 1440), 4: (480, 2880)}


def _usual_demo(known: dict[str, Any]) -> Demo:
    return "year" if known["env"] == "development" else "none"


def _rules(
    declared: tuple[DeadlineSettings, ...], severity: dict[int, SeveritySettings]
) -> tuple[Rule, ...]:
    usual = (
        Rule(f"S{level}", targets.targets, frozenset({level}))
        for level, targets in sorted(severity.items())
    )
    return (*(deadline.rule for deadline in declared), *usual)


class Settings(BaseSettings):
    """Everything that may differ between two hotlines. Made by `load_settings` only."""

    model_config = SettingsConfigDict(
        env_prefix="HOTLINE_",
        env_nested_delimiter="__",
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
        validate_default=True,
    )

    root: Path
    env: Literal["development", "production"] = "development"
    database_url: str = f"{SQLITE}var/hotline.db"
    var_dir: Path = Path("var")
    demo: Demo = Field(default_factory=_usual_demo)
    reopen_days: Annotated[int, Field(ge=0, le=3650)] = 14
    warning_share: Annotated[float, Field(gt=0, le=1)] = 0.75
    vendor: VendorSettings
    hours: HoursSettings = HoursSettings()
    closures: tuple[SpecialDaySettings, ...] = ()
    openings: tuple[SpecialDaySettings, ...] = ()
    severity: dict[int, SeveritySettings] = {}
    escalation: EscalationSettings = EscalationSettings()
    hand_off: HandOffSettings = HandOffSettings()
    hardware_line: HardwareLineSettings = HardwareLineSettings()
    silence: SilenceSettings = SilenceSettings()
    limits: LimitsSettings = LimitsSettings()
    scanner: ScannerSettings = ScannerSettings()
    desk: DeskSettings = DeskSettings()
    engine: EngineSettings = EngineSettings()
    actions: ActionsSettings = ActionsSettings()
    partners: PartnersSettings = PartnersSettings()
    deadlines: tuple[DeadlineSettings, ...] = ()
    partner_token: PartnerTokenSettings = PartnerTokenSettings()
    widget: WidgetSettings = WidgetSettings()
    mail: MailSettings = MailSettings()
    notices: NoticesSettings = NoticesSettings()
    webhooks: tuple[WebhookSettings, ...] = ()
    intake: IntakeSettings = IntakeSettings()
    staff: StaffSettings = StaffSettings()
    knowledge: KnowledgeSettings = KnowledgeSettings()
    privacy: PrivacySettings = PrivacySettings()
    retention: RetentionSettings = RetentionSettings()
    secrets: SecretsSettings = SecretsSettings()

    @property
    def rules(self) -> tuple[Rule, ...]:
        """How soon what is due: the deadlines that are declared, then one for each severity."""
        return _rules(self.deadlines, self.severity)

    @property
    def sends_mail(self) -> bool:
        """Whether a mail can go anywhere: to a server, or in development into a file."""
        return bool(self.mail.host) or self.env == "development"

    @property
    def address(self) -> str:
        """Where people open the desk; "" in production where nobody has said."""
        if self.notices.address or self.env == "production":
            return self.notices.address
        return f"http://{self.desk.host}:{self.desk.port}"

    @property
    def sends_codes(self) -> bool:
        """Whether visitors may prove an address: as said, else wherever a mail can go."""
        return self.sends_mail if self.mail.codes is None else self.mail.codes

    @property
    def requires_second_step(self) -> bool:
        """Whether leads and administrators have to have one: as said, else in production."""
        said = self.staff.second_step
        return self.env == "production" if said is None else said

    @property
    def knowledge_dir(self) -> Path:
        return self.root / self.knowledge.folder

    @property
    def clock_file(self) -> Path:
        return self.var_dir / "clock"

    @property
    def secrets_dir(self) -> Path:
        return self.var_dir / "secrets"

    @field_validator("database_url")
    @classmethod
    def _absolute_database(cls, url: str, info: ValidationInfo) -> str:
        """A SQLite file is relative to the root, wherever the process was started."""
        if url.startswith(POSTGRESQL):
            return url
        path = url.removeprefix(SQLITE)
        if not url.startswith(SQLITE) or not path or path == ":memory:":
            raise ValueError(f"{SQLITE}FILE or {POSTGRESQL}USER@HOST/NAME")
        return f"{SQLITE}{info.data['root'] / path}"

    @field_validator("var_dir")
    @classmethod
    def _absolute_folder(cls, folder: Path, info: ValidationInfo) -> Path:
        return Path(info.data["root"] / folder)

    @field_validator("demo", mode="before")
    @classmethod
    def _demo_was_yes_or_no(cls, demo: Any) -> Any:
        return _OLDER_DEMO.get(str(demo).lower(), demo)

    @field_validator("demo")
    @classmethod
    def _no_demonstration_in_production(cls, demo: Demo, info: ValidationInfo) -> Demo:
        if demo != "none" and info.data.get("env") == "production":
            raise ValueError("none, because env is production")
        return demo

    @field_validator("scanner")
    @classmethod
    def _scans_every_file(cls, scanner: ScannerSettings, info: ValidationInfo) -> ScannerSettings:
        limits = info.data.get("limits")
        largest = max(limits.file_mb, limits.voice_mb) if limits else 0
        if scanner.address and scanner.file_mb < largest:
            raise ValueError(f"a file_mb of at least {largest}, that of limits")
        return scanner

    @field_validator("mail")
    @classmethod
    def _no_codes_without_a_server(cls, mail: MailSettings, info: ValidationInfo) -> MailSettings:
        if mail.codes and not mail.host and info.data.get("env") == "production":
            raise ValueError("one with a host, because codes is true and env is production")
        return mail

    @field_validator("notices")
    @classmethod
    def _no_webhooks_inside(cls, notices: NoticesSettings, info: ValidationInfo) -> NoticesSettings:
        if notices.webhooks_to_this_machine and info.data.get("env") == "production":
            raise ValueError("webhooks_to_this_machine false, because env is production")
        return notices

    @field_validator("webhooks")
    @classmethod
    def _each_has_a_name(
        cls, webhooks: tuple[WebhookSettings, ...], info: ValidationInfo
    ) -> tuple[WebhookSettings, ...]:
        if len({hook.name for hook in webhooks}) < len(webhooks):
            raise ValueError("each name once")
        is_inside = info.data.get("env") == "development"
        if not is_inside and not all(hook.url.startswith("https://") for hook in webhooks):
            raise ValueError("https, because env is production")
        return webhooks

    @field_validator("severity", mode="before")
    @classmethod
    def _every_severity(cls, given: Any) -> Any:
        """What is not said about one of the four keeps its default."""
        if not isinstance(given, dict) or not all(isinstance(it, dict) for it in given.values()):
            return given
        if unknown := [key for key in given if str(key) not in map(str, _TARGETS)]:
            raise ValueError(f"the severities 1, 2, 3 and 4, not {', '.join(map(str, unknown))}")
        said = {str(key): targets for key, targets in given.items()}
        return {
            level: {
                "first_response_minutes": response,
                "resolution_minutes": resolution,
                **said.get(str(level), {}),
            }
            for level, (response, resolution) in _TARGETS.items()
        }

    @field_validator("deadlines")
    @classmethod
    def _each_wins_somewhere(
        cls, deadlines: tuple[DeadlineSettings, ...], info: ValidationInfo
    ) -> tuple[DeadlineSettings, ...]:
        """Rules in order: one that those before it leave nothing to is a slip."""
        if "severity" in info.data and "partners" in info.data:
            all_rules = _rules(deadlines, info.data["severity"])
            try:
                rules.check(all_rules, QUEUES, info.data["partners"].tiers)
            except RuleFault as fault:
                raise ValueError(f"rules of which {fault.message}") from fault
        return deadlines

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        assert isinstance(init_settings, InitSettingsSource)
        file = TomlConfigSettingsSource(settings_cls, init_settings.init_kwargs["root"] / FILE)
        return init_settings, env_settings, file
