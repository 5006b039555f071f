"""Officers sign in with what they know and have; strangers and guessers do not."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from evenhand.web.account.adapter import username_tried
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
    assert "too short" in client.post("/account/password/", weak).content.decode()
    good = "a new long phrase of words"
    answer = {"oldpassword": PASSWORD, "password1": good, "password2": good}
    assert client.post("/account/password/", answer).status_code == 302
    assert client.get("/account/").status_code == 302
    assert sign_in(client, good) == 302
