"""The demo's mail is shown as text to its officers, and there is no such page anywhere else."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from evenhand.rules.officers import Role
from tests.web.people import signed_in, stored, text_of

pytestmark = pytest.mark.django_db
MAIL = b"""X-Envelope-From: a\r\nFrom: Desk <desk@demo.example>\r\nTo: reports@site.example\r
Subject: [2026-000001] =?utf-8?q?Request_=3Cb=3E?=\r\nDate: Sun, 22 Nov 2026 17:53:00 +0000\r
Content-Type: text/plain; charset=utf-8\r\n\r\nLook at <script>alert(1)</script>\r\n"""
BROKEN = {
    "empty": b"",
    "nonsense": bytes(range(256)) * 40,
    "unknown-charset": b"Content-Type: text/plain; charset=x-none\r\n\r\n\xff\xfe",
    "bad-base64": b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!=",
    "html-only": b"Content-Type: text/html\r\n\r\n<script>alert(1)</script>",
    "bad-header": b"Subject: =?utf-8?b?!!!?=\r\nTo: <<>>,,\r\nDate: x\r\n\r\nx",
    "huge": b"Subject: x\r\n\r\n" + b"y" * 5_000_000,
}


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.HOME = tmp_path
    mail = tmp_path / "mail"
    mail.mkdir()
    return mail


@pytest.fixture
def client() -> Client:
    return signed_in(stored("Ada", Role.OFFICER))


def test_a_mail_is_listed_and_shown_as_text(client: Client, folder: Path) -> None:
    (folder / "20261122T175300000000-0a0b0c0d.eml").write_bytes(MAIL)
    listed = text_of(client.get("/demo/mail/"))
    assert "[2026-000001] Request &lt;b&gt;" in listed
    page = text_of(client.get("/demo/mail/20261122T175300000000-0a0b0c0d/"))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "reports@site.example" in page


def test_the_newest_hundred_are_listed(client: Client, folder: Path) -> None:
    for number in range(103):
        (folder / f"{number:03}.eml").write_bytes(MAIL)
    page = text_of(client.get("/demo/mail/"))
    assert "/demo/mail/102/" in page
    assert "/demo/mail/003/" in page
    assert "/demo/mail/002/" not in page


@pytest.mark.parametrize("name", BROKEN)
def test_no_mail_breaks_the_page(client: Client, folder: Path, name: str) -> None:
    (folder / f"{name}.eml").write_bytes(BROKEN[name])
    assert client.get("/demo/mail/").status_code == 200
    response = client.get(f"/demo/mail/{name}/")
    assert response.status_code == 200
    assert b"<script>alert" not in response.content
    assert len(response.content) < 2_000_000


def test_a_name_that_the_sink_never_gives_is_not_listed(client: Client, folder: Path) -> None:
    (folder / "a b.eml").write_bytes(MAIL)
    assert "No mail yet." in text_of(client.get("/demo/mail/"))


@pytest.mark.parametrize(
    "name", ["../keys/secret", "..%2F..%2Fsecret", "%2e%2e/secret", "x%00", "secret", "link"]
)
def test_no_name_leads_out_of_the_folder(client: Client, folder: Path, name: str) -> None:
    (folder.parent / "secret.eml").write_bytes(MAIL)
    (folder / "link.eml").symlink_to(folder.parent / "secret.eml")
    assert client.get(f"/demo/mail/{name}/").status_code == 404


def test_without_a_folder_there_is_no_mail_yet(
    client: Client, settings: Any, tmp_path: Path
) -> None:
    settings.HOME = tmp_path / "none"
    assert "No mail yet." in text_of(client.get("/demo/mail/"))


def test_strangers_sign_in_first() -> None:
    assert Client().get("/demo/mail/").status_code == 302


def test_a_real_desk_has_no_such_page(client: Client, settings: Any) -> None:
    assert "/demo/mail/" in text_of(client.get("/account/"))
    settings.DESK = replace(settings.DESK, demo=False)
    assert client.get("/demo/mail/").status_code == 404
    assert client.get("/demo/mail/x/").status_code == 404
    assert "/demo/mail/" not in text_of(client.get("/account/"))
