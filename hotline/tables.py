"""All tables, imported in one place so that migrations and tests see the whole schema."""

from hotline import deliveries, journal, versions
from hotline.access_codes import rows as access_codes
from hotline.conversations import notes as conversation_notes
from hotline.conversations import rows as conversations
from hotline.conversations import seen
from hotline.database import Base
from hotline.partners import record_rows as partner_records
from hotline.partners import rows as partners
from hotline.staff import rows as staff
from hotline.tickets import rows as tickets
from hotline.timers import rows as timers

METADATA = Base.metadata
MODULES = (
    access_codes,
    conversation_notes,
    conversations,
    deliveries,
    journal,
    partner_records,
    partners,
    seen,
    staff,
    tickets,
    timers,
    versions,
)
