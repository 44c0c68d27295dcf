"""What each kind of timer does, and what is set when a desk starts.

A handler writes with the session that it is given and commits nothing. It may be told of something
long past, so it locks what the timer is about and looks whether that still holds. It may set its
own timer anew. No module of the core imports this one, so that handlers' modules may set timers.
"""

from hotline.core import Hotline
from hotline.escalations import firing
from hotline.escalations.records import CLIMB
from hotline.hardware_line import asking as hardware_line
from hotline.mornings import digest
from hotline.rota import watching as rota
from hotline.tickets import recounting, silence_steps, watching
from hotline.timers.outside import Reach
from hotline.timers.service import Handler
from hotline.versions import RECOUNT

HANDLERS: dict[str, Handler] = {
    RECOUNT: recounting.recount,
    watching.WARN: firing.promise_warn,
    watching.BREACH: firing.promise_breach,
    watching.COMPLAINT: firing.complaint_breach,
    CLIMB: firing.escalation_climb,
    rota.ROTA_CHECK: rota.check,
    digest.MORNING: digest.begin,
    **silence_steps.HANDLERS,
    **hardware_line.HANDLERS,
}
# What speaks to the network, save what is delivered (`notices`).
REACHES: dict[str, Reach] = {}


async def set_what_a_start_needs(hotline: Hotline) -> None:
    """Promises are counted anew, for the settings may be others; the rota is looked at daily."""
    async with hotline.database.write() as session:
        await recounting.count_all(session, hotline)
        await rota.ensure(session, hotline)
        await digest.ensure(session, hotline)
