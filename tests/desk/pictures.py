"""Pictures of every page: which there are, where each is taken, and what must not be on one.

A test that has asserted a page's content calls `take` (or `taken`, where Playwright has no event
loop). It looks the page over and keeps the picture if `PICTURES` names a folder for it. What each
shows is said in `docs/pictures/README.md`; a test compares both with the table of routes.
"""

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

from playwright import async_api, sync_api

from tests.line.test_accessibility import SIDEWAYS, STRIPS

# The route whose page each shows, in the order in which they are told about.
SHOWN = {
    "chat": "GET /",
    "chat-desktop": "GET /",
    "chat-dark": "GET /",
    "chat-night": "GET /",
    "chat-person": "GET /",
    "voice": "GET /",
    "answer": "GET /",
    "which-one": "GET /",
    "dont-know": "GET /",
    "visitor-code": "GET /",
    "widget": "GET /widget/panel",
    "demo": "GET /demo",
    "sign-in": "GET /sign-in",
    "sign-in-code": "GET /sign-in/code",
    "help": "GET /help",
    "help-search": "GET /help",
    "help-article": "GET /help/{id}",
    "own-requests": "GET /my",
    "own-ticket": "GET /my/tickets/{number}",
    "own-company": "GET /my/company",
    "own-sessions": "GET /my/sessions",
    "own-notices": "GET /my/notices",
    "own-data": "GET /my/data",
    "console-sign-in": "GET /console/sign-in",
    "console-code": "GET /console/sign-in/code",
    "queue": "GET /console",
    "queue-dark": "GET /console",
    "queue-phone": "GET /console",
    "raised": "GET /console",
    "bulk": "GET /console",
    "search": "GET /console/search",
    "console": "GET /console/tickets/{number}",
    "ticket-phone": "GET /console/tickets/{number}",
    "deadline": "GET /console/tickets/{number}",
    "duplicate": "GET /console/tickets/{number}",
    "escalation": "GET /console/tickets/{number}",
    "recording": "GET /console/tickets/{number}",
    "partner": "GET /console/partners/{partner}",
    "conversations": "GET /console/conversations",
    "conversation": "GET /console/conversations/{id}",
    "conversation-dark": "GET /console/conversations/{id}",
    "morning": "GET /console/morning",
    "calls": "GET /console/calls",
    "new-call": "GET /console/calls/new",
    "call": "GET /console/calls/{call}",
    "incoming": "GET /console/incoming",
    "gaps": "GET /console/knowledge",
    "draft": "GET /console/knowledge/draft",
    "understanding": "GET /console/understanding",
    "texts": "GET /console/texts",
    "hours": "GET /console/hours",
    "rota": "GET /console/rota",
    "deadlines": "GET /console/deadlines",
    "undelivered": "GET /console/undelivered",
    "people": "GET /console/people",
    "person": "GET /console/people/{member}",
    "me": "GET /console/me",
    "audit": "GET /console/audit",
}  # fmt: skip
# What is drawn of the figures of `make nlu`, not of a page.
DRAWN = {"nlu-confusions", "nlu-sure"}
# Pages without a picture, each with the reason.
EXCEPTED = {
    "GET /static": "files, not pages",
    "GET /healthz": "for programs",
    "GET /widget.js": "a script",
    "GET /my/tickets/{number}/files/{file}": "a file",
    "GET /my/tickets/{number}/{form}": "leads to the ticket's page",
    "GET /console/live": "a socket",
    "GET /console/{form}": "leads to the queue",
    "GET /console/tickets/{number}/{form}": "leads to the ticket's page",
    "GET /console/tickets/{number}/escalations/{id}/acknowledge": "leads to the ticket's page",
    "GET /console/conversations/{id}/{form}": "leads to the conversation's page",
    "GET /console/conversations/{id}/files/{file}": "a file",
    "GET /console/calls/callers": "for programs",
    "GET /console/tickets/{number}/recordings/{file}": "leads to the ticket's page",
    "GET /console/incoming/{message}/{form}": "leads to the list",
    "GET /console/undelivered/{form}": "leads to the list",
    "GET /console/rota/{act}": "leads to the rota",
    "GET /console/hours/{form}": "leads to the hours",
    "GET /console/texts/remove": "leads to the texts",
    "GET /console/understanding/{message}": "leads to the list",
    "GET /console/knowledge/gaps": "leads to the gaps",
    "GET /console/me/{form}": "leads to the own account",
    "GET /console/people/{member}/{form}": "leads to the person",
    "GET /console/audit.csv": "a file",
}

# The name of a word instead of it, or a value that a program left behind.
_NO_WORDS = re.compile(
    r"\b(?:console|partner|my|help|errors|desk)\.[a-z_]+\.[a-z_]+\b"
    r"|\b(?:None|undefined|NaN|null|True|False)\b|\[object|datetime\.|&(?:amp|lt|gt|quot);"
)
_GAP = re.compile(r"\{[a-z_]+\}")
_WITH_GAPS = ("texts", "draft")  # where somebody writes them


# What only the script shows is there, and no fresh part is on its way.
_IS_READY = """() => document.readyState === 'complete'
  && !document.querySelector('[data-theme-toggle][hidden], [aria-busy=true]')"""
# In a window that is so high everything stands that one would scroll to, and bars at their place.
_HEIGHT = """() => Math.max(innerHeight, document.documentElement.scrollHeight,
  ...[...document.querySelectorAll('main')].map(
    (part) => innerHeight + part.scrollHeight - part.clientHeight))"""


async def take(page: async_api.Page, name: str, *, whole: bool = False) -> None:
    """Look the page over; keep its picture, also of what lies below the fold if `whole`."""
    await page.wait_for_function(_IS_READY)
    _look_over(name, page.url, await page.inner_text("body"), await page.evaluate(SIDEWAYS, STRIPS))
    if file := _file(name):
        size = page.viewport_size
        assert size is not None
        height = await page.evaluate(_HEIGHT) if whole else size["height"]
        await page.set_viewport_size({"width": size["width"], "height": height})
        await page.screenshot(path=file, animations="disabled")
        await page.set_viewport_size(size)


def taken(page: sync_api.Page, name: str) -> None:
    """The same for a page of the synchronous Playwright, without what lies below the fold."""
    page.wait_for_function(_IS_READY)
    _look_over(name, page.url, page.inner_text("body"), page.evaluate(SIDEWAYS, STRIPS))
    if file := _file(name):
        page.screenshot(path=file, animations="disabled")


def _look_over(name: str, url: str, text: str, sideways: list[str]) -> None:
    """AssertionError if the page is another one, or has something on it that nobody should see."""
    pattern = re.sub(r"\{\w+\}", "[^/]+", SHOWN[name].partition(" ")[2])
    # The widget's panel is a part of the page of somebody else.
    assert name == "widget" or re.fullmatch(pattern, urlsplit(url).path), (name, url)
    assert not (found := _NO_WORDS.findall(text)), (name, found)
    assert name in _WITH_GAPS or not _GAP.findall(text), name
    assert not sideways, (name, sideways)


def _file(name: str) -> Path | None:
    folder = os.environ.get("PICTURES")
    if not folder:
        return None
    Path(folder).mkdir(parents=True, exist_ok=True)
    return Path(folder) / f"{name}.png"
