"""All tables, imported in one place so that migrations and tests see the whole schema."""

from hotline import deliveries, journal, versions
from hotline.access_codes import rows as access_codes
from hotline.calls import rows as calls
from hotline.canned import rows as canned
from hotline.conversations import notes as conversation_notes
from hotline.conversations import rows as conversations
from hotline.conversations import seen, withheld
from hotline.database import Base
from hotline.escalations import rows as escalations
from hotline.hardware_line import rows as hardware_line
from hotline.intake import rows as intake
from hotline.knowledge import rows as knowledge
from hotline.notices import rows as notices
from hotline.partners import record_rows as partner_records
from hotline.partners import rows as partners
from hotline.rota import rows as rota
from hotline.search import rows as search
from hotline.staff import rows as staff
from hotline.tickets import filter_rows as saved_filters
from hotline.tickets import rows as tickets
from hotline.timers import rows as timers
from hotline.understanding import rows as understanding

METADATA = Base.metadata
MODULES = (
    access_codes,
    canned,
    calls,
    conversation_notes,
    conversations,
    deliveries,
    escalations,
    hardware_line,
    intake,
    journal,
    knowledge,
    notices,
    partner_records,
    partners,
    rota,
    saved_filters,
    search,
    seen,
    staff,
    tickets,
    timers,
    understanding,
    versions,
    withheld,
)
