"""An address as a picture of squares (QR code) that a phone reads, as the path of an SVG."""

import segno

_QUIET = 4  # squares of ground around it, as the standard wants


def picture_of(text: str) -> tuple[str, int]:
    """The path of the dark squares, each of one unit, and the width of the whole."""
    matrix = segno.make_qr(text, error="m").matrix
    path = "".join(
        f"M{x + _QUIET} {y + _QUIET}h1v1h-1z"
        for y, row in enumerate(matrix)
        for x, dark in enumerate(row)
        if dark
    )
    return path, len(matrix) + 2 * _QUIET
