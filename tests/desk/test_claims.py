"""Many people claim many conversations at two desks over PostgreSQL; `make claims` is larger."""

from pathlib import Path

import pytest

from bench.claims import WANTED_BY, run
from tests.postgres import new_database

pytestmark = pytest.mark.postgres


def test_each_conversation_has_one_winner_and_every_loser_is_told_who(
    postgres_server: str, tmp_path: Path
) -> None:
    with new_database(postgres_server) as url:
        report = run(url, tmp_path, people=16, conversations=40)
    assert report["wrong"] == []
    assert (report["won"], report["lost_and_told_who_has_it"]) == (40, 40 * (WANTED_BY - 1))
