"""`hotline.tickets.callbacks`: when a call is wished for, and who is there then."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from hotline.calendar.rules import Hours, ServiceCalendar, WeeklyHours
from hotline.tickets import callbacks

TAIPEI = ZoneInfo("Asia/Taipei")
