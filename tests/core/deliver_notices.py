"""A process that delivers: `python -m tests.core.deliver_notices PORT`.

Over the hotline of its environment, by the SMTP server at PORT: it says "ready", notes what the
journal tells and mails it until nothing is due, and says "done".
"""

import asyncio
import sys

from desk.letters import laid_out
from hotline.core import open_hotline
from hotline.notices.queueing import note_news
from hotline.notices.sending import mail_next
from hotline.settings import load_settings
from hotline.tables import METADATA
from tests.core.notice_work import mailing_to


async def main(port: int) -> None:
    assert METADATA.tables  # all of them: a row of one refers to another's
    async with open_hotline(mailing_to(load_settings(), port)) as hotline:
        print("ready", flush=True)
        while await note_news(hotline) or await mail_next(hotline, laid_out):
            pass
        print("done", flush=True)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
