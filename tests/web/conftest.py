"""What the tests of pages share."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def in_the_language_of_the_desk() -> Iterator[None]:
    """Leave no language behind: a page that was asked for in Welsh has this thread speak Welsh."""
    yield
    translation.deactivate()
