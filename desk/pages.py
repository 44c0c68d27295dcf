"""HTML pages: templates, their words in the reader's language, and static files by version."""

import hashlib
import json
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from urllib.parse import urlencode

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from desk.languages import LANGUAGES, preferred
from desk.sayings import chat_with, linked
from hotline.core import Hotline
from hotline.words import Catalogue

ROOT = Path(__file__).parent
LANGUAGE_COOKIE = "hotline_language"
_MOST_DRAWN = 5_000  # parts of pages that are kept, of about two kilobytes each


@dataclass(frozen=True)
class Pages:
    """Renders `templates/` with the catalogues of `words`; an incomplete one stops the start."""

    hotline: Hotline
    words_folder: Path = ROOT / "words"
    environment: Environment = field(init=False)
    catalogues: dict[str, Catalogue] = field(init=False)
    versions: dict[str, str] = field(init=False)
    drawn: dict[tuple[object, ...], str] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        catalogues = {
            file.stem: Catalogue.load(file) for file in sorted(self.words_folder.glob("*.yml"))
        }
        object.__setattr__(self, "environment", _environment())
        object.__setattr__(self, "catalogues", catalogues)
        object.__setattr__(self, "versions", _versions(ROOT / "static"))

    def words(self, key: str, language: str, **values: object) -> str:
        """One sentence of a catalogue, e.g. "console.queue.claim"; a missing key is an error."""
        catalogue, _, rest = key.partition(".")
        return self.catalogues[catalogue].say(rest, language, **values)

    def refusal(self, code: str, language: str, **values: object) -> str:
        """Why something was refused, by the code; codes without words of their own share some."""
        known = code if f"reason.{code}" in self.catalogues["errors"] else "bad_request"
        return self.words(f"errors.reason.{known}", language, **values)

    def render(self, request: web.Request, template: str, **context: object) -> web.Response:
        """The page `template` in the reader's language; `status` may be among the context."""
        status = context.pop("status", 200)
        language = language_of(request)
        catalogue = template.partition("/")[0]

        def t(key: str, **values: object) -> str:
            name, _, rest = key.partition(".")
            if name in self.catalogues:
                return self.catalogues[name].say(rest, language, **values)
            return self.catalogues[catalogue].say(key, language, **values)

        vendor = self.hotline.settings.vendor
        text = self.environment.get_template(template).render(
            t=t,
            words_json=lambda prefix: self._words_json(prefix, language),
            static=self.static,
            once=partial(self._once, language),
            lang=language,
            other_lang_url=_other_language_url(request, language),
            vendor=vendor.name(language),
            toll_free=vendor.toll_free,
            hardware_line=vendor.hardware_line,
            **context,
        )
        response = web.Response(text=text, content_type="text/html", status=int(str(status)))
        if request.query.get("lang") in LANGUAGES:
            response.set_cookie(
                LANGUAGE_COOKIE, language, max_age=31_536_000, samesite="Lax", httponly=True
            )
        return response

    def static(self, path: str) -> str:
        """The URL of a static file; it changes with the content, so it may be kept for ever."""
        return f"/static/{path}?v={self.versions[path]}"

    def _once(self, language: str, *shown: Hashable, caller: Callable[[], str]) -> str:
        """What the `call` block around it draws, drawn once for the same things `shown`.

        The block must show nothing else but words. Most of a list is as it was a moment ago, and
        every console asks for it again at each piece of news.
        """
        key = (language, *shown)
        drawn = self.drawn.get(key)
        if drawn is None:
            if len(self.drawn) >= _MOST_DRAWN:
                self.drawn.clear()
            drawn = self.drawn[key] = caller()
        return drawn

    def _words_json(self, prefix: str, language: str) -> Markup:
        """A subtree of a catalogue in one language, safe inside a script block."""
        catalogue, _, rest = prefix.partition(".")
        told = self.catalogues[catalogue].below(rest, language)
        text = json.dumps(told, ensure_ascii=False)
        return Markup(text.replace("<", "\\u003c"))  # noqa: S704 - escaped just here


def language_of(request: web.Request) -> str:
    """The language asked for by the link, else remembered, else the browser's favourite of ours."""
    for wish in (request.query.get("lang"), request.cookies.get(LANGUAGE_COOKIE)):
        if wish in LANGUAGES:
            return str(wish)
    return preferred(request.headers.get("Accept-Language", ""))


def _other_language_url(request: web.Request, language: str) -> str:
    query = {k: v for k, v in request.query.items() if k != "lang"}
    query["lang"] = "zh-TW" if language == "en" else "en"
    return f"{request.path}?{urlencode(query)}"


@cache
def _environment() -> Environment:
    """The templates, compiled once; what a page shows is handed over with it."""
    made = Environment(
        loader=FileSystemLoader(ROOT / "templates"),
        autoescape=select_autoescape(),
        auto_reload=False,  # else the file of a row is looked at for every row
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["sayings"] = linked
    made.filters["chat_with"] = chat_with
    return made


@cache
def _versions(folder: Path) -> dict[str, str]:
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()[:10]
        for file in folder.rglob("*")
        if file.is_file()
    }
