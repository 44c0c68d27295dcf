"""The live conversations that a console lists: which, in which order, with what was said."""

from datetime import timedelta

from hotline.conversations import holding, live
from hotline.conversations.service import begin, start
from hotline.core import Hotline
from tests.conftest import CONTACT, ENGINEER, LEAD, contact_of, staff_of
from tests.core.desk_work import said, says


async def spoken_in(hotline: Hotline, *words: str) -> str:
    """The id of a conversation that stays with the assistant."""
    talk, _greeting = await start(hotline, await contact_of(hotline, CONTACT))
    for n, text in enumerate(words):
        await says(hotline, talk.id, text, f"c{n}")
    return talk.id


async def listed(hotline: Hotline, staff_id: int | None = None) -> list[str]:
    async with hotline.database.read() as session:
        return [one.id for one in await live.listed(session, hotline.now(), staff_id)]


async def test_what_waits_what_is_held_and_what_the_assistant_was_just_told(
    any_hotline: Hotline,
) -> None:
    hotline = any_hotline
    engineer, lead = await staff_of(hotline, ENGINEER), await staff_of(hotline, LEAD)
    early = await spoken_in(hotline, "問合約")
    hotline.clock.advance(timedelta(minutes=31))
    await spoken_in(hotline)  # only greeted
    lately, mine, others, waits = [await spoken_in(hotline, "硬碟壞了") for _ in range(4)]
    await holding.take(hotline, engineer, mine)
    await holding.take(hotline, lead, others)
    async with hotline.database.write() as session:
        await holding.join_queue(session, hotline, waits)
    async with hotline.database.write() as session:
        mail = await begin(session, hotline, None, "zh-TW", needs_session=True)
    await says(hotline, mail.id, "信件內容", "m1")

    assert set(await listed(hotline)) == {lately, mine, others, waits}
    assert set(await listed(hotline, engineer.id)) == {lately, mine, waits}
    await says(hotline, early, "還在嗎", "again")
    assert early in await listed(hotline)
    hotline.clock.advance(timedelta(minutes=31))
    assert set(await listed(hotline)) == {mine, others, waits}
    await holding.close(hotline, engineer, mine)
    assert set(await listed(hotline, engineer.id)) == {waits}


async def test_of_many_with_the_assistant_the_ones_spoken_in_last_are_listed(
    any_hotline: Hotline,
) -> None:
    talks = [await spoken_in(any_hotline, "硬碟壞了") for _ in range(7)]
    await says(any_hotline, talks[0], "還在嗎", "again")
    assert set(await listed(any_hotline)) == {talks[0], *talks[3:]}


async def test_the_last_words_of_all_partners_are_read_at_once(any_hotline: Hotline) -> None:
    hotline, engineer = any_hotline, await staff_of(any_hotline, ENGINEER)
    first = await spoken_in(hotline, "硬碟壞了", "序號 78A1234")
    second = await spoken_in(hotline, *(f"第 {n} 句" for n in range(30)))
    await holding.take(hotline, engineer, first)
    await spoken_in(hotline)
    async with hotline.database.read() as session:
        every = await holding.held(session, "bot") + await holding.held(session, "person")
        words = await live.partners_words(session, every)
        assert await live.partners_words(session, []) == {}
    assert [one.text for one in words[first]] == ["硬碟壞了", "序號 78A1234"]
    assert words.keys() == {first, second}
    last = [one for one in (await said(hotline, second))[-20:] if one.sender == "partner"]
    assert [one.text for one in words[second]] == [one.text for one in last]
    assert len(last) < 30
