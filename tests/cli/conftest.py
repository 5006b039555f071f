"""Homes of desks for these tests: short paths, and nothing of them left afterwards."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def place() -> Iterator[Path]:
    """An empty folder that is removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="evh-")).resolve()
    yield folder
    shutil.rmtree(folder, ignore_errors=True)
