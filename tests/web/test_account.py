"""Officers sign in with what they know and have; strangers and guessers do not."""

import re

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import User
from django.test import Client

from evenhand.web.account.adapter import username_tried
from evenhand.web.account.present import browser
from tests.web.test_doorway import check_is_a_house_page

PASSWORD = "correct horse battery"
LOGIN = "/account/login/"
OWN = [
    "/account/",
    "/account/password/",
    "/account/factors/",
    "/account/factors/webauthn/",
    "/account/sessions/",
    "/account/logout/",
]

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.account_urls")]


@pytest.fixture
def client() -> Client:
    User.objects.create_user("ada", password=PASSWORD)
    return Client()


def sign_in(client: Client, password: str, *, username: str = "ada") -> int:
    return client.post(LOGIN, {"login": username, "password": password}).status_code


def test_the_right_password_opens_the_desk(client: Client) -> None:
    assert sign_in(client, PASSWORD) == 302
    assert client.get("/account/").status_code == 200


def test_a_wrong_password_says_so_without_saying_which_part_is_wrong(client: Client) -> None:
    wrong = client.post(LOGIN, {"login": "ada", "password": "x"}).content.decode()
    nobody = client.post(LOGIN, {"login": "eve", "password": "x"}).content.decode()
    sentence = "The user name or the password is not right; try again"
    assert sentence in wrong
    assert sentence in nobody
    assert "<title>Error: Sign in" in wrong


def test_five_wrong_passwords_lock_the_name_however_it_is_written(client: Client) -> None:
    names = ["ada", "ADA", " ada", "Ada", "aDa"]
    assert [sign_in(client, "x", username=it) for it in names] == [200, 200, 200, 200, 429]
    response = client.post(LOGIN, {"login": "ada", "password": PASSWORD})
    assert response.status_code == 429
    assert response["Retry-After"] == "900"
    check_is_a_house_page(response)
    User.objects.create_user("bo", password=PASSWORD)
    assert sign_in(client, PASSWORD, username="bo") == 302


def test_attempts_are_counted_by_one_spelling() -> None:
    assert {username_tried(None, {"username": it}) for it in ("Ada", " ADA ")} == {"ada"}  # type: ignore[arg-type]


@pytest.mark.parametrize("address", OWN)
def test_a_page_of_ones_own_account_is_a_house_page_and_not_for_strangers(
    client: Client, address: str
) -> None:
    assert Client().get(address).status_code == 302
    sign_in(client, PASSWORD)
    response = client.get(address)
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    check_is_a_house_page(response)


@pytest.mark.parametrize(
    "address",
    [
        "/account/factors/webauthn/add/",
        "/account/factors/totp/activate/",
        "/account/factors/recovery-codes/generate/",
    ],
)
def test_what_changes_how_one_signs_in_needs_a_recent_sign_in(client: Client, address: str) -> None:
    sign_in(client, PASSWORD)
    session = client.session
    methods = session["account_authentication_methods"]
    session["account_authentication_methods"] = [{**it, "at": it["at"] - 3600} for it in methods]
    session.save()
    response = client.get(address)
    assert response.status_code == 302
    assert response["Location"].startswith("/account/confirm/")
    check_is_a_house_page(client.get(response["Location"]))


def test_signing_out_everywhere_ends_every_session(client: Client) -> None:
    other = Client()
    assert sign_in(client, PASSWORD) == sign_in(other, PASSWORD) == 302
    assert client.get("/account/sessions/").status_code == 200
    assert other.get("/account/sessions/").status_code == 200
    assert client.post("/account/sessions/end/")["Location"] == LOGIN
    assert client.get("/account/").status_code == 302
    assert other.get("/account/").status_code == 302


def test_a_new_password_must_be_good_and_ends_the_session(client: Client) -> None:
    sign_in(client, PASSWORD)
    weak = {"oldpassword": PASSWORD, "password1": "password", "password2": "password"}
    refused = client.post("/account/password/", weak).content.decode()
    assert "The new password must have at least 12 characters" in refused
    assert "The new password must not be a common password" in refused
    assert "This password is too" not in refused
    good = "a new long phrase of words"
    answer = {"oldpassword": PASSWORD, "password1": good, "password2": good}
    assert client.post("/account/password/", answer).status_code == 302
    assert client.get("/account/").status_code == 302
    assert sign_in(client, good) == 302


def test_a_wrong_password_now_is_called_wrong(client: Client) -> None:
    sign_in(client, PASSWORD)
    good = "a new long phrase of words"
    wrong = {"oldpassword": "not it at all", "password1": good, "password2": good}
    for _ in range(6):
        page = client.post("/account/password/", wrong).content.decode()
        assert "The password you use now is not right; try again" in page


def test_one_place_is_signed_out_and_the_others_stay(client: Client) -> None:
    other = Client()
    firefox = {
        "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    }
    assert sign_in(client, PASSWORD) == 302
    other.post(LOGIN, {"login": "ada", "password": PASSWORD}, headers=firefox)
    assert other.get("/account/", headers=firefox).status_code == 200
    page = client.get("/account/sessions/").content.decode()
    assert "Firefox on Linux" in page
    assert "Gecko" not in page
    (there,) = re.findall(r'action="(/account/sessions/\d+/end/)"', page)
    assert client.post(there)["Location"] == "/account/sessions/"
    assert other.get("/account/").status_code == 302
    assert client.get("/account/").status_code == 200


def test_nobody_signs_a_colleague_out(client: Client) -> None:
    User.objects.create_user("bo", password=PASSWORD)
    bo = Client()
    sign_in(client, PASSWORD)
    sign_in(bo, PASSWORD, username="bo")
    bo.get("/account/")
    (session,) = UserSession.objects.filter(user__username="bo")
    client.post(f"/account/sessions/{session.pk}/end/")
    assert bo.get("/account/").status_code == 200


def test_everywhere_else_leaves_this_browser_signed_in(client: Client) -> None:
    other = Client()
    for one in (client, other):
        sign_in(one, PASSWORD)
        one.get("/account/")
    assert client.post("/account/sessions/")["Location"] == "/account/sessions/"
    assert other.get("/account/").status_code == 302
    assert client.get("/account/").status_code == 200


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/1.0 Safari/5 Edg/1.0",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) CriOS/1.0 Safari/6",
            "Chrome on iPhone or iPad",
        ),
        ("Mozilla/5.0 (Macintosh) Version/17.0 Safari/605", "Safari on Mac"),
        ("curl/8.0", "Another browser"),
        ("Linux", "Linux"),
    ],
)
def test_a_browser_is_named_in_words(line: str, name: str) -> None:
    assert browser(line) == name
