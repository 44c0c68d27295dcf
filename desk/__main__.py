"""`python -m desk`: serve the desk on the configured host and port."""

import os
import sys

from aiohttp import web

from desk import logs, warming
from desk.app import LONGEST_ADDRESS, make_app
from desk.collecting import collect_seldom
from hotline.errors import SettingsError
from hotline.settings import load_settings


def main() -> int:
    os.umask(0o077)  # files, database and log hold personal data
    logs.configure()
    try:
        settings = load_settings()
    except SettingsError as wrong:
        print(wrong.message, file=sys.stderr)
        return 2
    app = make_app(settings)
    app.on_startup.append(warming.begin)
    collect_seldom()
    web.run_app(
        app,
        host=settings.desk.host,
        port=settings.desk.port,
        print=None,
        access_log=None,  # its lines carry paths and addresses
        shutdown_timeout=5,
        max_line_size=LONGEST_ADDRESS,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
