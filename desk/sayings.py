"""What a page tells its reader to say in the chat, as a link that begins the chat with it.

An article tells what to type, for it is read in the chat as well; a page has nothing to type into.
The words stand in the message box then, and are sent by whoever pressed the link.
"""

from collections.abc import Mapping
from urllib.parse import urlencode

from markupsafe import Markup, escape

from desk.inputs import one_line
from wording.told_to_say import told_to_say

CHAT = "/"
ASKED = "say"
LONGEST = 200


def linked(text: str) -> Markup:
    """`text`, escaped unless it is markup already, with links to the chat on what is to be said."""
    escaped, shown, end = str(escape(text)), "", 0
    for told in told_to_say(escaped):
        shown += f'{escaped[end : told.start]}<a href="{chat_with(told.words)}">{told.words}</a>'
        end = told.end
    return Markup(shown + escaped[end:])  # noqa: S704 - what was put between is escaped


def chat_with(words: str) -> str:
    """The address of the chat with `words` in its message box."""
    return f"{CHAT}?{urlencode({ASKED: words})}"


def brought(query: Mapping[str, str]) -> str:
    """The words that came along in an address, in one line."""
    return one_line(query.get(ASKED, ""), LONGEST)
