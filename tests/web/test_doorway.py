"""Every no and every fault is a page of the house, with its status, even without a database.

These tests have no database: pytest-django fails whatever touches one.
"""

import logging
from typing import Any, NoReturn

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import include, path
from django.views.decorators.http import require_POST

from evenhand.config.logs import WithoutWords
from evenhand.rules.officers import NotSignedIn
from evenhand.rules.refusals import Kind, Refused
from evenhand.web import urls as _known  # noqa: F401 - it knows the values that addresses hold
from evenhand.web.doorway import STATUS
from tests.web.test_components import EVIL, normal

pytestmark = pytest.mark.django_db

handler400 = "evenhand.web.doorway.bad_request"
handler403 = "evenhand.web.doorway.forbidden"
handler404 = "evenhand.web.doorway.page_not_found"
handler500 = "evenhand.web.doorway.server_error"
SECRET = "words of a case"


def refusal(kind: Kind) -> Refused:
    no = type("No", (Refused,), {"code": "E-TEST-99", "clause": "Clause 7", "kind": kind})
    refused: Refused = no("It is not {what}.", do="Ask {what}.", what=EVIL)
    return refused.with_others([no("And this.")])


ERRORS: dict[str, Any] = {
    **{kind.value: refusal(kind) for kind in Kind},
    "signed_out": NotSignedIn("You are not signed in."),
    "operational": OperationalError(SECRET),
    "interface": InterfaceError(SECRET),
    "suspicious": SuspiciousOperation(SECRET),
    "big": RequestDataTooBig(SECRET),
    "denied": PermissionDenied(SECRET),
    "fault": ValueError(SECRET),
}


def fail(request: HttpRequest, how: str) -> NoReturn:
    raise ERRORS[how]


def read(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(len(request.POST)))


urlpatterns = [
    path("fail/<how>", fail),
    path("read", read),
    path("button", require_POST(read)),
    path("api/v1/button", require_POST(read)),
    path("api/v1/fail/<how>", fail),
    path("account/", include("evenhand.web.account.urls")),
    path("", include("evenhand.web.public.urls")),
]


@pytest.fixture
def client(settings: Any) -> Client:
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


def title(response: Any) -> str:
    page = response.content.decode()
    return str(page.split("<title>")[1].split("</title>")[0])


def check_is_a_house_page(response: Any) -> None:
    page = response.content.decode()
    assert page.startswith("<!DOCTYPE html>")
    assert page.count("<h1") == 1
    assert normal(page)
    assert EVIL not in page
    assert SECRET not in page
    assert settings.DESK.name in title(response)


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.NOT_SIGNED_IN])
def test_each_kind_of_refusal_has_its_page_and_status(client: Client, kind: Kind) -> None:
    response = client.get(f"/fail/{kind}")
    assert response.status_code == STATUS[kind]
    check_is_a_house_page(response)
    page = response.content.decode()
    assert "&lt;script&gt;" in page
    assert "Rule E-TEST-99: Clause 7" in page
    assert "And this." in page
    assert ("Retry-After" in response) is (kind is Kind.UNAVAILABLE)


def test_what_only_a_button_may_send_says_so_where_it_is_opened(client: Client) -> None:
    response = client.get("/button")
    assert (response.status_code, response["Allow"]) == (405, "POST")
    check_is_a_house_page(response)
    assert "Nothing was done now" in response.content.decode()
    assert client.post("/button").content == b"0"
    assert b"<h1" not in client.get("/api/v1/button").content


def test_a_reader_who_is_not_signed_in_signs_in_and_comes_back(client: Client) -> None:
    response = client.get("/fail/signed_out?q=1")
    assert response.status_code == 302
    assert response["Location"] == "/account/login/?next=/fail/signed_out%3Fq%3D1"


def test_what_was_typed_after_signing_out_is_shown_to_be_copied(client: Client) -> None:
    response = client.post("/fail/signed_out", {"reason": "My own <words>.", "version": "3"})
    assert response.status_code == 403
    page = response.content.decode()
    assert '<p class="govuk-body eh-words">My own &lt;words&gt;.</p>' in page
    assert "it is kept nowhere" in page
    check_is_a_house_page(response)


def test_what_is_not_public_is_not_even_shown_again(client: Client) -> None:
    sent = {"description": "Words of a closed group.", "public_without_login": "no"}
    assert "closed group" not in client.post("/fail/signed_out", sent).content.decode()


@pytest.mark.parametrize("how", [*Kind, "signed_out", "operational", "big"])
def test_no_page_promises_that_going_back_brings_answers_back(client: Client, how: str) -> None:
    page = client.post(f"/fail/{how}").content.decode()
    assert "go back in your browser" not in page.lower()


@pytest.mark.parametrize("how", ["operational", "interface"])
def test_without_a_database_nothing_was_saved(client: Client, how: str) -> None:
    response = client.get(f"/fail/{how}")
    assert response.status_code == 503
    assert response["Retry-After"]
    assert "Nothing was saved" in title(response)
    check_is_a_house_page(response)


def test_a_database_missing_before_the_page_gives_the_same_page(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_self: object) -> NoReturn:
        raise OperationalError(SECRET)

    monkeypatch.setattr("evenhand.web.account.sessions.SessionStore.load", gone)
    client.cookies[settings.SESSION_COOKIE_NAME] = "x" * 32
    response = client.get("/account/")
    assert response.status_code == 503
    check_is_a_house_page(response)


@pytest.mark.parametrize("how", ["suspicious", "big"])
def test_what_cannot_be_read_is_a_bad_request(client: Client, how: str) -> None:
    response = client.get(f"/fail/{how}")
    assert response.status_code == 400
    check_is_a_house_page(response)


def test_too_many_fields_are_a_bad_request(client: Client) -> None:
    response = client.post("/read", {f"f{number}": "x" for number in range(501)})
    assert response.status_code == 400
    assert "too big" in response.content.decode()


def test_a_broken_upload_is_a_bad_request(client: Client) -> None:
    response = client.post("/read", b"--x\r\nnonsense", content_type="multipart/form-data")
    assert response.status_code == 400
    check_is_a_house_page(response)


def test_another_host_name_is_a_bad_request(client: Client) -> None:
    response = client.get("/read", headers={"host": "evil.example"})
    assert response.status_code == 400
    check_is_a_house_page(response)


def test_what_a_reader_may_not_see_is_forbidden(client: Client) -> None:
    response = client.get("/fail/denied")
    assert response.status_code == 403
    check_is_a_house_page(response)


def test_an_address_that_leads_nowhere_is_not_found(client: Client) -> None:
    response = client.get("/nowhere")
    assert response.status_code == 404
    check_is_a_house_page(response)


def test_a_fault_of_ours_is_a_plain_page_and_its_words_are_not_logged(
    client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    log = logging.getLogger("django")
    stream = log.handlers[0]
    assert isinstance(stream, logging.StreamHandler)
    lines: list[str] = []
    emit = stream.emit
    stream.emit = lambda record: lines.append(stream.format(record))  # type: ignore[method-assign]
    try:
        response = client.get("/fail/fault?q=words+of+a+case")
    finally:
        stream.emit = emit  # type: ignore[method-assign]
    assert response.status_code == 500
    check_is_a_house_page(response)
    assert any("ValueError at" in line and "test_doorway.py" in line for line in lines)
    assert not any("words" in line for line in lines)
    assert SECRET not in capsys.readouterr().err


def test_a_record_of_the_log_is_one_line_without_the_query() -> None:
    record = logging.makeLogRecord({"msg": "%s", "args": ("/a\nb\x1b\u2028?q=word",)})
    assert WithoutWords().filter(record)
    assert record.getMessage() == r"/a\x0ab\x1b\x2028?…"


def test_a_form_from_elsewhere_is_refused_and_its_secrets_are_not_shown(client: Client) -> None:
    client.handler.enforce_csrf_checks = True
    response = client.post("/account/login/", {"login": "ada", "password": "pass word"})
    assert response.status_code == 403
    page = response.content.decode()
    assert "Open the page again" in page
    assert "pass word" not in page
    check_is_a_house_page(response)


@pytest.mark.parametrize("how", ["forbidden", "operational", "fault"])
def test_the_api_says_its_own_no(client: Client, how: str) -> None:
    client.raise_request_exception = True
    with pytest.raises(type(ERRORS[how])):
        client.get(f"/api/v1/fail/{how}")


@pytest.mark.parametrize(
    "address",
    [
        "/account/login/",
        "/public/contact",
        "/.well-known/security.txt",
        "/nowhere",
        "/fail/operational",
        "/fail/fault",
        "/fail/signed_out",
        "/read",
        "/static/nothing.css",
    ],
)
def test_every_response_carries_the_headers_of_the_house(client: Client, address: str) -> None:
    headers = client.get(address).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_no_cache_keeps_what_a_page_shows(client: Client) -> None:
    assert client.get("/account/login/")["Cache-Control"].startswith("max-age=0")
    assert client.get("/public/report")["Cache-Control"] == "no-store"
    client.cookies[settings.SESSION_COOKIE_NAME] = "x" * 32
    assert client.get("/fail/big")["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "address",
    [
        "/account/signup/",
        "/account/email/",
        "/account/password/reset/",
        "/account/none/password/",
        "/account/login/code/",
    ],
)
def test_what_is_closed_is_not_there(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_security_txt_names_whom_to_tell_and_until_when(client: Client) -> None:
    response = client.get("/.well-known/security.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert lines["Contact"] == f"mailto:{settings.DESK.contact_email}"
    assert "Expires" in lines
    assert lines["Preferred-Languages"] == "en, cy"
    # Its own address stands in it only where that is https: RFC 9116 allows no other.
    assert ("Canonical" in lines) == settings.PUBLIC_URL.startswith("https://")


def test_a_sent_file_is_held_in_memory_and_never_in_a_folder_for_passing_files() -> None:
    file = SimpleUploadedFile("clip.mp4", b"x" * 6_000_000)
    request = RequestFactory().post("/", {"file": file})
    assert type(request.FILES["file"]) is InMemoryUploadedFile
    assert request.FILES["file"].read() == b"x" * 6_000_000
