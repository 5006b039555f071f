"""Logging up to 50 addresses in one go: each is checked and answered for by itself."""

import re
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from evenhand.actions.assessments import take_statutory_route
from evenhand.queries import referral as in_full
from evenhand.rules.assessments import ReportedTo
from evenhand.rules.officers import Officer, Role
from evenhand.rules.referrals import State
from evenhand.store.machinery import DraftRow
from tests.builders import as_reader
from tests.web.filling import check_valid, entered
from tests.web.people import acting, logged, queries_of, signed_in, stored, text_of
from tests.web.test_log import LOG, WITH_NAMES, YOUTUBE, answers, everything

pytestmark = pytest.mark.django_db
CHECK = "/log-content/check/"
ACCOUNT = "https://www.tiktok.com/@made.up"
A, B, C = (f"https://youtu.be/{letter * 11}" for letter in "abc")
ROW = re.compile(r"<h2[^>]*>(\d+)\. <strong[^>]*>\s*(.*?)\s*</strong>")


@pytest.fixture
def ada() -> Officer:
    return stored("Ada", Role.OFFICER)


@pytest.fixture
def client(ada: Officer) -> Client:
    return signed_in(ada)


def pasted(client: Client, *addresses: str) -> Any:
    """Paste addresses; the page on which they are checked."""
    page = client.post(LOG, answers(url="\n".join(addresses)))
    check_valid(page)
    return page


def sent(client: Client, page: Any, **changes: str) -> Any:
    """Send a check page as it stands, but for some changes."""
    answer = client.post(CHECK, entered(page) | changes)
    if answer.content:
        check_valid(answer)
    return answer


def rows(page: Any) -> list[tuple[str, str]]:
    return ROW.findall(text_of(page))


def test_every_address_is_a_row_that_says_what_it_is(client: Client, ada: Officer) -> None:
    logged(ada, A)
    spelling = f"https://www.youtube.com/watch?v={'b' * 11}"
    page = pasted(client, YOUTUBE, "http://localhost/x", A, B, spelling)
    assert rows(page) == [
        ("1", "Ready"),
        ("2", "Cannot be logged"),
        ("3", "The desk has it"),
        ("4", "Ready"),
        ("5", "Cannot be logged"),
    ]
    text = text_of(page)
    assert "YouTube: dQw4w9WgXcQ" in text
    assert "Clipnest" in text_of(pasted(client, "https://clipnest.example/v/1", B))
    assert "This address does not lead to a public website." in text
    assert "E-URL-04" in text
    assert "This repeats address 4 of this list: it is the same content." in text
    assert "E-SAME-02" in text
    assert len(everything(ada)) == 1


def test_a_refused_address_does_not_stop_the_others(client: Client, ada: Officer) -> None:
    page = pasted(client, A, "ftp://example.com/x", B)
    assert "Log 2 addresses" in text_of(page)
    done = sent(client, page)
    results = client.get(done["Location"])
    check_valid(results)
    text = text_of(results)
    assert "2 referrals logged" in text
    assert "1 address was not logged." in text
    assert "ftp://example.com/x" in text
    assert "E-URL-02" in text
    for line in everything(ada):
        assert line.reference in text
    assert [it.address for it in everything(ada)] == [B, A]


def test_an_address_that_comes_twice_says_which_line_it_repeats(
    client: Client, ada: Officer
) -> None:
    page = pasted(client, A, B, A)
    assert rows(page) == [("1", "Ready"), ("2", "Ready"), ("3", "Cannot be logged")]
    results = text_of(client.get(sent(client, page)["Location"]))
    assert "This repeats address 1 of this list" in results
    assert len(everything(ada)) == 2


def test_an_account_is_logged_once_the_officer_says_that_all_of_it_is_meant(
    client: Client, ada: Officer
) -> None:
    page = pasted(client, ACCOUNT)
    assert rows(page) == [("1", "A whole account")]
    assert "everything on it" in text_of(page)
    unsaid = sent(client, page)
    assert unsaid.status_code == 422
    assert "Say that the whole account of address 1 is meant" in text_of(unsaid)
    assert everything(ada) == []
    sent(client, unsaid, whole_1="on")
    [line] = everything(ada)
    shown = text_of(client.get(f"/referrals/{line.reference}/"))
    assert "The whole account, and not one post on it" in shown
    told = text_of(client.get(f"/referrals/{line.reference}/history/"))
    assert "a whole account is meant" in told


def test_an_account_that_the_desk_has_is_left_out_or_meant_again(
    client: Client, ada: Officer
) -> None:
    sent(client, pasted(client, ACCOUNT), whole_1="on")
    page = pasted(client, ACCOUNT, A)
    assert rows(page)[0] == ("1", "The desk has it")
    unsaid = sent(client, page, what_1="link")
    assert unsaid.status_code == 422
    done = sent(client, unsaid, what_1="leave")
    assert "You left it out." in text_of(client.get(done["Location"]))
    sent(client, pasted(client, ACCOUNT), what_1="link", whole_1="on")
    assert [it.state for it in everything(ada)] == [State.DUPLICATE, State.LOGGED, State.LOGGED]


def test_each_referral_carries_what_was_said_once(client: Client, ada: Officer) -> None:
    sent(client, pasted(client, A, B))
    for line in everything(ada):
        referral = in_full.one(line.reference, acting=as_reader(ada))
        assert referral.description == answers()["description"]


def test_a_row_can_be_corrected_without_typing_the_rest_again(client: Client, ada: Officer) -> None:
    page = pasted(client, A, "http://localhost/x")
    again = sent(client, page, address_2=B, again="yes")
    assert rows(again) == [("1", "Ready"), ("2", "Ready")]
    assert everything(ada) == []
    sent(client, again)
    assert [it.address for it in everything(ada)] == [B, A]


def test_a_correction_that_is_refused_again_stops_and_is_linked_to_its_row(
    client: Client, ada: Officer
) -> None:
    page = sent(client, pasted(client, A, "http://localhost/x"), address_2="http://127.0.0.1/")
    assert page.status_code == 422
    assert 'href="#id_address_2"' in text_of(page)
    assert everything(ada) == []


def test_a_corrected_address_that_the_desk_has_is_asked_about(client: Client, ada: Officer) -> None:
    logged(ada, C)
    page = sent(client, pasted(client, A, B), address_2=C)
    assert page.status_code == 422
    assert "Select what to do with address 2" in text_of(page)
    assert len(everything(ada)) == 1


def test_rows_are_left_out_and_the_results_say_so(client: Client, ada: Officer) -> None:
    page = sent(client, pasted(client, A, B, C), leave_2="on", again="yes")
    assert [number for number, _tag in rows(page)] == ["1", "3"]
    results = client.get(sent(client, page, address_3=" ")["Location"])
    assert text_of(results).count("You left it out.") == 2
    assert [it.address for it in everything(ada)] == [A]


def test_leaving_everything_out_logs_nothing_and_says_so(client: Client, ada: Officer) -> None:
    page = pasted(client, A, B)
    answer = client.post(CHECK, entered(page) | {"leave_1": "on", "leave_2": "on"}, follow=True)
    assert "Nothing was logged." in text_of(answer)
    assert everything(ada) == []


def test_what_was_entered_can_be_changed_with_all_addresses(client: Client) -> None:
    page = text_of(sent(client, pasted(client, A, B), change="yes"))
    assert '<h1 class="govuk-heading-l">Log content</h1>' in page
    assert answers()["description"] in page
    assert f"{A}\n{B}" in page


def test_of_a_private_place_only_a_count_is_kept(client: Client, ada: Officer) -> None:
    private = "https://discord.gg/geheim"
    page = pasted(client, A, private, B)
    page = sent(client, page, again="yes")
    results = text_of(client.get(sent(client, page)["Location"]))
    assert "E-URL-06" in results
    assert "geheim" not in results
    with connection.cursor() as cursor:
        cursor.execute("SELECT rule, count FROM refused_intake")
        assert cursor.fetchall() == [("E-URL-06", 1)]


def test_the_results_can_be_come_back_to_by_whoever_logged_them(
    client: Client, ada: Officer
) -> None:
    there = sent(client, pasted(client, A, B))["Location"]
    first = text_of(client.get(there))
    assert "30 days" in first
    (line, _other) = everything(ada)
    assert line.reference in first
    assert line.reference in text_of(client.get(there))
    bo = signed_in(stored("Bo", Role.OFFICER))
    assert bo.get(there).status_code == 404
    assert signed_in(stored("Ola", Role.OVERSEER)).get(there).status_code == 403


def test_the_kept_results_hold_no_address_in_the_open(client: Client) -> None:
    sent(client, pasted(client, A, "http://localhost/secret", B))
    assert [b"secret" in bytes(it.answers) for it in DraftRow.objects.all()] == [False]


def test_the_results_are_forgotten_when_one_takes_the_statutory_route(
    client: Client, ada: Officer
) -> None:
    there = sent(client, pasted(client, A, B, f"{A}?t=1"))["Location"]
    take_statutory_route(
        everything(ada)[1].reference,
        reported_to=ReportedTo.IWF,
        reported_reference="IWF-1",
        acting=acting(ada),
    )
    assert client.get(there).status_code == 404


def test_a_second_click_logs_nothing_twice(client: Client, ada: Officer) -> None:
    page = pasted(client, A, B)
    first, second = sent(client, page), sent(client, page)
    assert first["Location"] == second["Location"]
    assert len(everything(ada)) == 2


def test_a_batch_after_a_single_one_from_the_same_page_is_logged(
    client: Client, ada: Officer
) -> None:
    form = entered(client.get(LOG)) | {it: [text] for it, text in answers(url=A).items()}
    assert client.post(LOG, form).status_code == 302
    page = client.post(LOG, form | {"url": [f"{B}\n{C}"]})
    assert sent(client, page).status_code == 302
    assert len(everything(ada)) == 3


def test_fifty_rows_take_as_many_queries_as_two(client: Client, ada: Officer) -> None:
    for number in range(25):
        logged(ada, f"https://youtu.be/{number:011d}")
    addresses = [f"https://youtu.be/{number:011d}" for number in range(50)]
    client.get(LOG)

    def ask(count: int) -> int:
        return queries_of(lambda: client.post(LOG, answers(url="\n".join(addresses[-count:]))))

    assert ask(2) == ask(50)
    page = pasted(client, *addresses[25:])
    few, many = sent(client, pasted(client, A, B)), sent(client, page)
    seen = [queries_of(lambda there=it["Location"]: client.get(there)) for it in (few, many)]  # type: ignore[misc]
    assert seen[0] == seen[1]


def test_answers_sent_after_the_session_ended_come_back(client: Client, ada: Officer) -> None:
    page = pasted(client, A, "http://localhost/x")
    client.logout()
    asked = client.post(CHECK, entered(page) | {"address_2": B})
    there = parse_qs(urlsplit(asked["Location"]).query)["next"][0]
    account = User.objects.get(username=ada.name.lower())
    client.force_login(account, backend="evenhand.web.account.backend.AccountsOfOfficers")
    back = client.get(there)
    assert f'value="{B}"' in text_of(back)
    assert "Your answers are here" in text_of(back)


@pytest.mark.parametrize("sent_", [{}, {"address_1": "x"}, {"address_51": A}, {"left": "x"}])
def test_a_forged_check_page_logs_nothing(
    client: Client, ada: Officer, sent_: dict[str, str]
) -> None:
    assert client.post(CHECK, sent_).status_code in {302, 422}
    assert everything(ada) == []


def test_a_check_page_that_says_not_public_is_refused(client: Client, ada: Officer) -> None:
    page = sent(client, pasted(client, A, B), public_without_login="no")
    assert page.status_code == 422
    assert "E-PRIV-72" in text_of(page)
    assert everything(ada) == []


def test_the_check_page_by_itself_leads_to_the_form(client: Client) -> None:
    assert client.get(CHECK)["Location"] == LOG


class TestSameContent:
    """The desk has it already: nothing is saved before the officer has said what to do."""

    @pytest.fixture
    def earlier(self, ada: Officer) -> str:
        return logged(ada, f"https://www.youtube.com/watch?v={'a' * 11}")

    def test_the_earlier_referral_is_shown_before_anything_is_saved(
        self, client: Client, ada: Officer, earlier: str
    ) -> None:
        page = text_of(pasted(client, A))
        assert "This desk has 1 of them already." in page
        assert earlier in page
        assert len(everything(ada)) == 1

    def test_it_can_be_linked_as_a_duplicate(
        self, client: Client, ada: Officer, earlier: str
    ) -> None:
        done = sent(client, pasted(client, A), what_1="link")
        new = everything(ada)[0]
        assert new.state is State.DUPLICATE
        assert in_full.one(new.reference, acting=as_reader(ada)).duplicate_of == earlier
        assert "Content logged" in text_of(client.get(done["Location"]))

    @pytest.mark.usefixtures("earlier")
    def test_a_duplicate_among_others_is_told_apart(self, client: Client) -> None:
        done = sent(client, pasted(client, A, B), what_1="link")
        assert "Duplicate" in text_of(client.get(done["Location"]))

    @pytest.mark.usefixtures("earlier")
    def test_going_on_needs_a_reason_and_keeps_it(self, client: Client, ada: Officer) -> None:
        page = sent(client, pasted(client, A, B), what_1="continue", reason_1=" ")
        assert page.status_code == 422
        assert "Enter why you go on with address 1" in text_of(page)
        sent(client, page, reason_1="It is up again.")
        moves = [in_full.one(it.reference, acting=as_reader(ada)).moves for it in everything(ada)]
        assert [it.reason for made in moves for it in made] == ["It is up again."]

    @pytest.mark.usefixtures("earlier")
    def test_no_choice_is_asked_for_again(self, client: Client) -> None:
        assert "Select what to do with address 1" in text_of(sent(client, pasted(client, A)))

    @pytest.mark.usefixtures("earlier")
    def test_one_is_left_out_and_the_others_are_logged(self, client: Client, ada: Officer) -> None:
        done = sent(client, pasted(client, B, A), what_2="leave")
        assert "You left it out." in text_of(client.get(done["Location"]))
        assert len(everything(ada)) == 2

    @pytest.mark.usefixtures("earlier")
    def test_leaving_the_only_one_out_logs_nothing(self, client: Client, ada: Officer) -> None:
        answer = client.post(CHECK, entered(pasted(client, A)) | {"what_1": "leave"}, follow=True)
        assert "Nothing was logged." in text_of(answer)
        assert len(everything(ada)) == 1

    def test_content_that_somebody_logs_at_that_moment_is_asked_about(
        self, client: Client, ada: Officer
    ) -> None:
        page = pasted(client, B, C)
        with patch(
            "evenhand.web.referrals.batch_forms.referrals.earlier_ones", lambda *_, **__: {}
        ):
            logged(ada, C)
            answer = client.post(CHECK, entered(page))
        assert "Somebody logged the same content a moment ago. Nothing is saved yet." in text_of(
            answer
        )
        assert len(everything(ada)) == 1
        again = sent(client, answer, again="yes")
        assert rows(again) == [("1", "Ready"), ("2", "The desk has it")]


@pytest.mark.parametrize("name", ["address_2", "seen_2", "reason_1", "what_1", "left"])
@pytest.mark.parametrize("text", ["\0", "a\0b", "\u202egnp.exe", "<script>", "%s%n", "x" * 100_000])
def test_no_row_breaks_the_page(client: Client, ada: Officer, name: str, text: str) -> None:
    logged(ada, A)
    page = pasted(client, A, "http://localhost/x")
    answer = client.post(CHECK, entered(page) | {name: text})
    assert answer.status_code in {302, 422}


def test_names_of_every_locale_are_kept_as_a_reason(client: Client, ada: Officer) -> None:
    logged(ada, A)
    words = WITH_NAMES.read_text(encoding="utf-8")[:5_000]
    sent(client, pasted(client, A, B), what_1="continue", reason_1=words)
    moves = [in_full.one(it.reference, acting=as_reader(ada)).moves for it in everything(ada)]
    assert [it.reason for made in moves for it in made] == [words.replace("\r\n", "\n")]


def test_a_pasted_message_leaves_its_words_aside_and_says_so(client: Client, ada: Officer) -> None:
    page = pasted(client, f"Hi team, please log {A} and also", f"{B}. Thanks, sam@school.example")
    assert rows(page) == [("1", "Ready"), ("2", "Ready")]
    told = "8 words are no addresses and are left aside: Hi team please log and also Thanks sam@"
    assert told in text_of(page)
    assert sent(client, page).status_code == 302
    assert len(everything(ada)) == 2


def test_one_address_among_words_is_shown_before_it_is_logged(client: Client, ada: Officer) -> None:
    page = pasted(client, f"Please log {A} at once")
    assert rows(page) == [("1", "Ready")]
    assert everything(ada) == []


def test_words_without_any_address_are_told_as_one_fault(client: Client) -> None:
    page = client.post(LOG, answers(url="Please look into this one " * 60))
    assert page.status_code == 422
    assert "There is no web address in what you pasted." in text_of(page)
