"""`make run`: prepare the database, start the line, say where it is, and end it all together."""

import asyncio
import os
import signal
import sys
import time

from deploy.children import ChildDied, is_free
from deploy.line import Line, NotReady
from hotline import schema
from hotline.clock import Clock
from hotline.core import open_hotline
from hotline.errors import HotlineError
from hotline.seed import demo_sign_ins, seed
from hotline.settings import Settings, load_settings

_WATCH_S = 0.5


def main() -> int:
    """0 after Ctrl-C or SIGTERM; 1 when a process ended unasked; 2 when the start was refused."""
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        settings = load_settings()
        port = _port(settings)
        Clock(settings.clock_file, settings.env).apply_environment()
        asyncio.run(_prepare(settings))
    except HotlineError as refused:
        print(refused.message, file=sys.stderr)
        return 2
    if not is_free(settings.desk.host, port):
        print(f"port {port} is taken; choose another: PORT=8081 make run", file=sys.stderr)
        return 2
    line = Line(port=port)
    try:
        print("starting: action server, engine, desk", flush=True)
        line.start()
        line.wait_ready(lambda words: print(words, flush=True))
        print(_where(settings, line), flush=True)
        while True:
            line.check()
            time.sleep(_WATCH_S)
    except ChildDied as died:
        _tell(died)
        return 1
    except NotReady as late:
        print(f"{late}; the logs are in {settings.var_dir / 'log'}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nstopping", flush=True)
        return 0
    finally:
        line.stop()


async def _prepare(settings: Settings) -> None:
    await schema.upgrade(settings.database_url)
    if settings.demo:
        async with open_hotline(settings) as hotline:
            await seed(hotline)


def _port(settings: Settings) -> int:
    wish = os.environ.get("PORT", "")
    if not wish:
        return settings.desk.port
    if not wish.isdigit() or not 0 < int(wish) < 65_536:
        raise HotlineError(f"PORT={wish} is not a port; allowed: 1 to 65535")
    return int(wish)


def _where(settings: Settings, line: Line) -> str:
    words = f"ready  partners {line.url}/  console {line.url}/console"
    if settings.demo:
        role, email, password = demo_sign_ins()[0]
        words += f"  demo contacts {line.url}/demo  demo {role} {email} / {password}"
    return words


def _tell(died: ChildDied) -> None:
    print(f"\nthe {died.name} process ended unasked (code {died.code}). Its last lines:")
    for text in died.last_lines:
        print(f"  {text}")
    print("stopping the others", flush=True)


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
