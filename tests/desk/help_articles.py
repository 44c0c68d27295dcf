"""A folder of articles for the help centre, some of them not for everybody or not for now."""

from collections.abc import Sequence
from pathlib import Path

_FILE = """---
id: {id}
topic: {id}
source: demo
owner: admin
audience: {audience}
valid_from: {valid_from}
valid_to: {valid_to}
updated: 2026-11-27
title:
  zh-TW: {zh}
  en: {en}
label:
  zh-TW: 文章
  en: Article
related: [{related}]
questions:
  zh-TW:
    - {zh_question}
  en:
    - {en_question}
---

# zh-TW

{zh}的簡答。
請打 {{toll_free}}。

---

{answer}

# en

The short answer: {en}.

---

{answer}
"""
ANSWER = """### 步驟
見[下單](article:order-late)與[底價](article:floor-prices)。<script>alert(1)</script>

| 欄 | 說明 |
|---|---|
| 一 | 二 |
"""
# What looks like a question about an order, and has no answer here.
UNANSWERED = "貨櫃船的交貨碼頭在哪個國家"
EVERYONE, PARTNERS = "everyone", "partners"
GOLD, SILVER = "{tiers: [gold]}", "{tiers: [silver]}"
INTEGRATORS, RESELLERS = "{types: [systems_integrator]}", "{types: [reseller]}"


def write(
    folder: Path,
    name: str,
    zh: str,
    en: str,
    *,
    audience: str = EVERYONE,
    valid: tuple[str, str] = ("2026-01-01", "2027-12-31"),
    related: Sequence[str] = (),
    answer: str = "答案。",
    questions: tuple[str, str] = ("無", "none"),
) -> None:
    """An article, whose `name` is its folder and its id."""
    file = folder / f"{name}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    text = _FILE.format(
        id=file.stem,
        audience=audience,
        valid_from=valid[0],
        valid_to=valid[1],
        zh=zh,
        en=en,
        related=", ".join(related),
        zh_question=questions[0],
        en_question=questions[1],
        answer=answer,
    )
    file.write_text(text, encoding="utf-8")


def write_all(folder: Path) -> None:
    """What the tests look for: a few for everybody, and one of each kind that is not."""
    write(
        folder, "orders/invoice-wrong", "發票打錯怎麼改", "A wrong invoice",
        related=("order-late", "floor-prices", "old-prices"), answer=ANSWER,
        questions=("統一編號打錯了", "the tax ID on my invoice is wrong"),
    )  # fmt: skip
    write(
        folder, "orders/order-late", "訂單什麼時候交貨", "When an order is delivered",
        questions=("我的訂單還沒到", "my order has not arrived"),
    )  # fmt: skip
    write(
        folder, "hotline/hours", "專線的服務時間", "The hours of the hotline",
        questions=("專線幾點開到幾點", "when are you open"),
    )  # fmt: skip
    write(folder, "conflict/channels", "通路衝突是什麼", "What channel conflict is")
    write(folder, "new-folder/anything", "BDF 與其他", "Business funds")
    write(
        folder, "presales/floor-prices", "夥伴底價表", "Floor prices", audience=PARTNERS,
        questions=("底價是多少", "what is the floor price"),
    )  # fmt: skip
    write(folder, "presales/for-gold", "金級專屬", "For gold", audience=GOLD)
    write(folder, "presales/for-silver", "銀級專屬", "For silver", audience=SILVER)
    write(folder, "presales/for-integrators", "整合商專屬", "Integrators", audience=INTEGRATORS)
    write(folder, "presales/for-resellers", "經銷商專屬", "Resellers", audience=RESELLERS)
    write(
        folder, "presales/old-prices", "去年的價格", "Last year's prices",
        valid=("2025-01-01", "2026-11-30"), questions=("去年賣多少錢", "the cost of last year"),
    )  # fmt: skip
    write(
        folder, "presales/last-day", "今天還有效", "Holds today", valid=("2025-01-01", "2026-12-01")
    )
    write(
        folder, "presales/to-come", "明天開始", "From tomorrow", valid=("2026-12-02", "2027-12-31")
    )
    (folder / "unanswered.yml").write_text(f"- {UNANSWERED}\n", encoding="utf-8")
