"""The company's certificates, told: how many hold, which ends next, a person's, all of them."""

from collections.abc import Sequence
from datetime import date

from hotline.partners.records import Certification
from hotline.partners.telling import Card, Teller
from hotline.replies import Reply
from wording import record_wishes

ON_A_PAGE = 7


def tell(teller: Teller, held: Sequence[Certification]) -> Reply:
    if not held:
        return teller.none()
    if teller.question.view == "all":
        return _all(teller, held)
    if person := _person_meant(teller, held):
        return _of_person(teller, person, held)
    if record_wishes.wants_list(teller.question.text):
        return _all(teller, held)
    return _overview(teller, held)


def _overview(teller: Teller, held: Sequence[Certification]) -> Reply:
    valid = [one for one in held if one.is_valid(teller.today)]
    expired = len(held) - len(valid)
    ending = [one for one in valid if one.until is not None]
    if not valid:
        name, shown = "rec_cert_expired", max(held, key=_end)
    elif ending:
        name, shown = "rec_cert", min(ending, key=_end)
    else:
        name, shown = "rec_cert_lasting", valid[0]
    until = teller.day(shown.until) if shown.until else ""
    as_of = teller.as_of(_as_of(held))
    count = teller.words("record.certificates", n=len(valid))
    also = teller.words("record.also_expired", n=expired) if expired and valid else ""
    next_words = "record.ended_last" if not valid else "record.ends_next"
    rows = [(teller.words(next_words), _line(teller, shown))] if shown.until else []
    return teller.say(
        name,
        then="rec_cert_ask",
        card=Card(
            title=teller.words("record.certification"),
            label=teller.words("record.valid"),
            value=count,
            missing=teller.words("record.expired_of", n=expired) if expired else "",
            rows=rows,
            as_of=as_of,
        ),
        valid=_count_valid(teller, len(valid)),
        expired=also,
        n=len(held),
        person=shown.person,
        title=shown.title,
        until=until,
        as_of=as_of,
    )


def _all(teller: Teller, held: Sequence[Certification]) -> Reply:
    """So many lines at a time, by person and then by the day they end."""
    ordered = sorted(held, key=lambda one: (one.person, _end(one)))
    first = (teller.question.page - 1) * ON_A_PAGE
    shown = ordered[first : first + ON_A_PAGE] or ordered[:ON_A_PAGE]
    left = max(0, len(ordered) - first - len(shown))
    lines = [_line(teller, one) for one in shown]
    if left:
        lines.append(teller.words("record.and_more", n=left))
    return teller.say(
        "rec_cert_list_more" if left else "rec_cert_list",
        n=len(held),
        as_of=teller.as_of(_as_of(held)),
        lines="\n".join(lines),
        page=teller.question.page + 1,
    )


def _of_person(teller: Teller, person: str, held: Sequence[Certification]) -> Reply:
    own = sorted((one for one in held if one.person == person), key=_end)
    as_of = teller.as_of(_as_of(own or held))
    if not own:
        return teller.say("rec_cert_person_none", then="rec_cert_ask", person=person, as_of=as_of)
    lines = [_title(teller, one) for one in own[:ON_A_PAGE]]
    if len(own) > ON_A_PAGE:
        lines.append(teller.words("record.and_more", n=len(own) - ON_A_PAGE))
    return teller.say("rec_cert_person", person=person, as_of=as_of, lines="\n".join(lines))


def _person_meant(teller: Teller, held: Sequence[Certification]) -> str | None:
    """Whoever the words name, with a certificate or without; the asker, of somebody's own."""
    text = teller.question.text
    people = sorted({one.person for one in held}, key=len, reverse=True)
    named = next((one for one in people if record_wishes.names_person(text, one)), None)
    own = teller.contact.name if record_wishes.asks_for_own(text) else None
    return named or own or _without_any(teller)


def _without_any(teller: Teller) -> str | None:
    """Somebody named of whom nothing is held; a company has the form of a name too."""
    person = record_wishes.person_named(teller.question.text)
    contact = teller.contact
    is_company = person and any(person in name for name in (contact.company_zh, contact.company_en))
    return None if is_company else person


def _line(teller: Teller, one: Certification) -> str:
    said = _title(teller, one)
    return teller.words("record.of_person", person=one.person, certificate=said)


def _title(teller: Teller, one: Certification) -> str:
    if one.until is None:
        return teller.words("record.lasting", title=one.title)
    key = "record.until" if one.is_valid(teller.today) else "record.until_past"
    return teller.words(key, title=one.title, until=teller.day(one.until))


def _count_valid(teller: Teller, number: int) -> str:
    key = "record.one_valid" if number == 1 else "record.several_valid"
    return teller.words(key, n=number)


def _end(one: Certification) -> date:
    return one.until or date.max


def _as_of(held: Sequence[Certification]) -> date:
    """The day that all of them hold for."""
    return min(one.as_of for one in held)
