"""`python -m desk`: serve the desk on the configured host and port."""

import sys

import structlog
from aiohttp import web

from desk.app import make_app
from hotline.errors import SettingsError
from hotline.settings import load_settings


def main() -> int:
    structlog.configure(processors=[structlog.processors.TimeStamper("iso"),
                                    structlog.processors.format_exc_info,
                                    structlog.processors.JSONRenderer()])  # fmt: skip
    try:
        settings = load_settings()
    except SettingsError as wrong:
        print(wrong.message, file=sys.stderr)
        return 2
    web.run_app(
        make_app(settings),
        host=settings.desk.host,
        port=settings.desk.port,
        print=None,
        access_log=None,  # its lines carry paths and addresses
        shutdown_timeout=5,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
