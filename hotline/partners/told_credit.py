"""How the company stands with its payments, told: figures, no judgement, no reminder."""

from collections.abc import Sequence

from hotline.partners.records import Credit
from hotline.partners.telling import Card, Teller
from hotline.replies import Reply


def tell(teller: Teller, found: Sequence[Credit]) -> Reply:
    if not found:
        return teller.none()
    credit = found[0]
    return _details(teller, credit) if teller.question.view == "details" else _tell(teller, credit)


def _tell(teller: Teller, credit: Credit) -> Reply:
    over = credit.receivable - credit.credit_limit
    as_of, available = teller.as_of(credit.as_of), teller.money(max(0, -over))
    sums = {
        "receivable": teller.money(credit.receivable),
        "limit": teller.money(credit.credit_limit),
        "available": available,
    }
    overdue = _overdue(teller, credit)
    over_words = teller.words("record.credit.over", n=teller.money(over))
    return teller.say(
        "rec_credit_over_limit" if over > 0 else "rec_credit",
        then="rec_credit_ask",
        card=Card(
            title=teller.words("record.credit.title"),
            label=teller.words("record.credit.receivable"),
            value=sums["receivable"],
            missing=over_words if over > 0 else "",
            rows=[
                (teller.words("record.credit.overdue"), _overdue(teller, credit, "row")),
                (teller.words("record.credit.limit"), sums["limit"]),
                (teller.words("record.credit.available"), available),
            ],
            as_of=as_of,
        ),
        over=teller.money(over),
        overdue=overdue,
        as_of=as_of,
        **sums,
    )


def _details(teller: Teller, credit: Credit) -> Reply:
    rows = {
        "limit": teller.money(credit.credit_limit),
        "receivable": teller.money(credit.receivable),
        "available": teller.money(max(0, credit.credit_limit - credit.receivable)),
        "overdue": _overdue(teller, credit, "row"),
    }
    if credit.review and credit.reviewed_on:
        result = teller.words(f"record.credit.{credit.review}")
        on = teller.day(credit.reviewed_on)
        rows["review"] = teller.words("record.credit.reviewed", result=result, day=on)
    lines = [
        teller.words("summary_line", label=teller.words(f"record.credit.{key}"), value=value)
        for key, value in rows.items()
    ]
    return teller.say(
        "rec_credit_details", lines="\n".join(lines), as_of=teller.as_of(credit.as_of)
    )


def _overdue(teller: Teller, credit: Credit, where: str = "said") -> str:
    key = where if credit.overdue else f"{where}_none"
    return teller.words(
        f"record.credit.overdue_{key}",
        n=teller.money(credit.overdue),
        ratio=teller.percent(credit.overdue_ratio),
    )
