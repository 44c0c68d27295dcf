"""The rows of invented tickets: companies, what is said on them, the tickets themselves.

What is said is drawn from a few hundred sentences, so that the words of each are found once and not
a million times. The words are drawn so that common ones are common.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from random import Random
from typing import Any

from hotline.search.words import words_of, words_of_names, words_of_number
from hotline.tickets.promises import FIRST, FIX
from wording import ticket_number

CONTACTS = 3  # of a company
OPEN_OF = 10  # one in so many is open
MESSAGES = 6

_PARTS = [
    "主機板",
    "風扇",
    "電源",
    "控制器",
    "硬碟",
    "記憶體",
    "網路卡",
    "背板",
    "光纖",
    "磁帶機",
    "韌體",
    "授權",
]
_TROUBLES = ["壞了", "有異音", "亮黃燈", "讀不到", "開不了機", "斷線", "溫度過高", "一直重開"]
_WISHES = ["請報價", "要報價單", "幫忙查合約", "想換料件", "請安排工程師", "要延長保固"]
_ENGLISH = [
    "firmware update failed",
    "please quote two drives",
    "the fan is loud",
    "disk is degraded",
]
_RARE = ("冷門的詞在這裡", "凡例見附件")
_SURNAMES, _NAMES = "陳林黃張李王吳劉蔡楊", "怡君家豪志明淑芬俊傑雅婷建宏美玲"
_FIRMS = ["旭昇", "恆遠", "宏展", "立群", "永信", "冠宇", "嘉禾", "新穎", "長泰", "和碩"]
_TRADES = ["資訊", "科技", "系統", "電子", "數位", "整合"]
_ENGLISH_FIRMS = [
    "Apex",
    "Borealis",
    "Cobalt",
    "Dynamo",
    "Everest",
    "Fjord",
    "Granite",
    "Horizon",
    "Indigo",
    "Juniper",
]


@dataclass(frozen=True)
class Person:
    """A contact, with the words that each of its tickets is found by."""

    id: int
    partner_id: str
    words: frozenset[str]


def company(n: int, today: date) -> dict[str, Any]:
    firm, trade = _FIRMS[n // len(_TRADES) % len(_FIRMS)], _TRADES[n % len(_TRADES)]
    kinds = len(_FIRMS) * len(_TRADES)
    return {
        "id": f"B-{n:04d}", "name_zh": f"{firm}{trade}{n // kinds + 1}廠",
        "name_en": f"{_ENGLISH_FIRMS[n % 10]} {n}", "tax_id": None, "types": ["reseller"],
        "tier": ("gold", "silver", "standard")[n % 3], "region": "north", "territory": None,
        "status": "active", "as_of": today, "source": "bench",
    }  # fmt: skip


def contact(k: int, firm: dict[str, Any]) -> tuple[dict[str, Any], Person]:
    called = _SURNAMES[k % 10] + _NAMES[(k * 2) % 16] + _NAMES[(k * 2 + 1) % 16]
    email, phone = f"p{k}@{firm['id'].lower()}.example", f"0990-{k // 1000:03d}-{k % 1000:03d}"
    row = {
        "id": 10_000 + k, "partner_id": firm["id"], "name": called, "email": email,
        "phone": phone, "language": "zh-TW", "roles": ["technical"], "erased_at": None,
    }  # fmt: skip
    names = words_of_names((called, email, firm["name_zh"], firm["name_en"]))
    return row, Person(10_000 + k, firm["id"], frozenset(names | words_of_number(phone)))


@dataclass(frozen=True)
class Invented:
    """A ticket's rows, and the words that it is found by."""

    talk: dict[str, Any]
    ticket: dict[str, Any]
    messages: list[dict[str, Any]]
    entry: dict[str, Any]
    words: frozenset[str]


def ticket(ticket_id: int, people: list[Person], staff: list[int], now: datetime) -> Invented:
    """The ticket of this id, always the same but for its times."""
    chance = Random(ticket_id)
    person = chance.choice(people)
    is_open = chance.randrange(OPEN_OF) == 0
    at = now - timedelta(minutes=chance.randrange(60, 4_000 if is_open else 500_000))
    number, serial = ticket_number.write(27, ticket_id), f"78{ticket_id:06X}"
    customer = f"{chance.choice(_FIRMS)}{chance.choice(_TRADES)}"
    said = [_sentence(chance) for _ in range(MESSAGES)]
    talk = f"b{ticket_id:031d}"
    row = _ticket(ticket_id, number, talk, person, said[0], at, chance, is_open, staff)
    row["facts"] = {
        "serial": {"value": serial, "status": "known"},
        "customer": {"value": customer, "status": "known"},
    }
    entry = {
        "at": at, "kind": "ticket.opened", "actor": "bot", "conversation_id": talk,
        "ticket_id": ticket_id, "detail": {"severity": row["severity"], "due": at.isoformat()},
    }  # fmt: skip
    own = (words_of_number(number), _names(customer), words_of_names((serial,)))
    return Invented(
        _talk(talk, person, at),
        row,
        [_message(talk, seq, line, at, staff) for seq, line in enumerate(said, 1)],
        entry,
        person.words.union(*own, *map(_said, said)),
    )


def _sentence(chance: Random) -> str:
    kind = chance.random()
    if kind < 0.002:
        return chance.choice(_RARE)
    if kind < 0.1:
        return chance.choice(_ENGLISH)
    if kind < 0.3:
        return f"客戶{chance.choice(_WISHES)}，麻煩您"
    return f"{chance.choice(_PARTS)}{chance.choice(_TROUBLES)}，主機在{chance.choice(_FIRMS)}"


@cache
def _said(sentence: str) -> frozenset[str]:
    return frozenset(words_of((sentence,)))


@cache
def _names(name: str) -> set[str]:
    return words_of_names((name,))


def _talk(talk: str, person: Person, at: datetime) -> dict[str, Any]:
    return {
        "id": talk, "contact_id": person.id, "proven_email": None, "needs_session": False,
        "language": "zh-TW", "holder": "bot", "held_since": at, "staff_id": None,
        "last_seq": MESSAGES, "last_ticket": None, "asking": None, "unsure": 0,
        "engine_sender": None, "created_at": at,
    }  # fmt: skip


def _message(talk: str, seq: int, line: str, at: datetime, staff: list[int]) -> dict[str, Any]:
    by_partner = seq % 2 == 1
    return {
        "conversation_id": talk, "seq": seq, "client_id": None,
        "sender": "partner" if by_partner else "staff",
        "staff_id": None if by_partner else staff[seq % len(staff)],
        "text": line, "language": "zh-TW", "answered_at": at,
        "created_at": at + timedelta(minutes=seq),
    }  # fmt: skip


def _ticket(
    ticket_id: int,
    number: str,
    talk: str,
    person: Person,
    subject: str,
    at: datetime,
    chance: Random,
    is_open: bool,
    staff: list[int],
) -> dict[str, Any]:
    severity = chance.choices((1, 2, 3, 4), (1, 4, 10, 5))[0]
    state = chance.choice(("new", "open", "open", "waiting_partner", "resolved"))
    state = state if is_open else "closed"
    moment = [{"from": at.isoformat(), "severity": severity}]
    is_new = state == "new"
    done_at = at + timedelta(hours=30)
    return {
        "id": ticket_id, "number": number, "key": f"bench:{ticket_id}", "version": 1,
        "conversation_id": talk, "partner_id": person.partner_id, "contact_id": person.id,
        "identity_verified": True, "intent": "technical_hardware",
        "queue": chance.choice(("technical", "technical", "presales", "admin", "other")),
        "audience": "partner", "source": "chat", "language": "zh-TW", "severity": severity,
        "severity_words": [], "state": state, "merged_into_id": None, "subject": subject,
        "description": "", "assignee_id": None if is_new else staff[ticket_id % len(staff)],
        "opened_at": at, "updated_at": at, "first_response_due": at + timedelta(hours=4),
        "first_responded_at": None if is_new else at + timedelta(hours=1),
        "next_response_due": None, "resolution_due": at + timedelta(hours=48),
        "clocks": {FIRST: moment, FIX: moment}, "pauses": [], "calendar_version": 0,
        "rules_version": 0, "waiting_since": at if state == "waiting_partner" else None,
        "resolved_at": done_at if state in ("resolved", "closed") else None, "resolution": None,
        "closed_at": None if is_open else done_at, "reopened_at": None, "reopened": 0,
        "escalated_at": None, "complained_at": None, "complaint_due": None, "follows": None,
    }  # fmt: skip
