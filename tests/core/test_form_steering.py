"""While a request is filled: another wish, a question in between, the summary typed away."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy import delete, update

from actions.base import Turn
from actions.dialogue import Goodbye
from actions.person import TalkToHuman
from actions.status import TicketStatus
from actions.ticket_form import ValidateTicketForm
from hotline.conversations.service import start
from hotline.core import Hotline
from hotline.partners.record_rows import FundRow
from hotline.partners.rows import PartnerRow
from hotline.partners.service import Contact
from hotline.tickets import intake, questions
from hotline.tickets.draft import CONFIRM, Draft, Said, Wish, draft_from_json
from tests.conftest import TUESDAY_MORNING
from tests.core.desk_work import conversation_row, opened, says
from tests.core.follow_up import Partner, response

TODAY = TUESDAY_MORNING.date()


class Filling:
    """A conversation in which a request is being filled."""

    def __init__(self, hotline: Hotline, conversation_id: str) -> None:
        self.hotline = hotline
        self.conversation_id = conversation_id
        self.uttered: list[str] = []
        self.typed: list[tuple[str, str]] = []  # (intent, text) of what was said before

    async def hears(
        self, draft: Draft | None, text: str, intent: str, *further: tuple[str, str]
    ) -> dict[str, Any]:
        """The slots after the form heard `text`; what was uttered is kept."""
        await says(self.hotline, self.conversation_id, text, uuid4().hex)
        wishes = [
            {"text": words, "intent": {"name": name, "confidence": 0.9}, "entities": []}
            for name, words in further
        ]
        message = {
            "text": text,
            "entities": [],
            "intent": {"name": intent, "confidence": 0.95},
            "metadata": {"wishes": wishes},
        }
        return await self._slots(draft, message)

    async def presses(self, intent: str, **values: str) -> dict[str, Any]:
        """The slots after a button began the form."""
        await says(self.hotline, self.conversation_id, intent, uuid4().hex)
        entities = [{"entity": kind, "value": value} for kind, value in values.items()]
        intended = {"name": intent, "confidence": 1.0}
        return await self._slots(
            None, {"text": f"/{intent}", "entities": entities, "intent": intended}
        )

    async def rejects(self, draft: Draft, text: str, intent: str, confidence: float = 0.95) -> bool:
        """Whether the form leaves the message to something else."""
        message = {"text": text, "entities": [],
                   "intent": {"name": intent, "confidence": confidence}}  # fmt: skip
        events = await self._events(draft, message)
        return any(event["event"] == "action_execution_rejected" for event in events)

    async def _slots(self, draft: Draft | None, message: dict[str, Any]) -> dict[str, Any]:
        events = await self._events(draft, message)
        return {event["name"]: event["value"] for event in events if event["event"] == "slot"}

    async def _events(self, draft: Draft | None, message: dict[str, Any]) -> list[dict[str, Any]]:
        slots = {"draft": draft.to_json() if draft else None}
        dispatcher = CollectingDispatcher()
        before = [
            {
                "event": "user",
                "text": text,
                "parse_data": {"intent": {"name": intent}, "entities": []},
            }
            for intent, text in self.typed
        ]
        tracker = Tracker("sender", slots, message, before, False, None, {}, None)
        conversation = await conversation_row(self.hotline, self.conversation_id)
        form = ValidateTicketForm()
        events = await form.act(Turn(self.hotline, conversation, tracker, dispatcher))
        self.uttered = [
            str(one.get("response") or one.get("text") or "") for one in dispatcher.messages
        ]
        return list(events)


@pytest.fixture
async def filling(hotline: Hotline, contact: Contact) -> Filling:
    conversation, _greeting = await start(hotline, contact, "zh-TW")
    return Filling(hotline, conversation.id)


def begun(intent: str, text: str, asked: str | None = None) -> Draft:
    said = Said(text, (), TODAY)
    heard = intake.start(uuid4().hex, intent, said, closed=False, visitor=False, reachable=True)
    return questions.ask(heard.draft, asked or questions.next_question(heard.draft))


async def test_a_question_beside_an_answer_is_answered_at_once(filling: Filling) -> None:
    draft = begun("technical_hardware", "主機風扇很大聲", "customer")
    after = await filling.hears(draft, "青田機械", "inform", ("ask_hours", "你們電話幾號"))
    assert filling.uttered[0] == "utter_hours_open"
    assert after["draft"]["wishes"] == []
    assert after["draft"]["facts"]["customer"]["value"] == "青田機械"


async def test_a_question_nobody_can_answer_goes_on_the_ticket(filling: Filling) -> None:
    draft = begun("technical_hardware", "主機風扇很大聲", "customer")
    after = await filling.hears(
        draft, "青田機械", "inform", ("ask_knowledge", "原廠在台灣一共有幾家夥伴")
    )
    assert filling.uttered[0] == "utter_dont_know_in_form"
    assert (
        after["draft"]["facts"]["description"]["value"]
        == "主機風扇很大聲\n原廠在台灣一共有幾家夥伴"
    )


async def test_what_waits_can_be_named_to_come_first_after_all(filling: Filling) -> None:
    waiting = Wish("technical_hardware", "主機風扇很大聲")
    warranty = begun("technical_warranty", "要續保")
    draft = Draft(**{**warranty.__dict__, "wishes": (waiting,)})
    after = (await filling.hears(draft, "先報修", "nlu_fallback"))["draft"]
    assert after["intent"] == "technical_hardware"
    [aside] = after["wishes"]
    assert (aside["intent"], aside["draft"]["asked"]) == ("technical_warranty", draft.asked)


async def test_a_request_that_was_not_said_yet_can_be_put_first(filling: Filling) -> None:
    draft = begun("technical_warranty", "要續保")
    after = (await filling.hears(draft, "先報修", "nlu_fallback"))["draft"]
    assert after["intent"] == "technical_hardware"
    assert [wish["intent"] for wish in after["wishes"]] == ["technical_warranty"]
    unchanged = (await filling.hears(draft, "先不用", "nlu_fallback"))["draft"]
    assert unchanged["intent"] == "technical_warranty"


@pytest.mark.parametrize("words", ["Send", "送出", "open"])
async def test_typing_send_at_the_summary_sends(filling: Filling, words: str) -> None:
    draft = begun("complain", "送貨的人態度很差", CONFIRM)
    assert (await filling.hears(draft, words, "ask_hours"))["ticket_confirmed"] is True


@pytest.mark.parametrize(
    ("asked", "words"),
    [(CONFIRM, "合約到期日"), ("serial", "我們合約什麼時候到期"),
     ("description", "合約什麼時候到期？"),
     ("customer", "對了 我們的合約什麼時候到期，老闆在問，我等一下要回覆他，麻煩先幫我看一下")],
)  # fmt: skip
async def test_a_question_about_the_own_record_is_looked_up_in_between(
    filling: Filling, asked: str, words: str
) -> None:
    draft = begun("technical_warranty", "要續保", asked)
    assert await filling.rejects(draft, words, "account_contract")


async def test_what_only_resembles_such_a_question_is_an_answer(filling: Filling) -> None:
    draft = begun("admin_company_data", "要改資料", "description")
    assert not await filling.rejects(draft, "合約快到期了", "account_contract", 0.8)
    outage = replace(draft, urgent_first=True)
    assert not await filling.rejects(outage, "合約什麼時候到期？", "account_contract")


async def test_a_look_up_that_is_to_come_first_is_answered_at_once(filling: Filling) -> None:
    wish = Wish("account_performance", "業績達成多少")
    draft = replace(begun("technical_warranty", "要續保"), wishes=(wish,))
    after = (await filling.hears(draft, "先查業績達成", "nlu_fallback"))["draft"]
    assert "業績" in filling.uttered[0]
    assert (after["intent"], after["wishes"]) == ("technical_warranty", [])
    after = (await filling.hears(draft, "業績達成多少", "account_performance"))["draft"]
    assert after["wishes"] == []


async def test_a_look_up_beside_an_answer_is_given_at_once(filling: Filling) -> None:
    draft = begun("technical_warranty", "要續保", "serial")
    after = await filling.hears(draft, "78A1234", "inform", ("account_bdf", "BDF 還剩多少"))
    assert "BDF" in filling.uttered[0]
    assert after["draft"]["wishes"] == []


@pytest.mark.parametrize(
    ("step", "intent", "fact", "value"),
    [
        ("renew", "admin_contract", "purpose", "續約"),
        ("claim", "campaign_bdf", "purpose", "請款"),
        ("exam", "campaign_certification", "description", "約認證考試"),
        ("finance", "account_credit", "description", "請財務窗口聯絡我，要談帳款與信用額度"),
        ("access_fund", "admin_account", "description", "我的帳號要加權限，想查 BDF"),
        ("look", "account_bdf", "description", "請同事查 BDF 餘額"),
    ],
)
async def test_a_button_under_a_record_begins_its_request(
    filling: Filling, step: str, intent: str, fact: str, value: str
) -> None:
    after = await filling.presses(intent, step=step)
    assert after["draft"]["intent"] == intent
    assert after["draft"]["facts"][fact]["value"] == value


@pytest.fixture
async def suspended(hotline: Hotline, filling: Filling) -> Filling:
    """The same conversation, of a company that is suspended."""
    async with hotline.database.write() as session:
        await session.execute(
            update(PartnerRow).where(PartnerRow.id == "P-1001").values(status="suspended")
        )
    return filling


async def test_a_suspended_company_is_told_at_the_start_who_gets_its_request_and_only_once(
    suspended: Filling,
) -> None:
    after = await suspended.hears(None, "想要報價", "presales_quote")
    assert suspended.uttered[0] == "utter_held_up"
    assert len(suspended.uttered) == 2
    draft = draft_from_json(after["draft"])
    assert draft.asked == "product"
    await suspended.hears(draft, "S1022", "inform")
    assert "utter_held_up" not in suspended.uttered


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("合約要續約", "admin_contract"),
        ("Power 主機開不了機", "technical_hardware"),
        ("原廠業務直接去報價，這是通路衝突", "report_conflict"),
    ],
)
async def test_what_goes_on_as_usual_is_not_remarked_on(
    suspended: Filling, text: str, intent: str
) -> None:
    await suspended.hears(None, text, intent)
    assert "utter_held_up" not in suspended.uttered


async def test_nobody_else_is_told(filling: Filling, hotline: Hotline) -> None:
    await filling.hears(None, "想要報價", "presales_quote")
    assert "utter_held_up" not in filling.uttered
    conversation, _greeting = await start(hotline, None, "zh-TW")
    visitor = Filling(hotline, conversation.id)
    await visitor.hears(None, "想要報價", "presales_quote")
    assert "utter_held_up" not in visitor.uttered


async def test_it_is_told_when_an_outage_turns_out_to_be_none(suspended: Filling) -> None:
    draft = begun("technical_software", "系統慢到不能用", CONFIRM)
    assert draft.severity == 2
    after = await suspended.hears(draft, "沒那麼急", "nlu_fallback")
    assert suspended.uttered == ["utter_held_up", "utter_less_urgent"]
    assert after["draft"]["told_held_up"] is True


async def test_a_request_that_gets_its_name_later_is_told_of_once(suspended: Filling) -> None:
    draft = replace(begun("other_request", "", "description"), told_held_up=True)
    after = await suspended.hears(draft, "我們想要報價", "presales_quote")
    assert after["draft"]["intent"] == "presales_quote"
    assert "utter_held_up" not in suspended.uttered


@pytest.mark.parametrize(
    "typed",
    [
        [],
        [("nlu_fallback", "現在沒有人在嗎")],
        [("nlu_fallback", "Anyone there?")],
        [("account_bdf", "BDF 還剩多少")],
        [("account_bdf", "BDF 還剩多少"), ("nlu_fallback", "都沒有人回我")],
    ],
    ids=["nothing", "a look for somebody", "in English", "a look-up", "both"],
)
async def test_leaving_a_message_asks_for_the_message_first(
    filling: Filling, typed: list[tuple[str, str]]
) -> None:
    filling.typed = typed
    draft = (await filling.presses("leave_message"))["draft"]
    assert draft["asked"] == "description"
    assert filling.uttered == ["請說要轉達的話，用錄音的也可以。"]


async def test_what_was_said_before_the_button_is_the_message(filling: Filling) -> None:
    filling.typed = [("nlu_fallback", "零件還沒有送來")]
    draft = (await filling.presses("leave_message"))["draft"]
    assert (draft["asked"], draft["facts"]["description"]["value"]) == (
        "needed_by",
        "零件還沒有送來",
    )


@pytest.mark.parametrize(
    ("purpose", "amount", "is_told"),
    [("申請", "40 萬", True), ("申請", "20 萬", False), ("請款", "40 萬", False)],
)
async def test_an_application_over_the_balance_is_told_at_once(
    hotline: Hotline, filling: Filling, purpose: str, amount: str, is_told: bool
) -> None:
    async with hotline.database.write() as session:
        await session.execute(delete(FundRow))
        session.add(FundRow(partner_id="P-1001", year=TODAY.year, granted=600_000,
                            requested=300_000, claimed=0, balance=300_000,
                            as_of=TODAY, source="test"))  # fmt: skip
    draft = begun("campaign_bdf", f"要{purpose} BDF 辦 12 月客戶研討會", "amount")
    after = (await filling.hears(draft, amount, "inform"))["draft"]
    assert after["facts"]["amount"]["value"].startswith("NT$")
    assert filling.uttered[0].startswith("NT$400,000 超過 BDF 目前可用的 NT$300,000") is is_told


async def test_another_request_at_the_summary_is_no_addition(filling: Filling) -> None:
    draft = begun("account_bdf", "BDF 還剩多少", CONFIRM)
    after = (await filling.hears(draft, "apply for BDF", "campaign_bdf"))["draft"]
    assert after["other"]["intent"] == "campaign_bdf"


async def test_a_person_who_is_to_phone_becomes_a_message(
    hotline: Hotline, filling: Filling
) -> None:
    words = "please have someone from technical support phone me"
    partner = Partner(hotline, filling.conversation_id)
    assert await partner.says(TalkToHuman(), words) == []
    assert (await conversation_row(hotline, filling.conversation_id)).holder == "bot"
    after = await filling.hears(None, words, "talk_to_human")
    assert after["draft"]["intent"] == "leave_message"


async def test_at_most_one_question_is_put_in_a_form(
    hotline: Hotline, contact: Contact, filling: Filling
) -> None:
    for key in ("one", "two"):
        await opened(hotline, contact, key=key)
    partner = Partner(hotline, filling.conversation_id, form=True)
    told = await partner.says(TicketStatus(), "進度")
    words, cards = told
    assert response([words]) == "which_later"
    assert cards["custom"]["kind"] == "list"


async def test_goodbye_with_a_request_half_filled_names_no_ticket(
    hotline: Hotline, filling: Filling
) -> None:
    partner = Partner(hotline, filling.conversation_id, form=True)
    assert response(await partner.says(Goodbye(), "thanks, bye")) == "goodbye_open"
