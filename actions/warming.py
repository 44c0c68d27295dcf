"""The action server reads and indexes the articles before it listens, so that nobody waits for it.

By the variable that the runner sets: whatever else imports the actions does not need it.
"""

import os

from hotline.clock import Clock
from hotline.knowledge.articles import Reader
from hotline.knowledge.library import library_in
from hotline.knowledge.naming import known_to
from hotline.settings import load_settings

if os.environ.get("ARTICLES_AT_START"):
    _settings = load_settings()
    _library = library_in(_settings.knowledge_dir, known_to(_settings))
    _now = Clock(_settings.clock_file, _settings.env).now()
    _today = _now.astimezone(_settings.hours.zone).date()
    for _reader in (Reader(), Reader(is_partner=True)):
        _library.index(_library.shelf().readable(_reader, _today))
