"""HTML pages: templates, their words in the reader's language, and static files by version."""

import hashlib
import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from desk.languages import LANGUAGES, preferred
from hotline.core import Hotline
from hotline.words import Catalogue

ROOT = Path(__file__).parent
LANGUAGE_COOKIE = "hotline_language"


@dataclass(frozen=True)
class Pages:
    """Renders `templates/` with the catalogues of `words`; an incomplete one stops the start."""

    hotline: Hotline
    words_folder: Path = ROOT / "words"
    environment: Environment = field(init=False)
    catalogues: dict[str, Catalogue] = field(init=False)
    versions: dict[str, str] = field(init=False)

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
            full = key if key.partition(".")[0] in self.catalogues else f"{catalogue}.{key}"
            return self.words(full, language, **values)

        vendor = self.hotline.settings.vendor
        text = self.environment.get_template(template).render(
            t=t,
            words_json=lambda prefix: self._words_json(prefix, language),
            static=self.static,
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
    return Environment(
        loader=FileSystemLoader(ROOT / "templates"),
        autoescape=select_autoescape(),
        auto_reload=False,  # else the file of a row is looked at for every row
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _versions(folder: Path) -> dict[str, str]:
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()[:10]
        for file in folder.rglob("*")
        if file.is_file()
    }
