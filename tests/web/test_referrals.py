"""The list, finding, and one referral: what stands where, and nothing that a role does not need."""

import socket
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.test import Client

from evenhand.actions import answers, assessments, decisions, notices, platforms, referrals
from evenhand.rules.answers import AnswerKind, Outcome, Seen
from evenhand.rules.assessments import KINDS, ReportedTo
from evenhand.rules.notices import Transport
from evenhand.rules.officers import Officer, Role
from evenhand.rules.referrals import Decision
from evenhand.store import looking
from evenhand.web.referrals.happened import QUESTIONS
from tests.builders import as_reader, assessment
from tests.journeys import Desk
from tests.web.people import acting, logged, now, queries_of, signed_in, stored, text_of

pytestmark = pytest.mark.django_db
LIST = FIND = "/referrals/"


@pytest.fixture
def ada() -> Officer:
    return stored("Ada", Role.OFFICER)


@pytest.fixture
def cy() -> Officer:
    return stored("Cy", Role.APPROVER, Role.CHILD_APPROVER)


@pytest.fixture
def client(ada: Officer) -> Client:
    return signed_in(ada)


class Keeper:
    """A mail server that takes everything."""

    async def handle_DATA(self, _server: Any, _session: Any, _envelope: Any) -> str:  # noqa: N802
        return "250 2.0.0 Kept"


@pytest.fixture
def mail_server(settings: Any) -> Iterator[None]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(Keeper(), hostname="127.0.0.1", port=port)
    controller.start()
    settings.SMTP_URL = f"smtp://127.0.0.1:{port}"
    yield
    controller.stop()


def approved(ada: Officer, cy: Officer, address: str = "") -> str:
    reference = logged(ada, address)
    assessments.submit(reference, assessment(), acting=acting(ada))
    decisions.decide(reference, Decision.APPROVE, "I agree with it.", acting=acting(cy))
    return reference


def sent(ada: Officer, cy: Officer, address: str = "") -> str:
    dee = stored("Dee", Role.DPO)
    platforms.sign_off(
        "youtube",
        transport=Transport.EMAIL,
        contact="reports@youtube.example",
        basis="s.77",
        review_on=now().date() + timedelta(days=90),
        acting=acting(dee),
    )
    reference = approved(ada, cy, address)
    notice = notices.send(reference, Transport.EMAIL, acting=acting(ada))
    notices.deliver(notice, last_attempt=True, acting=acting(ada))
    return reference


class TestList:
    def test_referrals_are_listed_newest_first_and_what_was_not_sent_awaits_no_answer(
        self, client: Client, ada: Officer
    ) -> None:
        first, second = logged(ada), logged(ada)
        page = text_of(client.get(LIST))
        assert page.index(second) < page.index(first)
        assert "On this desk:" in page
        assert "At the platform:" not in page

    def test_an_address_is_text_and_never_a_link(self, client: Client, ada: Officer) -> None:
        logged(ada, "https://example.com/<script>")
        page = text_of(client.get(LIST))
        assert "https://example.com/&lt;script&gt;" in page
        assert 'href="https://example.com' not in page

    @pytest.mark.parametrize(
        ("query", "is_there"),
        [
            ("state=logged", True),
            ("state=closed", False),
            ("platform=youtube", True),
            ("platform=tiktok", False),
            ("platform=site.example", False),
            ("harm=V1", False),
            ("since_day=1&since_month=1&since_year=2020", True),
            ("since_day=1&since_month=1&since_year=2999", False),
            ("until_day=1&until_month=1&until_year=2020", False),
            ("ground=terms", False),
            ("outcome=none_yet", True),
            ("officer=ada", True),
            ("overdue=on", False),
            ("officer=ada&platform=youtube&outcome=none_yet", True),
        ],
    )
    def test_a_filter_narrows_the_list(
        self, client: Client, ada: Officer, query: str, is_there: bool
    ) -> None:
        reference = logged(ada)
        page = text_of(client.get(f"{LIST}?{query}"))
        assert (reference in page) is is_there
        assert ("No referral is like this." in page) is not is_there
        assert "Remove the filter" in page

    def test_a_platform_of_the_desks_own_can_be_chosen(self, client: Client) -> None:
        option = '<option value="kept.example">kept.example</option>'
        assert option not in text_of(client.get(LIST))
        Desk(now=now()).sign_off("kept.example", "reports@kept.example")
        assert option in text_of(client.get(LIST))

    @pytest.mark.parametrize(
        "query",
        [
            "state=x",
            "platform=a%00.b",
            "platform=%00",
            "harm=%F0%9F%92%A9",
            "since_day=99",
            "since_year=2020",
            "officer=nobody",
            "ground=x",
            "outcome=x",
        ],
    )
    def test_a_filter_that_is_none_is_said(self, client: Client, query: str) -> None:
        response = client.get(f"{LIST}?{query}")
        assert response.status_code == 422
        assert "There is a problem" in text_of(response)

    def test_a_filter_whose_choice_is_gone_is_named(self, client: Client) -> None:
        page = text_of(client.get(f"{LIST}?state=gone&platform=youtube"))
        assert "State on this desk: choose one from the list" in page
        assert '<option value="youtube" selected>' in page

    def test_a_long_address_does_not_fill_the_list(self, client: Client, ada: Officer) -> None:
        long = "https://example.com/" + "a" * 3000
        logged(ada, long)
        page = text_of(client.get(LIST))
        assert f'title="{long}"' in page
        assert page.count("a" * 3000) == 1

    @pytest.mark.parametrize("cursor", ["x", "%00", "AAAA", "é"])
    def test_a_cursor_that_is_none_is_refused(self, client: Client, cursor: str) -> None:
        response = client.get(LIST, {"cursor": cursor})
        assert response.status_code == 400
        assert "E-FIND-02" in text_of(response)

    def test_a_period_that_ends_before_it_begins_is_said_and_the_filters_stay(
        self, client: Client
    ) -> None:
        since = "since_day=2&since_month=1&since_year=2026"
        until = "until_day=1&until_month=1&until_year=2026"
        response = client.get(f"{LIST}?state=logged&{since}&{until}")
        page = text_of(response)
        assert response.status_code == 422
        assert "E-FIND-03" in page
        assert 'href="#id_until_day"' in page
        assert '<option value="logged" selected>' in page

    def test_a_look_that_ends_early_says_how_far_it_went(
        self, client: Client, ada: Officer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(looking, "MOST", 2)
        references = [logged(ada) for _ in range(3)]
        page = text_of(client.get(f"{LIST}?outcome=none_yet"))
        assert references[0] not in page
        assert "Looked back as far as" in page
        following = page.partition('rel="next" href="')[2].partition('"')[0]
        assert "Look further back" in page
        assert references[0] in text_of(client.get(following.replace("&amp;", "&")))
        assert "and found nothing" in text_of(client.get(f"{LIST}?outcome=none_yet&ground=terms"))

    def test_pages_lead_on_and_back_to_the_first(self, client: Client, ada: Officer) -> None:
        references = [logged(ada) for _ in range(26)]
        first = client.get(f"{LIST}?state=logged")
        page = text_of(first)
        assert references[0] not in page
        following = page.partition('rel="next" href="')[2].partition('"')[0]
        second = text_of(client.get(following.replace("&amp;", "&")))
        assert references[0] in second
        assert references[25] not in second
        assert "Back to the first page" in second
        assert "Next page" not in second

    def test_an_empty_desk_says_so(self, client: Client) -> None:
        assert "Nothing has been logged yet." in text_of(client.get(LIST))

    def test_an_overseer_sees_no_address(self, ada: Officer) -> None:
        logged(ada, "https://example.com/zauberwort")
        page = text_of(signed_in(stored("Ola", Role.OVERSEER)).get(LIST))
        assert "Address withheld" in page
        assert "zauberwort" not in page

    def test_who_may_not_list_is_refused(self) -> None:
        response = signed_in(stored("Max", Role.ADMINISTRATOR)).get(LIST)
        assert response.status_code == 403
        assert "E-WHO-02" in text_of(response)

    def test_a_longer_list_takes_no_more_queries(self, client: Client, ada: Officer) -> None:
        for _ in range(10):
            logged(ada)
        client.get(LIST)
        few = queries_of(lambda: client.get(LIST))
        found = queries_of(lambda: client.post(FIND, {"q": "knife"}))
        for _ in range(50):
            logged(ada)
        assert queries_of(lambda: client.get(LIST)) == few <= 7
        assert queries_of(lambda: client.post(FIND, {"q": "knife"})) == found


class TestFind:
    def test_a_reference_leads_straight_to_the_referral(self, client: Client, ada: Officer) -> None:
        reference = logged(ada)
        response = client.post(FIND, {"q": f" {reference} "})
        assert response["Location"] == f"/referrals/{reference}/"

    @pytest.mark.parametrize(
        "asked", ["KNIFE threatens", "m.youtube.com/watch?v=dQw4w9WgXcQ", "youtu.be/dQw4w9WgXcQ"]
    )
    def test_words_and_addresses_in_any_spelling_are_found(
        self, client: Client, ada: Officer, asked: str
    ) -> None:
        reference = logged(ada, "https://youtu.be/dQw4w9WgXcQ")
        page = text_of(client.post(FIND, {"q": asked}))
        assert reference in page

    def test_what_is_looked_for_is_in_no_address(self, client: Client, ada: Officer) -> None:
        for _ in range(26):
            logged(ada)
        page = text_of(client.post(FIND, {"q": "knife"}))
        assert "q=knife" not in page
        assert 'method="get"' not in page
        typed = client.get(FIND, {"q": "knife", "state": "logged", "harm": ""})
        assert (typed.status_code, typed["Location"]) == (302, "/referrals/?state=logged")

    def test_further_pages_come_by_form_too(self, client: Client, ada: Officer) -> None:
        references = [logged(ada) for _ in range(26)]
        page = text_of(client.post(FIND, {"q": "knife"}))
        cursor = page.partition('name="cursor" value="')[2].partition('"')[0]
        second = text_of(client.post(FIND, {"q": "knife", "cursor": cursor}))
        assert references[0] in second
        assert "Back to the first page" in second

    def test_words_and_filters_go_together_and_only_filters_into_the_address(
        self, client: Client, ada: Officer
    ) -> None:
        reference = logged(ada)
        page = text_of(client.post(f"{LIST}?state=logged", {"q": "knife"}))
        assert reference in page
        assert 'formaction="/referrals/"' in page
        assert 'href="/referrals/?state=logged"' in page
        page = text_of(client.post(f"{LIST}?state=closed", {"q": "knife"}))
        assert reference not in page
        assert "Remove a filter to see more." in page
        assert "knife" not in page.replace('value="knife"', "")

    def test_narrowing_a_search_sends_the_words_on_by_form(
        self, client: Client, ada: Officer
    ) -> None:
        logged(ada)
        sent = {"q": "knife", "narrow": "1", "state": "logged", "platform": ""}
        response = client.post(LIST, sent)
        assert (response.status_code, response["Location"]) == (307, "/referrals/?state=logged")
        assert "What was found" in text_of(client.post(f"{LIST}?state=logged", sent))
        emptied = client.post(f"{LIST}?state=logged", {**sent, "q": " ", "state": "closed"})
        assert (emptied.status_code, emptied["Location"]) == (302, "/referrals/?state=closed")

    @pytest.mark.parametrize("asked", ["x" * 10_000_000, "a\0b", "", "\u202e", "\N{PILE OF POO}"])
    def test_nothing_that_is_asked_breaks_the_page(self, client: Client, asked: str) -> None:
        assert client.post(FIND, {"q": asked}).status_code in ({200, 422} if asked else {302})

    def test_nothing_found_says_how_words_are_found(self, client: Client) -> None:
        assert "Nothing was found." in text_of(client.post(FIND, {"q": "unheard"}))

    def test_the_search_box_says_what_a_role_can_look_for(self, ada: Officer) -> None:
        assert "the name of a site, or whole words" in text_of(signed_in(ada).get(LIST))
        for name, role in (("Ola", Role.OVERSEER), ("Ida", Role.DPO)):
            page = text_of(signed_in(stored(name, role)).get(LIST))
            assert "Your role does not see addresses and words, nor look for them." in page
            assert "whole words" not in page
            assert "the name of a site, or whole words" in text_of(signed_in(ada).get(LIST))

    def test_an_overseer_finds_by_reference_alone(self, ada: Officer) -> None:
        client = signed_in(stored("Ola", Role.OVERSEER))
        assert client.post(FIND, {"q": logged(ada)}).status_code == 302
        response = client.post(FIND, {"q": "knife"})
        assert "E-WHO-02" in text_of(response)
        assert "Your role does not see addresses and words" in text_of(response)
        assert 'class="govuk-task-list"' not in text_of(response)
        assert "A reference. Your role does not see" in text_of(client.get(LIST))

    def test_a_reference_entered_short_leads_to_the_referral(
        self, client: Client, ada: Officer
    ) -> None:
        reference = logged(ada)
        year, number = reference.split("-")
        response = client.post(FIND, {"q": f"{year}/{int(number)}"})
        assert response["Location"] == f"/referrals/{reference}/"

    @pytest.mark.parametrize(
        ("asked", "told"),
        [
            ("2026-999999", "There is no referral with this reference."),
            ("nowhere.example", "Nothing was logged on this site."),
            ("https://nowhere.example/a", "Nothing was logged at this address"),
        ],
    )
    def test_nothing_found_says_what_was_looked_for(
        self, client: Client, asked: str, told: str
    ) -> None:
        assert told in text_of(client.post(FIND, {"q": asked}))
        narrowed = text_of(client.post(f"{LIST}?state=logged", {"q": asked}))
        assert f"{told}" in narrowed
        assert "Remove a filter to see more." in narrowed


class TestOne:
    def test_a_new_referral_shows_what_is_known_and_what_can_be_done(
        self, client: Client, ada: Officer
    ) -> None:
        reference = logged(ada, "https://youtu.be/dQw4w9WgXcQ?si=x")
        page = text_of(client.get(f"{LIST}{reference}/"))
        assert "A person threatens a named shop with a knife." in page
        assert 'href="https://youtu.be' not in page
        assert "https://youtu.be/dQw4w9WgXcQ?si=x" in page
        assert f'href="/referrals/{reference}/triage/"' in page
        assert f'href="/referrals/{reference}/close/"' not in page
        assert "Nothing sent" in page
        assert "No answer yet" not in page
        assert "Not counted as a removal" not in page
        assert page.count('class="govuk-button"') == 1
        statutory = page[page.index(f"/referrals/{reference}/statutory-route/") :]
        assert "govuk-button--secondary" in statutory[: statutory.index(">")]
        for details in page.split("<details")[1:]:
            assert "open" not in details.partition(">")[0]

    @pytest.mark.usefixtures("mail_server")
    def test_a_whole_life_is_told(self, client: Client, ada: Officer, cy: Officer) -> None:
        reference = sent(ada, cy)
        answers.record(
            reference,
            AnswerKind.DECIDED,
            Outcome.RESTRICTED_IN_FULL,
            their_reference="T-1",
            ground_relied_on="Our rules",
            statement_of_reasons={"facts": "They saw it"},
            acting=acting(ada),
        )
        page = text_of(client.get(f"{LIST}{reference}/"))
        assert "nobody has looked again" in page
        answers.look_again(reference, Seen.VISIBLE, acting=acting(ada))
        assert "it was still reachable" in text_of(client.get(f"{LIST}{reference}/"))
        answers.look_again(reference, Seen.NOT_VISIBLE, acting=acting(ada))
        page = text_of(client.get(f"{LIST}{reference}/"))
        for words in (
            "Counted as a removal: the platform restricted it, and a person saw it gone.",
            "Assessments of the officer",
            "Facts",
            "I agree with it.",
            "Accepted by their mail server",
            "SHA-256 of the exact message",
            "Subject: ",
            "T-1",
            "Our rules",
            "They saw it",
            "It cannot be seen any more",
        ):
            assert words in page
        answers.record(reference, AnswerKind.DECIDED, Outcome.REINSTATED, acting=acting(ada))
        assert "the platform put it back" in text_of(client.get(f"{LIST}{reference}/"))

    def test_an_approver_sees_the_way_to_decide_and_the_assessor_does_not(
        self, client: Client, ada: Officer, cy: Officer
    ) -> None:
        from evenhand.queries import referral as in_full
        from evenhand.web.referrals.steps import STEPS, _is_possible

        reference = logged(ada)
        assessments.submit(reference, assessment(), acting=acting(ada))
        found = in_full.one(reference, acting=as_reader(cy))
        can = {it.page for it in STEPS if _is_possible(it, found, acting(cy))}
        always = {
            "take_capture",
            "put_off",
            "assess",
            "withdraw",
            "statutory_route",
            "notes",
            "hand_over",
            "emergency",
        }
        assert can == {"decide", *always}
        can = {it.page for it in STEPS if _is_possible(it, found, acting(ada))}
        assert can == {"propose_person", *always}

    def test_the_words_of_a_statutory_route_are_gone(self, client: Client, ada: Officer) -> None:
        reference = logged(ada, "https://example.com/zauberwort")
        assessments.take_statutory_route(
            reference,
            reported_to=ReportedTo.IWF,
            reported_reference="IWF-7",
            acting=acting(ada),
        )
        page = text_of(client.get(f"{LIST}{reference}/"))
        assert "every word about it were destroyed" in page
        assert "the Internet Watch Foundation" in page
        assert "IWF-7" in page
        assert "zauberwort" not in page
        assert "Address destroyed" in text_of(client.get(LIST))

    def test_an_overseer_sees_how_it_stands_and_no_words(self, ada: Officer, cy: Officer) -> None:
        reference = approved(ada, cy, "https://example.com/zauberwort")
        page = text_of(signed_in(stored("Ola", Role.OVERSEER)).get(f"{LIST}{reference}/"))
        assert "withheld" in page
        assert "Approved" in page
        for words in ("zauberwort", "knife", "I agree with it.", "My answer on"):
            assert words not in page
        assert "What you can do now" not in page
        assert "Nothing was written" not in page
        assert "Not for you to read" not in page

    def test_the_way_back_keeps_the_filters_of_the_list_it_was_opened_from(
        self, client: Client, ada: Officer
    ) -> None:
        address = f"/referrals/{logged(ada)}/"
        for came_from, back in (
            (
                "http://testserver/referrals/?state=logged&harm=V1",
                "/referrals/?state=logged&amp;harm=V1",
            ),
            ("http://testserver/referrals/", "/referrals/"),
            ("http://testserver/?state=logged", "/referrals/"),
            ("http://elsewhere.example/referrals/?state=logged", "/referrals/"),
        ):
            page = text_of(client.get(address, headers={"Referer": came_from}))
            assert f'<a href="{back}" class="govuk-back-link">' in page

    def test_a_role_that_is_missing_is_named_as_people_call_it(self, ada: Officer) -> None:
        reference = logged(ada)
        max_ = signed_in(stored("Max", Role.ADMINISTRATOR))
        page = text_of(max_.get(f"{LIST}{reference}/"))
        assert "approver, data protection officer, officer or overseer" in page

    def test_going_straight_on_to_assess_is_told_as_such(
        self, client: Client, ada: Officer
    ) -> None:
        reference = logged(ada)
        assessments.start(reference, acting=acting(ada))
        history = text_of(client.get(f"{LIST}{reference}/history/"))
        assert "went straight on to assess it" in history
        assert "it is to be assessed" not in history
        page = text_of(client.get(f"{LIST}{reference}/"))
        assert "None needed: it went straight on to be assessed" in page

    def test_what_waits_for_approval_is_taken_back_not_assessed(
        self, client: Client, ada: Officer, cy: Officer
    ) -> None:
        reference = logged(ada)
        assessments.submit(reference, assessment(), acting=acting(ada))
        for officer in (ada, cy):
            page = text_of(signed_in(officer).get(f"{LIST}{reference}/"))
            assert "Take it back to assess" in page
            assert page.count('class="govuk-button"') == int(officer is cy)

    @pytest.mark.usefixtures("mail_server")
    def test_what_was_sent_says_from_when_the_platform_may_be_reminded(
        self, client: Client, ada: Officer, cy: Officer
    ) -> None:
        reference = sent(ada, cy)
        page = text_of(client.get(f"{LIST}{reference}/"))
        assert "Next step: Remind the platform, due from" in page
        assert "No answer yet" in page

    def test_duplicates_and_the_same_content_lead_to_each_other(
        self, client: Client, ada: Officer
    ) -> None:
        first = logged(ada, "https://youtu.be/dQw4w9WgXcQ")
        from tests.builders import intake

        said = intake(observed_at=now() - timedelta(minutes=1))
        content = referrals.admit("https://youtu.be/dQw4w9WgXcQ", said, acting=acting(ada))
        second = referrals.log(
            content,
            "https://youtu.be/dQw4w9WgXcQ",
            said,
            continuing=referrals.Continuing(as_duplicate=True),
            acting=acting(ada),
        )
        assert f'href="/referrals/{second}/"' in text_of(client.get(f"{LIST}{first}/"))
        page = text_of(client.get(f"{LIST}{second}/"))
        assert "Duplicate of" in page
        assert f'href="/referrals/{first}/"' in page

    @pytest.mark.usefixtures("mail_server")
    def test_a_longer_life_takes_no_more_queries(
        self, client: Client, ada: Officer, cy: Officer
    ) -> None:
        reference = sent(ada, cy)
        answers.record(reference, AnswerKind.DECIDED, Outcome.DECLINED, acting=acting(ada))
        answers.look_again(reference, Seen.VISIBLE, acting=acting(ada))
        page = f"{LIST}{reference}/"
        client.get(page)
        few = queries_of(lambda: client.get(page))
        for _ in range(10):
            answers.record(reference, AnswerKind.DECIDED, Outcome.DECLINED, acting=acting(ada))
            answers.look_again(reference, Seen.VISIBLE, acting=acting(ada))
        assert queries_of(lambda: client.get(page)) == few <= 5

    @pytest.mark.parametrize("reference", ["2026-999999", "x", "%00", "2026-1", "-1"])
    def test_an_unknown_reference_is_not_found(self, client: Client, reference: str) -> None:
        assert client.get(f"{LIST}{reference}/").status_code == 404


def test_every_free_text_of_an_assessment_has_its_words() -> None:
    assert set(QUESTIONS) == set(KINDS)
