"""A reply without the history that a mail program puts beneath it, in either language.

Line by line, so no mail can make it slow. What is in doubt stays: an answer that stands under the
quotation, or between its lines, leaves the whole text as it is.
"""

import re

_WROTE = re.compile(r"(?:On\b.{4,300}\bwrote|.{0,300}(?:寫道|写道|寫)) ?[:：]", re.IGNORECASE)
_ORIGINAL = re.compile(
    r"-{2,} ?(?:Original Message|Forwarded message|原始郵件|原始信件|原始邮件|轉寄的郵件) ?-{2,}",
    re.IGNORECASE,
)
_HEADER = re.compile(
    r"\*?(?:From|Sent|To|Cc|Subject|Date|寄件者|寄件人|寄件日期|傳送時間|日期|收件者|收件人|副本|主旨"
    r"|发件人|发送时间|收件人|抄送|主题)\*? ?[:：]",
    re.IGNORECASE,
)
_FEWEST_HEADERS = 3
_LONGEST_LINE = 400
_WITHIN = 5  # lines


def without_history(text: str) -> str:
    """`text` up to where the quoted history begins; all of it if none is found."""
    lines = text.splitlines()
    for place, line in enumerate(lines):
        if _begins_history(lines, place, line.strip()):
            kept = "\n".join(lines[:place]).rstrip()
            return kept if kept.strip() else text.strip()
    return text.strip()


def _begins_history(lines: list[str], place: int, line: str) -> bool:
    if not line or len(line) > _LONGEST_LINE:
        return False
    if _ORIGINAL.fullmatch(line) or _is_block(lines, place):
        return True
    if line.startswith(">"):
        return _all_quoted(lines[place:])
    if _WROTE.fullmatch(line):
        return _all_quoted(lines[place + 1 :])
    # Where the heading was broken in two: "On Tue, 1 Dec 2026" / "Hotline <…> wrote:".
    following = lines[place + 1].strip() if place + 1 < len(lines) else ""
    is_broken = line.startswith("On ") and len(following) <= _LONGEST_LINE
    return bool(
        is_broken and _WROTE.fullmatch(f"{line} {following}") and _all_quoted(lines[place + 2 :])
    )


def _is_block(lines: list[str], place: int) -> bool:
    """The heads of the letter before, as some programs print them over it."""
    if not _HEADER.match(lines[place].strip()):
        return False
    heads = [line for line in lines[place : place + _WITHIN] if _HEADER.match(line.strip())]
    return len(heads) >= _FEWEST_HEADERS


def _all_quoted(lines: list[str]) -> bool:
    said = [line for line in lines if line.strip()]
    return bool(said) and all(line.lstrip().startswith(">") for line in said)
