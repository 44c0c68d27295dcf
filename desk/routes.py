"""Every address of the desk."""

from aiohttp import web

from desk import (
    import_api,
    intake_api,
    my_data,
    openapi,
    partner_door,
    partner_sessions,
    staff_api,
    widget,
)
from desk.chat import api, live
from desk.chat import pages as partner
from desk.console import (
    amend_forms,
    chat_forms,
    door,
    morning,
    partners,
    presence,
    queue_forms,
    recordings,
    search,
    ticket_forms,
    undelivered,
    understanding,
)
from desk.console import handlers as console
from desk.console import live as console_live
from desk.console import rota as rota_pages
from desk.console.calls import backs as call_backs
from desk.console.calls import handlers as calls
from desk.console.calls.places import CALLERS_URL as CALLERS
from desk.console.calls.places import NEW_URL as NEW_CALL
from desk.console.calls.places import URL as CALLS
from desk.console.hours import forms as hours
from desk.console.incoming import forms as incoming
from desk.console.incoming.told import URL as INCOMING
from desk.console.knowledge import draft as knowledge_draft
from desk.console.knowledge import handlers as knowledge
from desk.console.knowledge.places import DRAFT_URL as KNOWLEDGE_DRAFT
from desk.console.knowledge.places import GAPS_URL as KNOWLEDGE_GAPS
from desk.console.knowledge.places import URL as KNOWLEDGE
from desk.console.people import audit, me
from desk.console.people import forms as people
from desk.console.places import PARTNERS, SEARCH
from desk.console.rules import forms as rules
from desk.console.texts import forms as texts
from desk.console.texts.page import URL as TEXTS
from desk.help import contents as help_contents
from desk.help import handlers as help_centre
from desk.my import answer as my_answer
from desk.my import forms as my_forms
from desk.my import handlers as my
from desk.my import notices as my_notices
from desk.pages import ROOT

_TICKET_FORMS = (
    "claim|take-over|release|reply|note|resolve|state|insert|amend|link|unlink|merge|unmerge"
    "|call-back"
)
_MY_FORMS = "answer|solved|unsolved|close|reopen|rate|escalate|chat"
_QUEUE_FORMS = "bulk|filters/save|filters/remove|presence"
_CHAT_FORMS = "take|give-back|pass|hand-on|close|messages|note|insert"
_ROTA_FORMS = "add|swap|remove"
_HOURS_FORMS = "|".join(hours.FORMS)
_LOOK = f"{understanding.URL}/{{message:[0-9]{{1,9}}}}"
_INCOMING = f"{INCOMING}/{{message:[0-9]{{1,9}}}}"
_MEMBER = "/console/people/{member:[0-9]{1,9}}"
_RECORDING = "/console/tickets/{number}/recordings/{file}"
_RAISED = "/console/tickets/{number}/escalations/{id}/acknowledge"


def add_to(app: web.Application) -> None:
    app.router.add_static("/static", ROOT / "static")
    app.add_routes(
        [
            web.get("/", partner.chat),
            web.get("/demo", partner.demo),
            web.post("/enter", partner_door.enter),
            web.post("/leave", partner_door.leave),
            web.get(partner_door.SIGN_IN, partner_door.address_page),
            web.post(partner_door.SIGN_IN, partner_door.ask_code),
            web.get(partner_door.CODE, partner_door.code_page),
            web.post(partner_door.CODE, partner_door.check_code),
            web.get(partner_sessions.PAGE, partner_sessions.page),
            web.post(f"{partner_sessions.PAGE}/end", partner_sessions.end),
            web.post(f"{partner_sessions.PAGE}/end-others", partner_sessions.end_others),
            web.get(my_notices.URL, my_notices.show),
            web.post(my_notices.URL, my_notices.choose),
            web.get("/my/data", my_data.show),
            web.post("/my/data", my_data.download),
            web.get(help_contents.URL, help_centre.contents),
            web.get(f"{help_contents.URL}/{{id}}", help_centre.article),
            web.get("/healthz", healthz),
            web.get("/api/openapi.json", openapi.describe),
            web.post("/api/conversations", api.start_conversation),
            web.get("/api/conversations/{id}/messages", api.list_messages),
            web.post("/api/conversations/{id}/messages", api.say),
            web.get("/api/conversations/{id}/tickets", api.own_tickets),
            web.get("/api/conversations/{id}/files/{file}", api.get_file),
            web.get("/api/conversations/{id}/live", live.live),
            # The widget in the pages of portals, and what browsers ask before it may speak.
            web.get(widget.SCRIPT, widget.script),
            web.get(widget.PANEL, partner.panel),
            web.post("/api/conversations/{id}/renew", api.renew),
            web.post("/api/conversations/{id}/identify", api.identify),
            *(web.options(path, widget.preflight) for path in widget.CHAT_API),
            web.get("/my", my.requests),
            web.get("/my/company", my.company),
            web.get("/my/tickets/{number}", my.ticket),
            web.get("/my/tickets/{number}/files/{file}", my.file),
            web.get(f"/my/tickets/{{number}}/{{form:{_MY_FORMS}}}", my.back_to_ticket),
            web.post("/my/tickets/{number}/answer", my_answer.answer),
            web.post("/my/tickets/{number}/solved", my_forms.solved),
            web.post("/my/tickets/{number}/unsolved", my_forms.unsolved),
            web.post("/my/tickets/{number}/close", my_forms.close),
            web.post("/my/tickets/{number}/reopen", my_forms.reopen),
            web.post("/my/tickets/{number}/rate", my_forms.rate),
            web.post("/my/tickets/{number}/escalate", my_forms.escalate),
            web.post("/my/tickets/{number}/chat", my_forms.chat),
            web.get("/console/sign-in", door.sign_in_page),
            web.post("/console/sign-in", door.sign_in),
            web.get(door.CODE, door.code_page),
            web.post(door.CODE, door.check_code),
            web.post("/console/sign-out", door.sign_out),
            web.get("/console/live", console_live.live),
            web.get("/console", console.queue),
            web.get(SEARCH, search.search),
            web.get(f"{PARTNERS}/{{partner}}", partners.partner),
            web.post("/console/filters/save", queue_forms.save_filter),
            web.post("/console/filters/remove", queue_forms.remove_filter),
            web.post("/console/bulk", queue_forms.act_on_selected),
            web.get(f"/console/{{form:{_QUEUE_FORMS}}}", queue_forms.back_to_queue),
            web.get("/console/tickets/{number}", console.ticket),
            web.post("/console/tickets/{number}/claim", ticket_forms.claim),
            web.post("/console/tickets/{number}/take-over", ticket_forms.take_over),
            web.post("/console/tickets/{number}/release", ticket_forms.release),
            web.post("/console/tickets/{number}/reply", ticket_forms.reply),
            web.post("/console/tickets/{number}/note", ticket_forms.note),
            web.post("/console/tickets/{number}/resolve", ticket_forms.resolve),
            web.post("/console/tickets/{number}/state", ticket_forms.set_state),
            web.post("/console/tickets/{number}/insert", ticket_forms.insert),
            web.post("/console/tickets/{number}/amend", amend_forms.amend),
            web.post("/console/tickets/{number}/link", amend_forms.link),
            web.post("/console/tickets/{number}/unlink", amend_forms.unlink),
            web.post("/console/tickets/{number}/merge", amend_forms.merge),
            web.post("/console/tickets/{number}/unmerge", amend_forms.unmerge),
            web.get(
                f"/console/tickets/{{number}}/{{form:{_TICKET_FORMS}}}", console.back_to_ticket
            ),
            web.post(_RECORDING, recordings.write_down),
            web.get(_RECORDING, console.back_to_ticket),
            web.post(_RAISED, ticket_forms.acknowledge),
            web.get(_RAISED, console.back_to_ticket),
            web.post("/console/presence", presence.stand),
            web.get("/console/conversations", console.chats),
            web.get("/console/conversations/{id}", console.chat),
            web.get("/console/conversations/{id}/files/{file}", console.file),
            web.post("/console/conversations/{id}/take", chat_forms.take),
            web.post("/console/conversations/{id}/give-back", chat_forms.give_back),
            web.post("/console/conversations/{id}/pass", chat_forms.pass_on),
            web.post("/console/conversations/{id}/hand-on", chat_forms.hand_on),
            web.post("/console/conversations/{id}/close", chat_forms.close),
            web.post("/console/conversations/{id}/messages", chat_forms.say),
            web.post("/console/conversations/{id}/note", chat_forms.note),
            web.post("/console/conversations/{id}/insert", chat_forms.insert),
            web.get(f"/console/conversations/{{id}}/{{form:{_CHAT_FORMS}}}", console.back_to_chat),
            web.post("/console/tickets/{number}/call-back", call_backs.note_outcome),
            web.get(morning.URL, morning.page),
            web.get(CALLS, calls.calls),
            web.get(NEW_CALL, calls.new_call),
            web.post(NEW_CALL, calls.take),
            web.get(CALLERS, calls.find_callers),
            web.get(f"{CALLS}/{{call:[0-9]{{1,9}}}}", calls.call),
            web.get(INCOMING, incoming.page),
            web.post(f"{_INCOMING}/link", incoming.link),
            web.post(f"{_INCOMING}/visitor", incoming.visitor),
            web.post(f"{_INCOMING}/junk", incoming.junk),
            web.post(f"{_INCOMING}/undo", incoming.undo),
            web.get(f"{_INCOMING}/{{form:{incoming.FORMS}}}", incoming.back_to_page),
            web.get("/console/rota", rota_pages.rota),
            web.post("/console/rota/add", rota_pages.add),
            web.post("/console/rota/swap", rota_pages.swap),
            web.post("/console/rota/remove", rota_pages.remove),
            web.get(f"/console/rota/{{act:{_ROTA_FORMS}}}", rota_pages.back_to_rota),
            web.get("/console/hours", hours.page),
            web.post("/console/hours/week", hours.week),
            web.post("/console/hours/year", hours.year),
            web.post("/console/hours/closed", hours.closed),
            web.post("/console/hours/open", hours.opened),
            web.post("/console/hours/sudden", hours.sudden),
            web.post("/console/hours/undo", hours.undo),
            web.get(f"/console/hours/{{form:{_HOURS_FORMS}}}", hours.back_to_page),
            web.get(TEXTS, texts.page),
            web.post(TEXTS, texts.save),
            web.post(f"{TEXTS}/remove", texts.remove),
            web.get(f"{TEXTS}/remove", texts.back_to_page),
            web.get("/console/deadlines", rules.page),
            web.post("/console/deadlines", rules.step),
            web.get(understanding.URL, understanding.understanding),
            web.get(_LOOK, understanding.back_to_page),
            web.post(_LOOK, understanding.label),
            web.get(KNOWLEDGE, knowledge.knowledge),
            web.get(KNOWLEDGE_GAPS, knowledge.back_to_page),
            web.post(KNOWLEDGE_GAPS, knowledge.mark_gap),
            web.get(KNOWLEDGE_DRAFT, knowledge_draft.form),
            web.post(KNOWLEDGE_DRAFT, knowledge_draft.step),
            web.get(door.ME, me.me),
            web.post(f"{door.ME}/password", me.password),
            web.post(f"{door.ME}/second-step", me.propose_step),
            web.post(f"{door.ME}/second-step-code", me.confirm_step),
            web.post(f"{door.ME}/no-second-step", me.remove_step),
            web.post(f"{door.ME}/mails", me.mails),
            web.post(f"{door.ME}/end", me.end),
            web.post(f"{door.ME}/end-others", me.end_others),
            web.get(f"{door.ME}/{{form:{me.FORMS}}}", me.back_to_page),
            web.get("/console/people", people.everybody),
            web.post("/console/people", people.add),
            web.get(_MEMBER, people.member),
            web.post(f"{_MEMBER}/change", people.change),
            web.post(f"{_MEMBER}/leave", people.leave),
            web.post(f"{_MEMBER}/return", people.come_back),
            web.post(f"{_MEMBER}/password", people.reset_password),
            web.post(f"{_MEMBER}/second-step", people.reset_second_step),
            web.post(f"{_MEMBER}/sessions", people.end_sessions),
            web.get(f"{_MEMBER}/{{form:{people.FORMS}}}", people.back_to_member),
            web.get(undelivered.URL, undelivered.page),
            web.post(f"{undelivered.URL}/again", undelivered.again),
            web.post(f"{undelivered.URL}/give-up", undelivered.give_up),
            web.get(f"{undelivered.URL}/{{form:{undelivered.FORMS}}}", undelivered.back_to_page),
            web.get(audit.URL, audit.page),
            web.get(f"{audit.URL}.csv", audit.export),
            web.post("/api/intake/messages", intake_api.take_message),
            web.get("/api/staff/tickets", staff_api.list_tickets),
            web.get("/api/staff/tickets/{number}", staff_api.get_ticket),
            web.post("/api/staff/tickets/{number}/claim", staff_api.claim),
            web.post("/api/staff/tickets/{number}/reply", staff_api.reply),
            web.post("/api/staff/tickets/{number}/note", staff_api.note),
            web.post("/api/staff/tickets/{number}/resolve", staff_api.resolve),
            web.post("/api/staff/tickets/{number}/state", staff_api.set_state),
            web.get("/api/staff/conversations", staff_api.list_conversations),
            web.post("/api/staff/conversations/{id}/take", staff_api.take),
            web.post("/api/staff/conversations/{id}/give-back", staff_api.give_back),
            web.post("/api/staff/conversations/{id}/messages", staff_api.say),
            web.post("/api/import/{kind}", import_api.import_records),
        ]
    )


async def healthz(request: web.Request) -> web.Response:
    return web.json_response({"ok": True})
