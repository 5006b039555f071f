"""What the stories in a browser share: Chromium."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.stories.browser import chromium


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened
