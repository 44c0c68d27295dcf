"""What the application carries, by typed keys."""

from aiohttp import web

from desk.chat.driver import Driver
from desk.files import Uploads
from desk.follower import Follower
from desk.hub import Hub
from desk.limits import IntakeLimits, Limits, SignIns
from desk.line_keeper import LineKeeper
from desk.pages import Pages
from desk.timekeeper import Timekeeper
from hotline.core import Hotline

HOTLINE = web.AppKey("hotline", Hotline)
DRIVER = web.AppKey("driver", Driver)
FOLLOWER = web.AppKey("follower", Follower)
HUB = web.AppKey("hub", Hub)
LIMITS = web.AppKey("limits", Limits)
INTAKE_LIMITS = web.AppKey("intake_limits", IntakeLimits)
SIGN_INS = web.AppKey("sign_ins", SignIns)
UPLOADS = web.AppKey("uploads", Uploads)
LINE = web.AppKey("line", LineKeeper)
# Where mail comes in; 0 where none does.
MAIL_PORT = web.AppKey("mail_port", int)
PAGES = web.AppKey("pages", Pages)
TIMEKEEPER = web.AppKey("timekeeper", Timekeeper)
