from collections.abc import Iterator

import pytest

from tests.mail import MailServer, mail_server


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    """A mail server that the desk sends to."""
    from django.conf import settings

    with mail_server() as server:
        monkeypatch.setattr(settings, "SMTP_URL", server.address)
        yield server
