"""All tables, imported in one place so that migrations and tests see the whole schema."""

from hotline import deliveries, journal
from hotline.conversations import rows as conversations
from hotline.database import Base
from hotline.partners import rows as partners
from hotline.staff import rows as staff
from hotline.tickets import rows as tickets

METADATA = Base.metadata
MODULES = (conversations, deliveries, journal, partners, staff, tickets)
