"""Where in the pages of knowledge somebody is."""

from dataclasses import dataclass
from urllib.parse import urlencode

from aiohttp import web

URL = "/console/knowledge"
DRAFT_URL, GAPS_URL = f"{URL}/draft", f"{URL}/gaps"
GAPS, DRAFTS, TASKS = TABS = ("gaps", "drafts", "tasks")
_LONGEST_NUMBER = 9


@dataclass(frozen=True)
class Place:
    """A tab, and the page of its list (from 1)."""

    tab: str = GAPS
    page: int = 1

    @classmethod
    def of(cls, request: web.Request) -> "Place":
        tab = request.query.get("tab", "")
        return cls(tab if tab in TABS else GAPS, max(1, number(request.query.get("page", "")) or 1))

    def url(self, path: str = URL, **more: object) -> str:
        wishes = {
            "tab": self.tab if self.tab != GAPS else None,
            "page": self.page if self.page > 1 else None,
            **more,
        }
        told = urlencode({key: value for key, value in wishes.items() if value is not None})
        return f"{path}?{told}" if told else path


def number(said: str) -> int | None:
    is_number = said.isascii() and said.isdecimal() and len(said) <= _LONGEST_NUMBER
    return int(said) if is_number else None
