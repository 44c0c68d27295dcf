"""The settings: `hotline.toml`, then `HOTLINE_...` of the environment, then the secret files.

Read once by `load_settings`; anything unknown or out of range stops the start with its name.
"""

from hotline.settings.load import load_settings
from hotline.settings.model import QUEUES, Settings
from hotline.settings.sections import (
    ActionsSettings,
    DeskSettings,
    EngineSettings,
    HoursSettings,
    LimitsSettings,
    MailSettings,
    NoticesSettings,
    PartnerTokenSettings,
    SecretsSettings,
    SeveritySettings,
    SilenceSettings,
    SpecialDaySettings,
    VendorSettings,
    WebhookSettings,
    WidgetSettings,
)

__all__ = [
    "QUEUES",
    "ActionsSettings",
    "DeskSettings",
    "EngineSettings",
    "HoursSettings",
    "LimitsSettings",
    "MailSettings",
    "NoticesSettings",
    "PartnerTokenSettings",
    "SecretsSettings",
    "Settings",
    "SeveritySettings",
    "SilenceSettings",
    "SpecialDaySettings",
    "VendorSettings",
    "WebhookSettings",
    "WidgetSettings",
    "load_settings",
]
