"""A night with ten matters by every door: what the morning's list is tried and looked at with."""

from dataclasses import dataclass, field
from datetime import datetime

from hotline.calls.backs import note_outcome
from hotline.conversations.rows import FileRow
from hotline.conversations.service import start
from hotline.core import Hotline
from hotline.hardware_line.rows import NOT_THROUGH, THROUGH, LineCheckRow
from hotline.staff.service import Staff
from hotline.tickets import handling
from hotline.tickets.opening import NewTicket, open_ticket
from hotline.tickets.ticket import Ticket
from tests.conftest import COLLEAGUE, CONTACT, ENGINEER, LEAD, OTHER_COMPANY, contact_of, staff_of

MESSAGE = "leave_message"


@dataclass(frozen=True)
class Matter:
    """What came in at `at`, as it was told; `spoken_s` is how long its recording is."""

    at: str
    source: str
    asker: str | None
    severity: int
    words: str
    intent: str = MESSAGE
    facts: dict[str, str] = field(default_factory=dict)
    spoken_s: float = 0
    line: str = ""


NIGHT = (
    Matter("17:40", "chat", CONTACT, 1, "Power 主機整台停機，客戶產線停擺", "technical_hardware",
           {"customer": "光朗物流", "product": "Power S1022", "serial": "78A1234"}, line=THROUGH),
    Matter("18:12", "system:pbx", OTHER_COMPANY, 2, "醫院據點 VPN 全斷，撥 24 小時專線沒人接",
           facts={"customer": "安禾醫院", "phone": "0922-000-456"}, spoken_s=41, line=NOT_THROUGH),
    Matter("20:54", "chat", CONTACT, 2, "TL-40 磁帶櫃備份失敗，主機正常，機械手臂卡住",
           facts={"product": "TL-40", "phone": "0912-000-123", "needed_by": "2026-12-01 morning"},
           spoken_s=72),
    Matter("21:05", "mail", OTHER_COMPANY, 3, "標案文件要補蓋章版，週二中午前",
           facts={"needed_by": "2026-12-01 morning"}),
    Matter("21:30", "chat", COLLEAGUE, 3, "訂單 SO-2026-01357 想改送貨地址", "admin_order",
           {"order_number": "SO-2026-01357", "needed_by": "2026-12-01 afternoon"}),
    Matter("22:10", "telephone", None, 3, "想加入夥伴計畫，請回電說明條件和保證金",
           facts={"contact": "王小明", "company": "大新資訊", "phone": "02-2345-6780"}),
    Matter("22:20", "voicemail", None, 4, "語音信箱留言：請回電",
           facts={"contact": "0933-000-789", "phone": "0933-000-789"}, spoken_s=18),
    Matter("22:48", "chat", OTHER_COMPANY, 3, "報價單有效期限想延到月底", "presales_quote"),
    Matter("23:15", "chat", CONTACT, 2, "認證到期，合約續約卡關", facts={"phone": "0912-000-123"},
           spoken_s=38),
    Matter("23:40", "mail", COLLEAGUE, 3, "對帳單金額不符", "admin_invoice"),
)  # fmt: skip


async def night_of(hotline: Hotline) -> list[Ticket]:
    """The ten of the night before, in the order of NIGHT, as they stand at a quarter past ten: the
    first is somebody's, the eighth is to be called again at two, the last two have outcomes."""
    morning = hotline.now()
    tickets = []
    for number, matter in enumerate(NIGHT):
        then = datetime.fromisoformat(f"2026-11-30T{matter.at}:00+08:00")
        hotline.clock.advance(then - hotline.now())
        tickets.append(await _came(hotline, matter, f"k{number}"))
    hotline.clock.advance(morning - hotline.now())
    engineer, lead = await staff_of(hotline, ENGINEER), await staff_of(hotline, LEAD)
    await _worked_on(hotline, engineer, lead, [ticket.number for ticket in tickets])
    return tickets


async def _came(hotline: Hotline, matter: Matter, key: str) -> Ticket:
    asker = await contact_of(hotline, matter.asker) if matter.asker else None
    conversation, _greeting = await start(hotline, asker)
    facts = {kind: {"value": said, "status": "known"} for kind, said in matter.facts.items()}
    ticket = await open_ticket(
        hotline,
        conversation.id,
        NewTicket(
            key,
            matter.intent,
            matter.words,
            matter.severity,
            facts=facts,
            source=matter.source,
            line_named=bool(matter.line),
        ),
    )
    async with hotline.database.write() as session:
        if matter.line:
            check = await session.get_one(LineCheckRow, ticket.id)
            check.asked_at = check.outcome_at = hotline.now()
            check.outcome = matter.line
        if matter.spoken_s:
            session.add(
                FileRow(
                    id=f"{ticket.id:032x}",
                    conversation_id=conversation.id,
                    name="voice.webm",
                    media_type="audio/webm",
                    size_bytes=120_000,
                    sha256="0" * 64,
                    created_at=hotline.now(),
                    seconds=matter.spoken_s,
                    ticket_id=ticket.id,
                )
            )
    return ticket


async def _worked_on(hotline: Hotline, engineer: Staff, lead: Staff, numbers: list[str]) -> None:
    await handling.claim(hotline, engineer, numbers[0])
    await handling.claim(hotline, lead, numbers[1])
    two = hotline.now().replace(hour=6, minute=0)
    await note_outcome(hotline, lead, numbers[7], "again", "c-again", again_at=two)
    await note_outcome(hotline, lead, numbers[8], "reached", "c-reached")
    await handling.claim(hotline, lead, numbers[9])
    await handling.reply(hotline, lead, numbers[9], "已請財務更正，下午寄新的。", "c-reply")
