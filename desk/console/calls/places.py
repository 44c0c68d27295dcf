"""The addresses of the telephone's pages; the moment at which a call began goes along in them."""

from datetime import datetime
from urllib.parse import urlencode

from hotline.clock import parse_time
from hotline.core import Hotline
from hotline.errors import BadInput

URL = "/console/calls"
NEW_URL = f"{URL}/new"
CALLERS_URL = f"{URL}/callers"
_LONGEST_SEARCH = 80


def call_url(call_id: int) -> str:
    return f"{URL}/{call_id}"


def new_url(**known: object) -> str:
    """The form of a new call, with what is known of it already."""
    told = urlencode({key: value for key, value in known.items() if value})
    return f"{NEW_URL}?{told}" if told else NEW_URL


def search_of(said: str) -> str:
    return said.strip()[:_LONGEST_SEARCH]


def began_of(hotline: Hotline, said: str) -> datetime:
    """When the call began, as the page carries it; now, if it says nothing that can be read."""
    try:
        return parse_time(said, hotline.calendar.timezone) if said else hotline.now()
    except BadInput:
        return hotline.now()
