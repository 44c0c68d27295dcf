"""When a code may be tried and when there may be a new one, as pure rules."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.access_codes.rules import (
    LIFETIME,
    LOCKED_FOR,
    PER_ADDRESS,
    TRIES,
    WITHIN,
    Code,
    locked_for,
    minutes_of,
    standing,
    wait_for_next,
)

NOW = datetime(2026, 12, 1, 2, 15, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("code", "stands"),
    [
        (None, "gone"),
        (Code(NOW), "live"),
        (Code(NOW - LIFETIME + SECOND), "live"),
        (Code(NOW - LIFETIME), "gone"),
        (Code(NOW, tries=TRIES - 1, tried_at=NOW), "live"),
        (Code(NOW, tries=TRIES, tried_at=NOW), "locked"),
        (Code(NOW - LOCKED_FOR, tries=TRIES, tried_at=NOW - LOCKED_FOR + SECOND), "locked"),
        (Code(NOW - LOCKED_FOR, tries=TRIES, tried_at=NOW - LOCKED_FOR), "gone"),
        (Code(NOW, tries=TRIES, tried_at=NOW, used=True), "gone"),
        (Code(NOW, tries=1, tried_at=NOW, used=True), "gone"),
    ],
)
def test_a_code_is_live_locked_or_gone(code: Code | None, stands: str) -> None:
    assert standing(code, NOW) == stands


def test_the_last_try_when_right_locks_nothing() -> None:
    assert locked_for(Code(NOW, tries=TRIES, tried_at=NOW, used=True), NOW) == timedelta(0)


@given(st.lists(st.integers(0, 7200), max_size=12))
def test_after_the_wait_and_not_before_it_there_may_be_one_more(ages: list[int]) -> None:
    sent = [NOW - timedelta(seconds=age) for age in ages]
    wait = wait_for_next(NOW, sent, (), ())
    recent = [at for at in sent if at > NOW + wait - WITHIN]
    assert len(recent) < PER_ADDRESS
    if wait:
        just_before = [at for at in sent if at > NOW + wait - SECOND - WITHIN]
        assert len(just_before) >= PER_ADDRESS


def test_minutes_are_never_told_too_few() -> None:
    assert [minutes_of(timedelta(seconds=s)) for s in (1, 60, 61, 900)] == [1, 1, 2, 15]
