"""Which of our languages a browser would like best: RFC 9110, section 12.5.4."""

from hotline.words.catalogue import LANGUAGES

__all__ = ["LANGUAGES", "preferred"]

_BY_PRIMARY = {"zh": "zh-TW", "en": "en"}


def preferred(accept_language: str) -> str:
    """The best of ours by weight, and by place where weights are equal; else the first of ours."""
    liked = [_range(part) for part in accept_language.split(",")]
    # Sorting is stable: of equal weights the first stays first.
    for primary, weight in sorted(liked, key=lambda one: -one[1]):
        if weight > 0 and primary in _BY_PRIMARY:
            return _BY_PRIMARY[primary]
    return LANGUAGES[0]


def _range(part: str) -> tuple[str, float]:
    """`en-GB;q=0.8` as ("en", 0.8); a weight that cannot be read counts as none at all."""
    tag, *parameters = (piece.strip() for piece in part.lower().split(";"))
    weight = 1.0
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                weight = float(value)
            except ValueError:
                weight = 0.0
    return tag.partition("-")[0], weight
