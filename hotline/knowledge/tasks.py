"""What is to be done about the articles: those whose time has passed."""

from datetime import date

from hotline.core import Hotline
from hotline.knowledge.articles import Article
from hotline.staff.service import Staff


def expired(hotline: Hotline, staff: Staff) -> list[Article]:
    """Those that are spoken no more; first those of `staff`'s queues, then the longest expired."""
    today = hotline.today()
    found = [it for it in hotline.library.shelf().articles.values() if it.has_expired(today)]
    return sorted(
        found, key=lambda it: (it.owner not in staff.queues, it.valid_to or date.max, it.id)
    )


def count_expired(hotline: Hotline, staff: Staff) -> int:
    """How many of them are for the queues of `staff` to renew."""
    return sum(article.owner in staff.queues for article in expired(hotline, staff))
