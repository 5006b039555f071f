"""What the stories in a browser share: a demo at work, and Chromium."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.cli.programs import RunningDemo, running_demo
from tests.stories.browser import chromium


@pytest.fixture(scope="module")
def demo() -> Iterator[RunningDemo]:
    folder = Path(tempfile.mkdtemp(prefix="evh-")).resolve()
    with running_demo(folder / "home") as running:
        yield running
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened
