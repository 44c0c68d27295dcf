"""The help centre: what is listed, found and read there, by whom, when, in which language."""

import re
import shutil
from pathlib import Path

import pytest

from desk.help.contents import TOPICS
from desk.help.titles import heading_of, order_of
from desk.keys import HOTLINE
from desk.sayings import chat_with
from hotline import access
from hotline.core import Hotline
from hotline.knowledge.library import Library
from hotline.knowledge.naming import known_to
from hotline.settings import Settings, load_settings
from tests.conftest import CONTACT, contact_of
from tests.desk.console_pages import all_of, page, part
from tests.desk.help_articles import UNANSWERED, write, write_all
from tests.desk.people import Client

FOR_PARTNERS = ("floor-prices", "for-gold", "for-integrators")
FOR_NOBODY = ("for-silver", "for-resellers", "old-prices", "to-come")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "knowledge"


@pytest.fixture
def settings(sqlite_settings: Settings, folder: Path) -> Settings:
    """The same settings with a few articles of the tests' own."""
    write_all(folder)
    own = sqlite_settings.knowledge.model_copy(update={"folder": folder})
    return sqlite_settings.model_copy(update={"knowledge": own})


@pytest.fixture
async def partner(client: Client, hotline: Hotline) -> Client:
    """The browser of the demonstration's contact: gold, a systems integrator."""
    token = access.partner_token(hotline, await contact_of(hotline, CONTACT))
    answer = await client.post("/enter", data={"token": token}, allow_redirects=False)
    assert answer.status == 303
    return client


def ids(text: str) -> list[str]:
    return [url.removeprefix("/help/") for url in links(text)]


def links(text: str) -> list[str]:
    return re.findall(r'<a href="([^"]+)" data-test="entry">', text)


async def missing(client: Client, article: str) -> str:
    """The page of an article that there is not, with nothing in it that was in its address."""
    return (await page(client, f"/help/{article}", status=404)).replace(article, "…")


# The list


async def test_all_that_a_visitor_may_see_is_listed_by_topic(client: Client) -> None:
    text = await page(client, "/help")
    assert all_of(text, "topic", "data-topic") == [
        "hotline", "orders", "presales", "conflict", "other"
    ]  # fmt: skip
    assert ids(text) == [
        "hours", "order-late", "invoice-wrong", "last-day", "channels", "anything"
    ]  # fmt: skip
    assert '<h2 id="orders">訂單、發票與付款</h2>' in text
    assert "共 6 篇。" in text
    assert '<a href="/sign-in?next=%2Fhelp">登入</a>' in text
    assert "no-store" in (await client.get("/help")).headers["Cache-Control"]


async def test_the_list_by_title_has_letters_then_strokes(client: Client) -> None:
    text = await page(client, "/help?by=title")
    headings = re.findall(r'<h2 id="i-\d+-title">([^<]+)</h2>', text)
    assert headings == ["B", "4 畫", "9 畫", "11 畫", "12 畫"]
    assert ids(text) == [
        "anything", "last-day", "order-late", "hours", "channels", "invoice-wrong"
    ]  # fmt: skip
    in_english = await page(client, "/help?by=title&lang=en")
    headings = re.findall(r'<h2 id="i-\d+-title">([^<]+)</h2>', in_english)
    assert headings == ["B", "H", "W"]
    assert ids(in_english)[1:3] == ["last-day", "hours"]


@pytest.mark.parametrize(
    ("title", "kind", "value"),
    [
        ("一張工單", "strokes", "1"),
        ("補發票", "strokes", "12"),
        ("「專線」", "strokes", "11"),
        ("變更資料", "strokes", "23"),
        ("The life of a ticket", "letter", "L"),
        ("an order", "letter", "O"),
        ("A", "letter", "A"),
        ("24 小時", "other", ""),
        ("…", "other", ""),
        ("", "other", ""),
        ("𠮷", "other", ""),
    ],
)
def test_a_title_is_filed_under_its_letter_or_its_strokes(
    title: str, kind: str, value: str
) -> None:
    heading = heading_of(title)
    assert (heading.kind, heading.value) == (kind, value)


def test_titles_are_sorted_as_they_are_filed() -> None:
    titles = ["𠮷", "變更", "補發票", "零件", "工單", "BDF", "the card", "air"]
    assert sorted(reversed(titles), key=order_of) == [
        "air", "BDF", "the card", "工單", "補發票", "零件", "變更", "𠮷"
    ]  # fmt: skip


def test_every_folder_of_the_articles_is_a_topic() -> None:
    settings = load_settings()
    files = Library(settings.knowledge_dir, known_to(settings)).shelf().articles.values()
    assert {Path(article.file).parent.name for article in files} == set(TOPICS)


async def test_without_articles_the_list_says_so(client: Client, folder: Path) -> None:
    shutil.rmtree(folder)
    assert part(await page(client, "/help"), "none")
    assert part(await page(client, "/help?q=發票"), "none")


# The search


@pytest.mark.parametrize(
    ("words", "best"),
    [
        ("發票的統一編號打錯了", "invoice-wrong"),
        ("tax ID on the invoice is wrong", "invoice-wrong"),
        ("专线几点开", "hours"),
        ("我的 order 還沒到", "order-late"),
    ],
)
async def test_a_search_finds_in_either_language(client: Client, words: str, best: str) -> None:
    answer = await client.get("/help", params={"q": words, "lang": "zh-TW"})
    text = await answer.text()
    assert ids(text)[0] == best
    assert part(text, "found")
    assert f"<title>搜尋「{words}」｜" in text
    assert f'value="{words}"' in text


async def test_what_is_found_has_its_short_answer(client: Client) -> None:
    text = await page(client, "/help?q=invoice+wrong&lang=en")
    assert ">A wrong invoice</a>" in text
    assert '<p class="found__short">The short answer: A wrong invoice.</p>' in text


async def test_what_comes_far_behind_the_best_is_not_listed(client: Client, folder: Path) -> None:
    write(folder, "orders/credit-note", "折讓單", "Credit note",
          questions=("折讓單怎麼開", "how to get a credit note"))  # fmt: skip
    assert ids(await page(client, "/help?q=折讓單怎麼開")) == ["credit-note"]


async def test_what_to_say_in_the_chat_is_a_link_that_brings_it_along(
    client: Client, folder: Path
) -> None:
    write(
        folder, "orders/lost", "貨不見了", "Lost goods", answer="輸入「查貨 & 單號」或打「查貨」。"
    )
    shown = await page(client, "/help/lost")
    assert f'打「<a href="{chat_with("查貨")}">查貨</a>」' in part(shown, "full")
    chat = await page(client, chat_with("查貨</textarea>"))
    assert 'data-test="composer">查貨&lt;/textarea&gt;</textarea>' in chat


async def test_no_more_than_ten_are_found(client: Client, folder: Path) -> None:
    for n in range(12):
        write(folder, f"machines/m{n}", f"機器韌體 {n}", f"Firmware {n}",
              questions=("韌體怎麼升級", "how to update the firmware"))  # fmt: skip
    text = await page(client, "/help?q=韌體怎麼升級")
    assert len(ids(text)) == 10
    assert part(text, "found")


async def test_a_question_that_no_article_answers_is_told_so_with_the_nearest(
    client: Client,
) -> None:
    text = await page(client, f"/help?q={UNANSWERED}")
    refused = part(text, "none")
    assert "沒有文章回答這個問題" in refused
    assert f'href="{chat_with(UNANSWERED)}" data-test="ask">' in refused
    assert not part(text, "found")
    assert "order-late" in ids(part(text, "perhaps"))


async def test_where_nothing_comes_near_nothing_is_offered(client: Client) -> None:
    text = await page(client, "/help?q=zzzz")
    assert part(text, "none")
    assert not part(text, "perhaps")


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "{{ 7 * 7 }} {% raw %}",
        ".*+?^${}()|[]\\",
        "(?P<a>(a+)+)$",
        "%s%d%n' OR 1=1 --",
        "\x00\x1b[31m\u202e發票",
        "😀" * 50,
        "發" * 800,
        "a" * 10_000,
        "發" * 10_000,
    ],
)
async def test_whatever_is_searched_for_is_only_words(client: Client, words: str) -> None:
    answer = await client.get("/help", params={"q": words})
    text = await answer.text()
    assert answer.status == 200
    assert "<script>alert" not in text
    assert "<img" not in text
    assert "49" not in text.partition("<main")[2]
    value = re.search(r'name="q"[^>]* value="([^"]*)"', text)
    assert value
    assert "\x00" not in value[1]
    assert len(value[1]) < 1500


@pytest.mark.parametrize("words", ["", "   ", "\n\t", "\x00"])
async def test_a_search_for_nothing_is_the_list(client: Client, words: str) -> None:
    answer = await client.get("/help", params={"q": words})
    assert 'data-test="topic"' in await answer.text()


# One article


async def test_an_article_has_its_words_and_links_only_to_what_may_be_read(client: Client) -> None:
    text = await page(client, "/help/invoice-wrong")
    assert "<title>發票打錯怎麼改｜晨曦資訊夥伴專線</title>" in text
    number = client.app[HOTLINE].settings.vendor.toll_free
    description = f"發票打錯怎麼改的簡答。 請打 {number}。"
    assert f'<meta name="description" content="{description}">' in text
    full = part(text, "article")
    assert "<h3>步驟</h3>" in full
    assert '<a href="/help/order-late">下單</a>與<a>底價</a>' in full
    assert "&lt;script&gt;alert(1)" in full
    assert '<time datetime="2026-11-27">2026/11/27 更新</time>' in full
    assert '<div class="article__table" role="group" tabindex="0" aria-label="表格"><table>' in full
    assert ids(part(text, "related")) == ["order-late"]
    assert '<a href="/help#orders">訂單、發票與付款</a>' in text
    assert '<a class="button" href="/" data-test="ask">' in text
    answer = await client.get("/help/invoice-wrong")
    assert "no-store" in answer.headers["Cache-Control"]


async def test_the_language_is_changed_on_the_article_and_remembered(client: Client) -> None:
    text = await page(client, "/help/invoice-wrong")
    assert 'href="/help/invoice-wrong?lang=en"' in text
    in_english = await page(client, "/help/invoice-wrong?lang=en")
    assert '<html lang="en">' in in_english
    assert "<h1>A wrong invoice</h1>" in in_english
    assert "Updated 27 Nov 2026" in in_english
    assert 'href="/help/invoice-wrong?lang=zh-TW"' in in_english
    assert "Help centre" in await page(client, "/help")


# Who may see what, and when


async def test_what_is_not_for_visitors_or_not_for_now_is_nowhere(client: Client) -> None:
    for url in ("/help", "/help?by=title", "/help?q=底價是多少", "/help?q=去年賣多少錢"):
        listed = ids(await page(client, url))
        assert not set(listed) & {*FOR_PARTNERS, *FOR_NOBODY}, url
    unknown = await missing(client, "no-such-article")
    assert "找不到這篇文章" in unknown
    for article in (*FOR_PARTNERS, *FOR_NOBODY):
        assert await missing(client, article) == unknown


async def test_a_contact_sees_what_is_for_their_company(partner: Client) -> None:
    listed = ids(await page(partner, "/help"))
    assert set(FOR_PARTNERS) < set(listed)
    assert not set(FOR_NOBODY) & set(listed)
    assert ids(await page(partner, "/help?q=底價是多少"))[0] == "floor-prices"
    text = await page(partner, "/help/invoice-wrong")
    assert '<a href="/help/floor-prices">底價</a>' in text
    assert ids(part(text, "related")) == ["order-late", "floor-prices"]
    assert "<h1>夥伴底價表</h1>" in await page(partner, "/help/floor-prices")
    unknown = await missing(partner, "no-such-article")
    for article in FOR_NOBODY:
        assert await missing(partner, article) == unknown


async def test_signed_out_it_is_hidden_again(partner: Client) -> None:
    await page(partner, "/help/floor-prices")
    await partner.post("/leave", headers={"Sec-Fetch-Site": "same-origin"}, allow_redirects=False)
    await missing(partner, "floor-prices")


@pytest.mark.parametrize("id_", ["%3Cscript%3E", "..%2F..%2Fetc", "%00", "a" * 3000, "發票"])
async def test_any_other_address_is_the_page_of_no_article(client: Client, id_: str) -> None:
    text = await page(client, f"/help/{id_}", status=404)
    assert "找不到這篇文章" in text
    assert "<script>" not in text


async def test_the_chat_and_the_own_page_lead_to_it(partner: Client) -> None:
    for url in ("/", "/my", "/my/company"):
        assert '<a href="/help">知識庫</a>' in await page(partner, url)
    await partner.post("/leave", headers={"Sec-Fetch-Site": "same-origin"}, allow_redirects=False)
    assert 'href="/help" aria-label="知識庫"' in await page(partner, "/")
    assert "/help" not in await page(partner, "/widget/panel")
