"""What the application carries, by typed keys."""

from aiohttp import web

from desk.chat.driver import Driver
from desk.files import Uploads
from desk.follower import Follower
from desk.hub import Hub
from desk.limits import Limits, SignIns
from desk.line_keeper import LineKeeper
from desk.pages import Pages
from desk.timekeeper import Timekeeper
from hotline.core import Hotline

HOTLINE = web.AppKey("hotline", Hotline)
DRIVER = web.AppKey("driver", Driver)
FOLLOWER = web.AppKey("follower", Follower)
HUB = web.AppKey("hub", Hub)
LIMITS = web.AppKey("limits", Limits)
SIGN_INS = web.AppKey("sign_ins", SignIns)
UPLOADS = web.AppKey("uploads", Uploads)
LINE = web.AppKey("line", LineKeeper)
PAGES = web.AppKey("pages", Pages)
TIMEKEEPER = web.AppKey("timekeeper", Timekeeper)
