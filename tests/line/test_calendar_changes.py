"""The hours change while the line runs: desk and assistant know it at the next word."""

import pytest

pytestmark = pytest.mark.line
