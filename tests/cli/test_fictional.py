"""A fictional platform's program answers a real desk at its API, with its token."""

import json
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from evenhand.actions import platform_tokens
from evenhand.cli.fictional import Platforms
from evenhand.cli.home import Home
from evenhand.rules.answers import PlatformStatus
from evenhand.rules.referrals import State
from tests.builders import MAX
from tests.desks import LiveDesk
from tests.journeys import Desk, row


def notice(reference: str, link: str) -> bytes:
    mail = EmailMessage(policy=SMTP)
    mail["From"] = "desk@desk.example"
    mail["To"] = "referrals@murmur.example"
    mail["Reply-To"] = f"desk+{reference}@desk.example"
    mail["Subject"] = f"[{reference}] A request"
    mail["Message-ID"] = "<1@desk.example>"
    mail.set_content(f"Answer here:\n{link}\n")
    return mail.as_bytes()


def test_murmur_replies_by_mail_and_declines_by_program(
    live_desk: LiveDesk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(now=datetime.now(UTC) - timedelta(days=1))
    reference = desk.brought_to(State.SENT, address="https://murmur.example/@somebody/12345")
    home = Home(tmp_path)
    for folder in (home.mail, home.keys):
        folder.mkdir()
    token = platform_tokens.make("murmur", acting=desk.by(MAX))
    home.platforms.write_text(json.dumps({"murmur.example": token}))
    platforms = Platforms(home)
    link = f"{live_desk.url}/public/answer/signed/"
    (home.mail / "1.eml").write_bytes(notice(reference, link))
    platforms.look(now=0)
    assert row(reference).platform_status == PlatformStatus.NONE_YET
    platforms.look(now=20)
    assert row(reference).platform_status == PlatformStatus.DECLINED
    assert len(list(home.mail_in.glob("*.eml"))) == 1
    home.platforms.write_text(json.dumps({"murmur.example": "wrong"}))
    (home.mail / "2.eml").write_bytes(notice(reference, link))
    platforms.look(now=30)
    platforms.look(now=50)
    assert "Not answered: HTTP Error 401" in capsys.readouterr().out
