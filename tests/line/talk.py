"""A conversation as its partner reads it: the words of an answer, and the buttons under them."""

from deploy.line import Line
from tests.line.chat import Chat, Json, text_of


class Talk:
    """One conversation, one turn at a time; without `email` it is a visitor's."""

    def __init__(self, line: Line, email: str | None, language: str) -> None:
        self._chat = Chat.begin(line, email, language)
        self.id = self._chat.id
        self._told: list[Json] = []
        self.cards: list[Json] = []
        self.greeting = self._heard(self._chat.greeting)

    def say(self, text: str) -> str:
        """Type `text`; all that is answered to it."""
        return self._heard(self._chat.say(text))

    def press(self, title: str) -> str:
        """Press the button that reads `title`."""
        return self._heard(self._chat.press(title, self._told))

    def attach(self, name: str, content: bytes, text: str = "") -> str:
        """Send a file, with words if there are any; all that is answered."""
        return self._heard(self._chat.attach(name, content, text))

    @property
    def titles(self) -> list[str]:
        return [button["title"] for button in self._told[-1].get("buttons") or []]

    @property
    def number(self) -> str:
        """The number of the ticket whose card came last."""
        tickets = [card for card in self.cards if card["kind"] == "ticket"]
        return str(tickets[-1]["number"])

    def _heard(self, messages: list[Json]) -> str:
        self._told = messages
        self.cards += [message["card"] for message in messages if message.get("card")]
        return text_of(messages)
