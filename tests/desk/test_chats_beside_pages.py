"""The other chats beside one: which are shown, what is new in them, and what it costs to ask."""

import re
from datetime import timedelta

import pytest

from desk.console.chats import conversations_page
from desk.console.frame import frame_of
from desk.console.scene import Scene
from desk.pages import Pages
from hotline.conversations import holding, waits
from hotline.conversations.service import start
from hotline.core import Hotline
from hotline.hand_off import offers
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from tests.conftest import OTHER_COMPANY, contact_of
from tests.core.desk_work import says
from tests.core.test_colleagues_tickets import statements
from tests.desk.people import Client, new_id, page

CHATS = "/console/conversations"
SECTION = re.compile(r'<ol class="chats__list" id="chats-(\w+)".*?</ol>', re.DOTALL)
ITEM = re.compile(r'<li class="[^"]*" id="chat-(\w+)".*?</li>', re.DOTALL)
UNREAD = re.compile(r'data-test="unread">.*?aria-hidden="true">(\d+)<', re.DOTALL)


async def talk(hotline: Hotline, contact: Contact | None, words: str = "硬碟壞了") -> str:
    conversation, _greeting = await start(hotline, contact)
    await says(hotline, conversation.id, words, new_id())
    return conversation.id


async def queued(hotline: Hotline, contact: Contact | None) -> str:
    waiting = await talk(hotline, contact)
    async with hotline.database.write() as session:
        await holding.join_queue(session, hotline, waiting)
    return waiting


@pytest.fixture
async def mine(hotline: Hotline, contact: Contact, engineer: Staff) -> list[str]:
    """Two chats of the engineer's own, with a word that is new in each."""
    english = await contact_of(hotline, OTHER_COMPANY)
    found = [await talk(hotline, who) for who in (contact, english)]
    for one in found:
        await holding.take(hotline, engineer, one)
        await says(hotline, one, "還在嗎", new_id())
    return found


def lists(text: str) -> dict[str, list[str]]:
    """The ids in each list of the page."""
    return {found[1]: [item[1] for item in ITEM.finditer(found[0])] for found in
            SECTION.finditer(text)}  # fmt: skip


def item_of(text: str, conversation_id: str) -> str:
    return next(found[0] for found in ITEM.finditer(text) if found[1] == conversation_id)


def new_in(text: str, conversation_id: str) -> int:
    found = UNREAD.search(item_of(text, conversation_id))
    return int(found[1]) if found else 0


async def test_beside_a_chat_stand_those_that_wait_ones_own_and_the_assistants(
    console: Client, hotline: Hotline, contact: Contact, lead: Staff, mine: list[str]
) -> None:
    waiting, assistants = await queued(hotline, None), await talk(hotline, contact, "問對帳單")
    others = await talk(hotline, contact)
    await holding.take(hotline, lead, others)
    text = await page(console, f"{CHATS}/{mine[0]}")
    assert lists(text) == {
        "waiting": [waiting], "mine": mine, "assistant": [assistants], "others": []
    }  # fmt: skip
    assert "2 / 3" in text
    assert "2 場，上限 3 場" in text
    assert "問對帳單" in item_of(text, assistants)
    assert f'action="{CHATS}/{waiting}/take"' in item_of(text, waiting)
    # The one that is open is marked, and no other.
    column = text.partition('data-test="beside"')[2].partition("</aside>")[0]
    assert column.count('aria-current="page"') == 1
    assert 'aria-current="page"' in item_of(text, mine[0])
    assert '<time class="chat__at" datetime="2026' in item_of(text, mine[1])
    # The list's own page has all of them, colleagues' too, and nothing is open there.
    whole = await page(console, CHATS)
    assert lists(whole) == {**lists(text), "others": [others]}
    assert whole.count('aria-current="page"') == 1  # in the navigation


async def test_what_is_new_in_a_chat_is_not_new_any_more_once_it_is_opened(
    console: Client, mine: list[str]
) -> None:
    first, second = mine
    text = await page(console, f"{CHATS}/{first}")
    assert (new_in(text, first), new_in(text, second)) == (0, 1)
    part = await page(console, f"{CHATS}?fragment=list&open={first}")
    assert (new_in(part, first), new_in(part, second)) == (0, 1)
    assert 'aria-current="page"' in item_of(part, first)
    assert "我的對談有 1 則新訊息" in part  # the bars come along
    text = await page(console, f"{CHATS}/{second}")
    assert (new_in(text, first), new_in(text, second)) == (0, 0)


@pytest.mark.parametrize("wish", ["", "x", "../queue", "%22%3E%3Cb%3E", "0" * 33])
async def test_a_part_beside_what_is_no_chat_is_the_list(
    console: Client, mine: list[str], wish: str
) -> None:
    text = await page(console, f"{CHATS}?fragment=list&open={wish}")
    assert lists(text)["mine"] == mine
    assert 'aria-current="page"' not in text


async def test_of_many_that_wait_the_first_are_shown_and_whoever_is_mine_to_take(
    console: Client, hotline: Hotline, contact: Contact, engineer: Staff, mine: list[str]
) -> None:
    waiting = []
    for _ in range(6):
        waiting.append(await queued(hotline, contact))
        hotline.clock.advance(timedelta(seconds=1))
    async with hotline.database.write() as session:
        wait = await waits.current(session, waiting[4])
        assert wait is not None
        wait.offered_to_id = engineer.id
        wait.offered_until = hotline.now() + timedelta(minutes=1)
    text = await page(console, f"{CHATS}/{mine[0]}")
    assert lists(text)["waiting"] == [*waiting[:3], waiting[4]]
    assert "看全部 6 場" in text
    assert 'aria-hidden="true">5<' in item_of(text, waiting[4])  # the place in line
    assert lists(await page(console, CHATS))["waiting"] == waiting


@pytest.mark.parametrize(
    ("back", "there"),
    [(f"{CHATS}/ID", f"{CHATS}/ID"), ("//elsewhere.example", CHATS), ("", CHATS)],
)
async def test_whoever_leaves_a_chat_to_a_colleague_stays_where_they_are(
    console: Client, hotline: Hotline, contact: Contact, engineer: Staff, mine: list[str],
    back: str, there: str,
) -> None:  # fmt: skip
    waiting = await queued(hotline, contact)
    assert await offers.offer(hotline, waiting, engineer.id)
    text = await page(console, f"{CHATS}/{mine[0]}")
    assert f'name="back" value="{CHATS}/{mine[0]}"' in item_of(text, waiting)
    answer = await console.post(
        f"{CHATS}/{waiting}/pass",
        data={"back": back.replace("ID", mine[0])},
        headers={"Origin": str(console.make_url("")).rstrip("/")},
        allow_redirects=False,
    )
    where = answer.headers["Location"]
    assert (answer.status, where) == (303, there.replace("ID", mine[0]))


async def test_more_chats_are_no_more_statements(
    hotline: Hotline, contact: Contact, engineer: Staff, mine: list[str]
) -> None:
    scene = Scene(hotline, Pages(hotline), engineer, "zh-TW", hotline.now())

    async def asked() -> list[str]:
        async with hotline.database.read() as session:
            frame = await frame_of(scene, session, "conversations", CHATS)
            with statements(hotline) as found:
                shown = await conversations_page(scene, session, frame, mine[0])
        assert [one.id for one in shown.mine[:2]] == mine
        return found

    few = await asked()
    assert len(few) == 2
    for _ in range(4):
        await holding.take(hotline, engineer, await talk(hotline, contact))
        await talk(hotline, contact)
    assert len(await asked()) == 2
    # Whom it is offered to is asked for all that wait at once.
    for _ in range(4):
        await queued(hotline, contact)
    assert len(await asked()) == 3
