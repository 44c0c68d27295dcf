"""What a mail's head says of where it is from, and the rules on it (docs/intake.md). Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.utils import parseaddr

from hotline.intake.rows import AUTOMATIC, BOUNCE, BULK, OWN
from hotline.settings.sections import SmtpSettings, VoicemailSettings

_BULK = ("bulk", "list", "junk")
_ROBOTS = ("mailer-daemon", "postmaster")
_COMMENT = re.compile(r"\([^()]*\)")
_LONGEST = 4000


@dataclass(frozen=True)
class Head:
    """What the rules look at. `envelope_from` is "" for a bounce; `peer` is who handed it over."""

    envelope_from: str
    peer: str
    senders: tuple[str, ...]  # the addresses of every From
    message_id: str
    content_type: str
    headers: Mapping[str, Sequence[str]]  # by name in small letters

    @property
    def sender(self) -> str:
        """The one address it is from; "" of none, and of several, which are nobody's."""
        return self.senders[0] if len(self.senders) == 1 else ""

    def first(self, name: str) -> str:
        return next(iter(self.headers.get(name, ())), "")


def voicemail_of(head: Head, smtp: SmtpSettings) -> VoicemailSettings | None:
    """The PBX that it is from, by its address and where it connects from."""
    return next(
        (
            pbx
            for pbx in smtp.voicemail
            if head.sender == pbx.from_address.lower() and head.peer in pbx.peers
        ),
        None,
    )


def why_aside(head: Head, own: Sequence[str], own_domains: Sequence[str]) -> str:
    """Why it opens nothing; "" if it is a letter. What is ours comes first."""
    domain = head.message_id.strip("<> ").rpartition("@")[2].lower()
    if head.sender in own or domain in own_domains:
        return OWN
    robot = head.sender.partition("@")[0] in _ROBOTS
    if head.envelope_from in ("", "<>") or robot or head.content_type == "multipart/report":
        return BOUNCE
    if head.first("auto-submitted").partition(";")[0].strip().lower() not in ("", "no"):
        return AUTOMATIC
    is_list = "list-id" in head.headers or "list-unsubscribe" in head.headers
    if is_list or head.first("precedence").strip().lower() in _BULK:
        return BULK
    return ""


def is_verified(head: Head, smtp: SmtpSettings) -> bool:
    """Whether the trusted relay vouches for the sender: DMARC passed, or SPF or DKIM did for the
    very domain. Anybody can write such a head, so only what the relay itself hands over counts."""
    relay, domain = smtp.trusted_relay.lower(), head.sender.rpartition("@")[2]
    if not relay or not domain or head.peer not in smtp.trusted_peers:
        return False
    for said in head.headers.get("authentication-results", ()):
        served, _, results = _COMMENT.sub(" ", said[:_LONGEST]).lower().partition(";")
        if served.split()[:1] == [relay]:
            return any(_vouches(result.split(), domain) for result in results.split(";"))
    return False


def _vouches(words: Sequence[str], domain: str) -> bool:
    """`words` are one result: "spf=pass", "smtp.mailfrom=amy@polaris.example"."""
    told = dict(word.partition("=")[::2] for word in words if "=" in word)
    if told.get("dmarc") == "pass":
        return told.get("header.from", domain) == domain
    if told.get("dkim") == "pass":
        return told.get("header.d", "") == domain
    mail_from = told.get("smtp.mailfrom", "")
    return told.get("spf") == "pass" and mail_from.rpartition("@")[2] == domain


def address_in(written: str) -> str:
    """The address of "Amy Wu <amy@polaris.example>", in small letters."""
    return parseaddr(written)[1].strip().lower()
