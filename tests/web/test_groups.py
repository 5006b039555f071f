"""Assessing together: shared answers once, evidence for each, and nothing decided in bulk."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from evenhand.actions import assessments, referrals
from evenhand.queries import groups
from evenhand.queries import referral as in_full
from evenhand.rules.assessments import Assessment, Child, ReportedTo
from evenhand.rules.officers import Officer, Role
from evenhand.rules.referrals import State, TriageOutcome
from evenhand.store.machinery import DraftRow
from tests.builders import CY, DEE, OLA, as_reader
from tests.journeys import Desk, row
from tests.web.filling import check_valid, entered, fill
from tests.web.people import acting, logged, now, queries_of, signed_in, stored, text_of
from tests.web.test_assess import CHILD, EVIDENCE, HARM, LAW, RIGHTS

pytestmark = pytest.mark.django_db
START = "/assess-together/"
OWN = EVIDENCE | CHILD


@pytest.fixture
def ada() -> Officer:
    return stored("Ada", Role.OFFICER)


@pytest.fixture
def client(ada: Officer) -> Client:
    return signed_in(ada)


def on_youtube(officer: Officer, count: int = 3) -> list[str]:
    return [logged(officer, f"https://youtu.be/{number:011d}") for number in range(count)]


def begun(client: Client, references: list[str]) -> str:
    """Choose these referrals; the address of their group."""
    answer = fill(client, START, references=references)
    assert answer.status_code == 302, text_of(answer)
    assert answer["Location"].endswith("/harm/")
    return str(answer["Location"].removesuffix("harm/"))


def share(client: Client, group: str) -> Any:
    """Answer what all of them share; the answer to the last page."""
    answer = None
    for page, said in (("harm/", HARM), ("law/", LAW), ("rights/", RIGHTS)):
        answer = fill(client, group + page, **said)
        assert answer.status_code == 302, text_of(answer)
    return answer


def tell(client: Client, group: str, reference: str, **changes: Any) -> Any:
    """Answer what is one referral's own."""
    words = {"evidence_inside": f"Only in {reference}."}
    return fill(client, f"{group}referrals/{reference}/", **OWN | words | changes)


def complete(client: Client, references: list[str]) -> str:
    group = begun(client, references)
    share(client, group)
    for it in references:
        assert tell(client, group, it).status_code == 302
    return group


def made(reference: str, officer: Officer) -> Assessment:
    found = in_full.one(reference, acting=as_reader(officer)).assessments[-1].answers
    assert found is not None
    return found


def test_one_pass_over_what_is_shared_and_a_page_for_each(client: Client, ada: Officer) -> None:
    references = on_youtube(ada)
    group = begun(client, references)
    assert share(client, group)["Location"] == f"{group}referrals/{references[0]}/"
    assert tell(client, group, references[0])["Location"] == f"{group}referrals/{references[1]}/"
    tell(client, group, references[1])
    assert tell(client, group, references[2])["Location"] == f"{group}check/"
    checked = client.get(f"{group}check/")
    check_valid(checked)
    for it in references:
        assert f"Only in {it}." in text_of(checked)
    done = client.get(fill(client, f"{group}check/")["Location"])
    check_valid(done)
    assert "3 referrals sent for approval" in text_of(done)
    for it in references:
        given = made(it, ada)
        assert given.evidence_inside == f"Only in {it}."
        assert given.harm == "V1"
        assert given.provision_why == LAW["provision_why"]
        assert given.child is Child.LIKELY
        assert row(it).state == State.AWAITING_APPROVAL
    assert client.get(group).status_code == 404
    assert "3 referrals sent" in text_of(client.get(f"{group}done/"))


def test_no_evidence_is_copied_from_one_to_another(client: Client, ada: Officer) -> None:
    references = on_youtube(ada)
    group = begun(client, references)
    share(client, group)
    tell(client, group, references[0])
    page = client.get(f"{group}referrals/{references[1]}/")
    found = entered(page)
    assert "child" not in found
    assert {found[name][0] for name in EVIDENCE} == {""}
    assert f"Only in {references[0]}." not in text_of(page)


@pytest.mark.parametrize("missing", [*EVIDENCE, "child", "child_interests"])
def test_each_ones_own_questions_must_be_answered(
    client: Client, ada: Officer, missing: str
) -> None:
    references = on_youtube(ada, 2)
    group = begun(client, references)
    share(client, group)
    refused = tell(client, group, references[0], **{missing: ""})
    assert refused.status_code == 422
    assert f'href="#id_{missing}"' in text_of(refused)
    tell(client, group, references[1])
    assert client.get(f"{group}check/")["Location"] == group
    assert all(row(it).state == State.LOGGED for it in references)


def test_nothing_is_sent_before_everything_is_answered(client: Client, ada: Officer) -> None:
    references = on_youtube(ada, 2)
    group = complete(client, references)
    for wrong in ({"version": "one"}, {"supports_opposite": " "}):
        tell(client, group, references[1], **wrong)
        assert client.post(f"{group}check/")["Location"] == group
    assert [row(it).state for it in references] == [State.LOGGED, State.LOGGED]


def test_the_overview_says_what_is_to_do(client: Client, ada: Officer) -> None:
    references = on_youtube(ada)
    group = begun(client, references)
    page = client.get(group)
    check_valid(page)
    assert text_of(page).count("To do") == 6
    share(client, group)
    tell(client, group, references[0])
    page = client.get(group)
    assert (text_of(page).count("To do"), text_of(page).count("Answered\n")) == (2, 4)
    assert "Check your answers" not in text_of(page)


def test_the_harm_comes_first(client: Client, ada: Officer) -> None:
    references = on_youtube(ada, 2)
    group = begun(client, references)
    for page in ("law/", "rights/", f"referrals/{references[0]}/"):
        assert client.get(group + page)["Location"] == f"{group}harm/"
    assert client.get(f"{group}evidence/").status_code == 404


def test_answers_are_kept_and_the_group_is_found_again(client: Client, ada: Officer) -> None:
    references = on_youtube(ada, 2)
    group = begun(client, references)
    share(client, group)
    saved = tell(client, group, references[0], evidence_outside="", go="group")
    assert saved["Location"] == group
    assert f"Only in {references[0]}." in text_of(client.get(f"{group}referrals/{references[0]}/"))
    assert LAW["provision_why"] in text_of(client.get(f"{group}law/"))
    assert f'href="{group}"' in text_of(client.get(START))
    assert signed_in(stored("Bo", Role.OFFICER)).get(group).status_code == 404


@pytest.mark.parametrize("count", [0, 1, 21])
def test_a_group_has_two_to_twenty(client: Client, ada: Officer, count: int) -> None:
    references = on_youtube(ada, count)
    logged(ada, "https://a.example/1")
    refused = fill(client, START, references=references)
    assert refused.status_code == 422
    assert "E-GRP-01" in text_of(refused)
    assert not DraftRow.objects.exists()


def test_a_group_is_on_one_platform(client: Client, ada: Officer) -> None:
    mixed = [*on_youtube(ada, 1), logged(ada, "https://a.example/1")]
    refused = fill(client, START, references=mixed)
    assert refused.status_code == 422
    assert "E-GRP-02" in text_of(refused)


def test_only_ones_own_can_be_chosen(client: Client, ada: Officer) -> None:
    mine, theirs = on_youtube(ada, 1), logged(stored("Bo", Role.OFFICER))
    page = client.get(START)
    assert mine[0] in text_of(page)
    assert theirs not in text_of(page)
    assert fill(client, START, references=[*mine, theirs]).status_code == 422


def test_without_a_referral_the_page_says_what_could_be_chosen(client: Client) -> None:
    page = client.get(START)
    check_valid(page)
    assert "None of your referrals can join a group." in text_of(page)


def test_what_was_just_logged_can_be_chosen_already(client: Client, ada: Officer) -> None:
    one, two = on_youtube(ada, 2)
    page = client.get(f"{START}?reference={one}&reference=2026-999999")
    assert entered(page)["references"] == [one]
    assert two in text_of(page)


def test_one_that_changed_meanwhile_is_told_left_out_and_kept(client: Client, ada: Officer) -> None:
    references = on_youtube(ada)
    group = complete(client, references)
    referrals.withdraw(references[0], "A mistake.", acting=acting(ada))
    referrals.triage(references[1], TriageOutcome.PROCEED, "", acting=acting(ada))
    page = client.get(f"{group}check/")
    assert "Changed since you looked at them" in text_of(page)
    assert "Send 1 referral for approval" in text_of(page)
    done = text_of(client.get(fill(client, f"{group}check/")["Location"]))
    assert "1 referral sent for approval" in done
    assert "Left out, and not sent" in done
    assert "changed while you were looking at it" in done
    assert row(references[2]).state == State.AWAITING_APPROVAL
    # What was written about the others is still there; looked at again, one of them goes.
    again = client.get(f"{group}referrals/{references[1]}/")
    assert "This referral changed since you chose it." in text_of(again)
    assert f"Only in {references[1]}." in text_of(again)
    tell(client, group, references[1])
    fill(client, f"{group}referrals/{references[0]}/", go="out")
    fill(client, f"{group}check/")
    assert row(references[1]).state == State.AWAITING_APPROVAL
    assert row(references[0]).state == State.WITHDRAWN


def test_a_withdrawn_one_is_never_sent_even_if_it_is_looked_at_again(
    client: Client, ada: Officer
) -> None:
    references = on_youtube(ada, 2)
    group = complete(client, references)
    referrals.withdraw(references[0], "A mistake.", acting=acting(ada))
    tell(client, group, references[0])
    done = text_of(client.get(fill(client, f"{group}check/")["Location"]))
    assert "is withdrawn" in done
    assert row(references[0]).state == State.WITHDRAWN
    assert row(references[1]).state == State.AWAITING_APPROVAL


def test_a_second_click_sends_nothing_twice(client: Client, ada: Officer) -> None:
    references = on_youtube(ada, 2)
    group = complete(client, references)
    page = entered(client.get(f"{group}check/"))
    first, second = (client.post(f"{group}check/", page) for _ in range(2))
    assert first["Location"] == second["Location"] == f"{group}done/"
    assert [len(in_full.one(it, acting=as_reader(ada)).assessments) for it in references] == [1, 1]


def test_one_is_taken_out_and_the_rest_go_on(client: Client, ada: Officer) -> None:
    references = on_youtube(ada, 2)
    group = complete(client, references)
    assert tell(client, group, references[0], go="out")["Location"] == group
    assert client.get(f"{group}referrals/{references[0]}/").status_code == 404
    assert references[0] not in text_of(client.get(f"{group}check/"))
    assert tell(client, group, references[1], go="out")["Location"] == START
    assert client.get(group).status_code == 404


def test_a_group_is_forgotten_when_its_officer_says_so(client: Client, ada: Officer) -> None:
    group = complete(client, on_youtube(ada, 2))
    assert fill(client, f"{group}end/")["Location"] == START
    assert not DraftRow.objects.exists()


def test_the_same_words_for_two_of_them_are_pointed_out(client: Client, ada: Officer) -> None:
    references = on_youtube(ada, 2)
    group = complete(client, references)
    assert "has the same words for" in text_of(client.get(f"{group}check/"))
    for it in references:
        tell(client, group, it, supports_opposite=f"{it} may be acted.")
    assert "has the same words for" not in text_of(client.get(f"{group}check/"))


class TestStatutoryRoute:
    """Child sexual abuse imagery leaves the group, and the words about it are forgotten."""

    @pytest.mark.parametrize("chosen", [{"harm": "C1"}, {"also_harms": ["C1"]}])
    def test_it_is_never_assessed_in_a_group(
        self, client: Client, ada: Officer, chosen: dict[str, Any]
    ) -> None:
        references = on_youtube(ada, 2)
        group = begun(client, references)
        before = DraftRow.objects.count()
        page = fill(client, f"{group}harm/", **HARM | chosen)
        assert "Take each such referral alone by the statutory route." in text_of(page)
        for it in references:
            assert f"/referrals/{it}/statutory-route/" in text_of(page)
        assert DraftRow.objects.count() == before
        assert all(row(it).state == State.LOGGED for it in references)

    def test_its_words_and_the_shared_ones_are_forgotten_the_others_stay(
        self, client: Client, ada: Officer
    ) -> None:
        references = on_youtube(ada)
        group = complete(client, references)
        assessments.take_statutory_route(
            references[0],
            reported_to=ReportedTo.IWF,
            reported_reference="IWF-1",
            acting=acting(ada),
        )
        assert not DraftRow.objects.filter(about__contains=[references[0]]).exists()
        page = text_of(client.get(group))
        assert references[0] not in page
        share(client, group)
        second = text_of(client.get(f"{group}referrals/{references[1]}/"))
        assert f"Only in {references[1]}." in second

    def test_a_shared_page_that_outlived_its_session_is_forgotten_too(
        self, client: Client, ada: Officer
    ) -> None:
        references = on_youtube(ada, 2)
        group = begun(client, references)
        fill(client, f"{group}harm/", **HARM)
        page = entered(client.get(f"{group}law/"))
        client.logout()
        client.post(f"{group}law/", page | LAW)
        kept = DraftRow.objects.get(officer=None)
        assert kept.about == references
        assessments.take_statutory_route(
            references[1],
            reported_to=ReportedTo.IWF,
            reported_reference="IWF-1",
            acting=acting(ada),
        )
        assert not DraftRow.objects.filter(officer=None).exists()


def test_the_second_officer_sees_who_else_was_in_the_group(client: Client, ada: Officer) -> None:
    references = on_youtube(ada)
    group = complete(client, references)
    fill(client, f"{group}check/")
    cy = signed_in(stored("Cy", Role.APPROVER, Role.CHILD_APPROVER))
    page = text_of(cy.get(f"/referrals/{references[1]}/decide/"))
    assert "Assessed in a group of 3, with" in page
    for it in (references[0], references[2]):
        assert f'href="/referrals/{it}/"' in page
    assert "in a group of 3" in text_of(cy.get(f"/referrals/{references[1]}/"))


def test_what_was_assessed_alone_is_not_said_to_be_in_a_group() -> None:
    desk = Desk(now=now() - timedelta(days=60))
    desk.by(CY)
    reference = desk.brought_to(State.AWAITING_APPROVAL)
    assert "in a group" not in text_of(signed_in(CY).get(f"/referrals/{reference}/"))


def test_more_referrals_take_no_more_queries(client: Client, ada: Officer) -> None:
    few, many = on_youtube(ada, 2), [logged(ada) for _ in range(20)]
    client.get(START)
    choosing = queries_of(lambda: client.get(START))
    groups = [complete(client, few), complete(client, many)]
    pages = ["", "harm/", "law/", "check/"]
    for page in pages:
        taken = [queries_of(lambda at=group + page: client.get(at)) for group in groups]  # type: ignore[misc]
        assert taken[0] == taken[1], page
    own = [f"{group}referrals/{of[0]}/" for group, of in zip(groups, (few, many), strict=True)]
    taken = [queries_of(lambda at=at: client.get(at)) for at in own]  # type: ignore[misc]
    assert taken[0] == taken[1]
    assert queries_of(lambda: client.get(START)) == choosing


@pytest.mark.parametrize("officer", [DEE, OLA], ids=["dee", "ola"])
def test_whoever_may_not_assess_sees_no_group(officer: Officer) -> None:
    desk = Desk()
    desk.by(officer)
    assert signed_in(officer).get(START).status_code == 403


@pytest.mark.parametrize("text", ["\0", "\u202egnp.exe", "<script>", "x" * 100_000])
def test_nothing_that_is_typed_breaks_a_page(client: Client, ada: Officer, text: str) -> None:
    references = on_youtube(ada, 2)
    group = begun(client, references)
    share(client, group)
    assert client.post(START, {"references": [text]}).status_code == 422
    for name in (*OWN, "version"):
        answer = client.post(f"{group}referrals/{references[0]}/", OWN | {name: text})
        assert answer.status_code in {302, 422}
        assert client.get(group).status_code == 200
        assert client.get(f"{group}check/").status_code in {200, 302}
    for name in (*HARM, *LAW, *RIGHTS):
        for page in ("harm/", "law/", "rights/"):
            assert client.post(group + page, {name: text}).status_code in {302, 422}


def test_what_was_just_logged_can_be_chosen_however_much_waits(
    client: Client, ada: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(groups, "MOST_OFFERED", 3)
    on_youtube(ada, 4)
    new = [logged(ada, f"https://youtu.be/new{number:08d}") for number in range(2)]
    page = client.get(START, {"reference": [*new, "2026-999999", "x", "\0"]})
    for reference in new:
        assert f'value="{reference}" checked' in text_of(page)
    assert "No more than 100 are shown" in text_of(page)
    answer = client.post(START, {"references": new})
    assert (answer.status_code, answer["Location"].endswith("/harm/")) == (302, True)
