"""Mail that comes in, over real SMTP: what opens a ticket, and what answers one."""

import pytest

from desk.keys import MAIL_PORT
from hotline.tickets import handling
from tests.conftest import CONTACT, ENGINEER, OTHER_COMPANY, contact_of, staff_of
from tests.core.desk_work import brought_to, ticket_row
from tests.desk.console_pages import page, part, sign_in
from tests.desk.file_contents import PNG
from tests.desk.mail_relay import Relay, letter
from tests.desk.people import Client
from tests.desk.test_intake_api import wav
from tests.desk.test_uploads import kept

pytestmark = pytest.mark.both


async def test_a_letter_of_a_contact_opens_a_ticket_that_waits_for_a_call(relay: Relay) -> None:
    mail = letter()
    mail.add_attachment(PNG, maintype="image", subtype="png", filename="畫面.png")
    assert (await relay.send(mail))[0] == 250
    [ticket], [row] = await relay.tickets(), await relay.rows()
    assert ticket.contact is not None
    assert (ticket.contact.email, ticket.source, ticket.callback) == (CONTACT, "mail", "due")
    assert await relay.said(ticket) == ["報價\n\n請王志豪回電談報價", "畫面.png"]
    assert (row.state, row.verified, row.email) == ("matched", True, CONTACT)
    assert kept(relay.hotline) == [PNG]
    assert (await relay.send(mail))[0] == 250  # the relay was not sure
    assert len(await relay.tickets()) == 1


@pytest.mark.parametrize(
    "results",
    [
        "",
        "relay.vendor.example; dmarc=fail header.from=heguang.example",
        "other.example; dmarc=pass header.from=heguang.example",
        "relay.vendor.example; spf=pass smtp.mailfrom=evil.example",
        "relay.vendor.example; dmarc=pass header.from=evil.example",
        "relay.vendor.example (dmarc=pass header.from=heguang.example); dmarc=fail",
        "other.example; x=y (relay.vendor.example; dmarc=pass)",
    ],
)
async def test_whom_nobody_vouches_for_is_nobody_and_speaks_in_no_ticket(
    relay: Relay, results: str
) -> None:
    hotline = relay.hotline
    engineer, contact = await staff_of(hotline, ENGINEER), await contact_of(hotline, CONTACT)
    ticket = await brought_to(hotline, contact, engineer, "open")
    mail = letter("我是本人", subject=f"Re: {ticket.number}", passes=False)
    if results:
        mail["Authentication-Results"] = results
    assert (await relay.send(mail))[0] == 250
    before, new = await relay.tickets()
    assert (before.number, before.version) == (ticket.number, ticket.version)
    assert new.contact is None
    [row] = await relay.rows()
    assert (row.state, row.verified) == ("unmatched", False)
    await sign_in(relay.client, "jiarong.li@hotline.example")
    text = await page(relay.client, "/console/incoming?lang=zh-TW")
    assert "寄件人未經驗證" in part(text, "message")
    assert "陳怡君" in part(text, "message")  # whose address it says it is, for staff to judge


async def test_an_answer_of_the_contact_stands_in_its_ticket_without_the_history(
    relay: Relay,
) -> None:
    hotline = relay.hotline
    engineer, contact = await staff_of(hotline, ENGINEER), await contact_of(hotline, CONTACT)
    ticket = await brought_to(hotline, contact, engineer, "waiting_partner")
    text = (
        "換過電源了，還是不行\n\n"
        "專線 <hotline@vendor.example> 於 2026年12月1日 週二 上午10:15寫道：\n\n> 請稍候\n"
    )
    mail = letter(text, subject=f"RE: 【{ticket.number}】請補充")
    assert (await relay.send(mail))[0] == 250
    [after] = await relay.tickets()
    assert after.state == "open"
    assert (await relay.said(after))[-1] == "換過電源了，還是不行"
    assert after.next_response_due is not None
    [row] = await relay.rows()
    assert (row.state, row.ticket_id) == ("matched", ticket.id)


async def test_a_number_in_the_subject_is_no_proof_of_who_writes(relay: Relay) -> None:
    hotline = relay.hotline
    engineer, contact = await staff_of(hotline, ENGINEER), await contact_of(hotline, CONTACT)
    ticket = await brought_to(hotline, contact, engineer, "open")
    mail = letter("別家公司", sender=OTHER_COMPANY, subject=f"Re: {ticket.number}")
    assert (await relay.send(mail))[0] == 250
    before, new = await relay.tickets()
    assert before.version == ticket.version
    assert new.contact is not None
    assert new.contact.email == OTHER_COMPANY


async def test_an_answer_to_the_own_letter_is_known_by_its_references(relay: Relay) -> None:
    await relay.send(letter("第一封", Message_ID="<a@heguang.example>"))
    second = letter("補充：今天都在", subject="另一個主旨", In_Reply_To="<a@heguang.example>")
    await relay.send(second)
    third = letter("再補充", References="<x@y.example> <a@heguang.example>")
    await relay.send(third)
    [ticket] = await relay.tickets()
    assert (await relay.said(ticket))[1:] == ["補充：今天都在", "再補充"]


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("謝謝", "resolved"),
        ("謝謝！\n\n陳怡君\n禾光資訊 02-2345-6789\nyichun.chen@heguang.example", "resolved"),
        ("好的，謝謝\n\n-- \n禾光資訊股份有限公司\n台北市", "resolved"),
        ("Thanks!", "resolved"),
        ("謝謝，可是還是不行", "open"),
        ("謝謝\n另外那台也壞了", "open"),
        ("還沒好", "open"),
    ],
)
async def test_thanks_alone_open_nothing_again(relay: Relay, text: str, state: str) -> None:
    hotline = relay.hotline
    engineer, contact = await staff_of(hotline, ENGINEER), await contact_of(hotline, CONTACT)
    ticket = await brought_to(hotline, contact, engineer, "resolved")
    await relay.send(letter(text, subject=ticket.number))
    assert (await ticket_row(hotline, ticket.number)).state == state
    assert (await relay.said(ticket))[-1].startswith(text.splitlines()[0])


async def test_what_was_resolved_is_open_again_and_what_was_closed_is_followed(
    relay: Relay,
) -> None:
    hotline = relay.hotline
    engineer, contact = await staff_of(hotline, ENGINEER), await contact_of(hotline, CONTACT)
    resolved = await brought_to(hotline, contact, engineer, "resolved", key="r")
    closed = await brought_to(hotline, contact, engineer, "closed", key="c")
    await relay.send(letter("還是不行", subject=resolved.number))
    await relay.send(letter("又壞了", subject=closed.number))
    assert (await ticket_row(hotline, resolved.number)).state == "open"
    assert (await ticket_row(hotline, closed.number)).state == "closed"
    assert (await relay.tickets())[-1].follows == closed.number


async def test_a_voicemail_by_mail_is_its_callers(relay: Relay) -> None:
    mail = letter("", sender="pbx@vendor.example", subject="New voicemail from 0912345678",
                  passes=False, Auto_Submitted="auto-generated")  # fmt: skip
    mail.add_attachment(wav(61), maintype="audio", subtype="x-wav", filename="vm.wav")
    assert (await relay.send(mail, ""))[0] == 250
    [ticket], [row] = await relay.tickets(), await relay.rows()
    assert ticket.contact is not None
    assert (ticket.contact.email, ticket.source) == (CONTACT, "voicemail")
    assert (row.audio_seconds, row.phone, row.state) == (61.0, "0912-345-678", "matched")


async def test_a_colleague_of_staff_answers_what_came_by_mail(relay: Relay) -> None:
    await relay.send(letter())
    [ticket] = await relay.tickets()
    engineer = await staff_of(relay.hotline, ENGINEER)
    replied = await handling.reply(relay.hotline, engineer, ticket.number, "收到", claims=True)
    assert replied.first_responded_at is not None


async def test_nobody_listens_unless_the_settings_say_so(client: Client) -> None:
    assert client.app[MAIL_PORT] == 0
