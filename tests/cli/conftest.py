"""Homes of desks for these tests: short paths, and nothing of them left afterwards."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.programs import RunningDemo, running_demo, wait_until_nothing_is_left


@pytest.fixture
def place() -> Iterator[Path]:
    """An empty folder that is removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="evh-")).resolve()
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def demo() -> Iterator[RunningDemo]:
    """A running demo that the tests of one module share."""
    folder = Path(tempfile.mkdtemp(prefix="evh-")).resolve()
    with running_demo(folder / "home") as running:
        yield running
    left = wait_until_nothing_is_left(folder / "home")
    shutil.rmtree(folder, ignore_errors=True)
    assert not left
