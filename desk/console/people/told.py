"""What the pages of people say: faults, rows of sessions, a person's form."""

import math
from collections.abc import Sequence

from desk.console.scene import Scene, initial
from desk.console.views import MemberRow, PersonForm, SessionRow, Tick
from hotline.errors import Conflict, HotlineError, TooMany, Unauthorized
from hotline.permissions import ROLES
from hotline.settings import QUEUES
from hotline.staff.passwords import MIN_CHARS
from hotline.staff.people import Account
from hotline.staff.service import LANGUAGES, Staff
from hotline.staff.sessions import StaffSession

PEOPLE = "/console/people"
_LANGUAGE_WORDS = {"zh-TW": "language.in_chinese", "en": "language.in_english"}


def fault_words(scene: Scene, refused: HotlineError) -> str:
    """Why it was refused, by the fault's reason."""
    if isinstance(refused, TooMany):
        minutes = math.ceil(refused.fields["retry_after_s"] / 60)
        return scene.t("sign_in.too_often", minutes=minutes)
    if isinstance(refused, Unauthorized):
        return scene.t("me.fault.current")
    reason = "stale" if isinstance(refused, Conflict) else refused.fields.get("reason", "other")
    return scene.t(f"me.fault.{reason}", n=MIN_CHARS)


def session_rows(
    scene: Scene, found: Sequence[StaffSession], own_id: str = ""
) -> tuple[SessionRow, ...]:
    """The one that reads first, then by when they were seen last."""
    return tuple(
        SessionRow(
            id=one.id,
            browser=one.browser or scene.t("me.unknown_browser"),
            began_words=scene.at(one.began_at),
            began_iso=scene.iso(one.began_at),
            seen_words=scene.at(one.seen_at),
            seen_iso=scene.iso(one.seen_at),
            is_this=one.id == own_id,
        )
        for one in sorted(found, key=lambda one: one.id != own_id)
    )


def member_row(scene: Scene, staff: Staff, sessions: int) -> MemberRow:
    name = scene.name(staff)
    remarks = []
    if not staff.active:
        remarks.append(scene.t("people.has_left"))
    if staff.owes_renewal:
        remarks.append(scene.t("people.owes_renewal"))
    remarks.append(
        scene.t("people.has_second_step" if staff.has_second_step else "people.no_second_step")
    )
    if sessions:
        remarks.append(scene.t("people.signed_in", n=sessions))
    return MemberRow(
        name=name,
        surname=initial(name),
        email=staff.email,
        role_words=scene.t(f"role.{staff.role}"),
        queue_words=_listed(scene, [scene.t(f"service_queue.{queue}") for queue in staff.queues])
        or scene.t("people.no_queues"),
        language_words=_listed(scene, [scene.t(_LANGUAGE_WORDS[one]) for one in staff.languages]),
        remarks=tuple(remarks),
        url=f"{PEOPLE}/{staff.id}",
        active=staff.active,
    )


def empty_form(scene: Scene) -> PersonForm:
    return _form(scene, "", "", "", "specialist", (), LANGUAGES)


def form_for(scene: Scene, account: Account) -> PersonForm:
    it = account.staff
    return _form(scene, it.email, it.name, it.name_en, it.role, it.queues, it.languages,
                 str(account.version))  # fmt: skip


def typed_form(
    scene: Scene, form: dict[str, str], queues: Sequence[str], languages: Sequence[str]
) -> PersonForm:
    """What was typed, for a form that comes again."""
    return _form(
        scene, form.get("email", ""), form.get("name", ""), form.get("name_en", ""),
        form.get("role", ""), queues, languages, form.get("version", ""),
    )  # fmt: skip


def _form(
    scene: Scene,
    email: str,
    name: str,
    name_en: str,
    role: str,
    queues: Sequence[str],
    languages: Sequence[str],
    version: str = "",
) -> PersonForm:
    return PersonForm(
        email=email,
        name=name,
        name_en=name_en,
        roles=tuple(Tick(one, scene.t(f"role.{one}"), one == role) for one in ROLES),
        queues=tuple(Tick(one, scene.t(f"service_queue.{one}"), one in queues) for one in QUEUES),
        languages=tuple(
            Tick(one, scene.t(_LANGUAGE_WORDS[one]), one in languages) for one in LANGUAGES
        ),
        version=version,
    )


def _listed(scene: Scene, words: Sequence[str]) -> str:
    return scene.t("people.between").join(words)
