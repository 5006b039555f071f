"""Published vectors that may be used but not committed: they lie beside the checkout.

They are in ``../shared/data``. Where they are absent, the tests that need them say loudly that they
did not run; in CI they fail instead.
"""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "data"


def published(name: str) -> Path:
    """Give the path of a published file or folder, or skip the test and say so."""
    found = SHARED / name
    if found.exists():
        return found
    why = f"NOT RUN: the published vectors {name} are not at {SHARED}"
    if os.environ.get("CI") == "true":
        pytest.fail(why)
    pytest.skip(why)
