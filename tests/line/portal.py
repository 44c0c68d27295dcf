"""A partner portal: pages on an origin of their own, with a strict policy and another look."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

# The rules of a page that never heard of the widget: none of them may reach it.
STYLE = """
html { font-size: 62.5%; color-scheme: only light; }
* { font-family: "Noto Serif CJK TC", serif; letter-spacing: .1em; text-transform: uppercase; }
body { margin: 0; padding: 24px; background: #fbf7ef; color: #5a1f2b; font-size: 16px; }
button { border-radius: 0; background: gold; font-size: 24px; }
dialog, .panel, .log, .top { display: none; }
textarea { visibility: hidden; }
* { --accent: #ff00ff; --s-16: 90px; }
"""
# What the portal's own people wrote: who is signed in, and what became of it all.
SCRIPT = """
window.seen = { violations: [], shortcuts: [], unread: [] };
document.addEventListener("securitypolicyviolation", (event) =>
  seen.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
document.addEventListener("keydown", ({ key }) => seen.shortcuts.push(key));
const callback = async () => {
  const answer = await fetch("/token");
  if (!answer.ok) throw new Error("signed out?");
  return await answer.text() || null;
};
if (new URLSearchParams(location.search).get("callback") !== "none")
  window.PartnerHotline = { token: callback };
"""


class Portal:
    """What it serves; `token` gives who is signed in, "" for nobody, and may raise."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.origin = f"http://localhost:{port}"
        # The same pages, from an origin that nobody put on the list.
        self.unlisted = f"http://127.0.0.1:{port}"
        self.hotline = ""
        self.token: Callable[[], str] = str
        self.asked = 0

    def page(self, attributes: str = "") -> str:
        return f"""<!doctype html><html lang="zh-TW"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>範例科技夥伴入口</title>
<link rel="stylesheet" href="/portal.css"><link rel="icon" href="/icon">
<script src="/portal.js"></script>
<script src="{self.hotline}/widget.js" {attributes} async></script></head>
<body><main><h1>訂單總覽</h1><p>本季訂單 27</p><button id="own">匯出</button></main></body>
</html>"""

    @property
    def policy(self) -> str:
        hotline, live = self.hotline, self.hotline.replace("http", "ws", 1)
        return (
            f"default-src 'self'; script-src 'self' {hotline}; style-src 'self' {hotline}; "
            f"connect-src 'self' {hotline} {live}; img-src 'self' {hotline} blob:; "
            "require-trusted-types-for 'script'"
        )

    def answer(self, path: str) -> tuple[int, str, str]:
        """Status, media type and text."""
        name = urlsplit(path).path
        if name == "/portal.css":
            return 200, "text/css", STYLE
        if name == "/portal.js":
            return 200, "text/javascript", SCRIPT
        if name == "/token":
            self.asked += 1
            try:
                return 200, "text/plain", self.token()
            except LookupError:
                return 500, "text/plain", ""
        if name == "/icon":
            return 200, "image/svg+xml", '<svg xmlns="http://www.w3.org/2000/svg"/>'
        attributes = {"/en": 'data-language="en"', "/dark": 'data-theme="dark"'}
        return 200, "text/html", self.page(attributes.get(name, ""))


@contextmanager
def opened(portal: Portal) -> Iterator[None]:
    """The portal answers, in a thread beside the test's."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, media_type, text = portal.answer(self.path)
            body = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", f"{media_type}; charset=utf-8")
            self.send_header("Content-Security-Policy", portal.policy)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", portal.port), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


def origins_of(portal: Portal) -> dict[str, str]:
    """The setting that lets its pages carry the chat."""
    return {"HOTLINE_WIDGET__ORIGINS": json.dumps([portal.origin])}
