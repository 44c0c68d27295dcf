"""How long what staff write may be: a reply, a note, what was done."""

from hotline.errors import TooLarge

LONGEST = 10_000  # characters


def require_fits(text: str) -> None:
    """TooLarge says how long it is and may be; nothing of it is kept."""
    length = len(text.strip())
    if length > LONGEST:
        raise TooLarge("the text is too long", field="text", limit=LONGEST, length=length)
