from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.actions.test_cosigning import Log
from tests.gates import Gate
from tests.mail import MailServer, mail_server


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    """A mail server that the desk sends to."""
    from django.conf import settings

    with mail_server() as server:
        monkeypatch.setattr(settings, "SMTP_URL", server.address)
        yield server


@pytest.fixture
def gate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    """A desk whose messages wait for witnesses."""
    with ExitStack() as running:
        yield Gate(Log(tmp_path, running), monkeypatch)
