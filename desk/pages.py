"""HTML pages: templates, their words in the reader's language, and static files by version."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import yaml
from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from hotline.core import Hotline

ROOT = Path(__file__).parent
LANGUAGES = ("zh-TW", "en")
LANGUAGE_COOKIE = "hotline_language"


@dataclass(frozen=True)
class Pages:
    """Renders `templates/` with the catalogues of `words/`."""

    hotline: Hotline
    environment: Environment = field(init=False)
    catalogue: dict[str, Any] = field(init=False)
    versions: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        environment = Environment(
            loader=FileSystemLoader(ROOT / "templates"),
            autoescape=select_autoescape(),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        catalogue: dict[str, Any] = {}
        for file in sorted((ROOT / "words").glob("*.yml")):
            catalogue[file.stem] = yaml.safe_load(file.read_text(encoding="utf-8"))
        object.__setattr__(self, "environment", environment)
        object.__setattr__(self, "catalogue", catalogue)
        object.__setattr__(self, "versions", _versions(ROOT / "static"))

    def words(self, key: str, language: str, **values: object) -> str:
        """One sentence of a catalogue, e.g. "console.queue.claim"; a missing key is an error."""
        leaf = self._branch(key)
        return str(leaf[language]).format(**values)

    def refusal(self, code: str, language: str, **values: object) -> str:
        """Why something was refused, by the code; codes without words of their own share some."""
        known = code if code in self._branch("errors.reason") else "bad_request"
        return self.words(f"errors.reason.{known}", language, **values)

    def render(self, request: web.Request, template: str, **context: object) -> web.Response:
        """The page `template` in the reader's language; `status` may be among the context."""
        status = context.pop("status", 200)
        language = language_of(request)
        catalogue = template.partition("/")[0]

        def t(key: str, **values: object) -> str:
            full = key if key.partition(".")[0] in self.catalogue else f"{catalogue}.{key}"
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

    def _branch(self, key: str) -> Mapping[str, Any]:
        branch: Any = self.catalogue
        for part in key.split("."):
            branch = branch[part]
        return dict(branch)

    def _words_json(self, prefix: str, language: str) -> Markup:
        """A subtree of a catalogue in one language, safe inside a script block."""
        text = json.dumps(_in_language(self._branch(prefix), language), ensure_ascii=False)
        return Markup(text.replace("<", "\\u003c"))  # noqa: S704 - escaped just here


def language_of(request: web.Request) -> str:
    """The language asked for by the link, else remembered, else the browser's first of ours."""
    for wish in (request.query.get("lang"), request.cookies.get(LANGUAGE_COOKIE)):
        if wish in LANGUAGES:
            return str(wish)
    preferred = request.headers.get("Accept-Language", "").lower()
    return "en" if preferred.startswith("en") else "zh-TW"


def _in_language(branch: Any, language: str) -> Any:
    if not isinstance(branch, Mapping):
        return branch
    if set(branch) == set(LANGUAGES):
        return branch[language]
    return {key: _in_language(value, language) for key, value in branch.items()}


def _other_language_url(request: web.Request, language: str) -> str:
    query = {k: v for k, v in request.query.items() if k != "lang"}
    query["lang"] = "zh-TW" if language == "en" else "en"
    return f"{request.path}?{urlencode(query)}"


def _versions(folder: Path) -> dict[str, str]:
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()[:10]
        for file in folder.rglob("*")
        if file.is_file()
    }
