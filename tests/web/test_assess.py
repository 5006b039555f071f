"""Assessing: five pages, nothing lost between them, and the rules ask the questions."""

from datetime import timedelta
from functools import partial
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import User
from django.test import Client

from evenhand.actions.referrals import Continuing, log
from evenhand.queries import referral as referrals
from evenhand.queries.platforms import lawbook
from evenhand.rules.assessments import Assessment, Child, Expression, Ground
from evenhand.rules.content import identify
from evenhand.rules.referrals import State
from tests.builders import ADA, BO, OLA, as_reader, intake
from tests.journeys import Desk, row
from tests.web.filling import carried, fill, invalid_html
from tests.web.people import now, queries_of, signed_in, text_of

pytestmark = pytest.mark.django_db
Page = dict[str, Any]

HARM: Page = {"harm": "V1", "ground": "both"}
LAW: Page = {
    "provision_from": ["oapa-1861-s16"],
    "provision": "and an Act of my own",
    "provision_why": "Somebody is told that he will be killed.",
    "policy_from": "violent-content",
    "policy_clause": "Do not threaten people.",
    "policy_version": "1 March 2026",
    "policy_why": "It threatens.",
}
EVIDENCE: Page = {
    "evidence_inside": "At 0:42 the speaker says so.\r\nTwice.",
    "evidence_outside": "Nothing.",
    "supports_opposite": "It may be acted.",
}
RIGHTS: Page = {
    "expression": ["artistic"],
    "expression_weighing": "It is a song, and the threat is real.",
    "less_intrusive": "A label would not do.",
    "necessity": "Nothing else stops it.",
}
CHILD: Page = {"child": "likely", "child_interests": "To be left out of it."}
PAGES: dict[str, Page] = {
    "harm": HARM,
    "law": LAW,
    "evidence": EVIDENCE,
    "rights": RIGHTS,
    "child": CHILD,
}


@pytest.fixture
def desk() -> Desk:
    return Desk(now=now() - timedelta(days=60))


@pytest.fixture
def reference(desk: Desk) -> str:
    desk.by(BO)
    return desk.log("https://youtu.be/dQw4w9WgXcQ")


@pytest.fixture
def client(reference: str) -> Client:
    return signed_in(BO)


def at(reference: str, page: str = "") -> str:
    return f"/referrals/{reference}/assess/{page}" + ("/" if page else "")


def assess(client: Client, reference: str, **changes: Page) -> Any:
    """Fill in all five pages; give the answer to the last."""
    answer = None
    for page, answers in PAGES.items():
        answer = fill(client, at(reference, page), **answers, **changes.get(page, {}))
        assert answer.status_code == 302, text_of(answer)
    return answer


def submitted(reference: str) -> Assessment:
    made = referrals.one(reference, acting=as_reader(BO)).assessments[-1].answers
    assert made is not None
    return made


def test_five_pages_and_a_check_make_an_assessment(client: Client, reference: str) -> None:
    last = assess(client, reference)
    assert last["Location"] == at(reference, "check")
    done = fill(client, at(reference, "check"))
    assert done.status_code == 302
    assert row(reference).state == State.AWAITING_APPROVAL
    made = submitted(reference)
    assert made.harm == "V1"
    assert made.ground is Ground.BOTH
    assert (
        made.provision == "Offences against the Person Act 1861, section 16\nand an Act of my own"
    )
    assert made.policy_clause == "Violent or graphic content\nDo not threaten people."
    assert made.policy_version == "1 March 2026"
    assert made.evidence_inside == "At 0:42 the speaker says so.\nTwice."
    assert made.expression == {Expression.ARTISTIC}
    assert made.child is Child.LIKELY
    assert made.child_interests == CHILD["child_interests"]
    assert "waits for a second officer" in text_of(client.get(done["Location"]))


def test_the_first_saved_page_begins_the_assessment(client: Client, reference: str) -> None:
    first = client.get(at(reference))
    assert first["Location"] == at(reference, "harm")
    assert row(reference).state == State.LOGGED
    fill(client, at(reference, "harm"), **HARM)
    assert row(reference).state == State.ASSESSING


def test_every_page_says_where_one_is(client: Client, reference: str) -> None:
    assess(client, reference)
    for number, page in enumerate(PAGES, 1):
        assert f"Page {number} of 5" in text_of(client.get(at(reference, page)))


def test_answers_are_there_when_one_comes_back(client: Client, reference: str) -> None:
    assess(client, reference)
    assert "At 0:42 the speaker says so." in text_of(client.get(at(reference, "evidence")))
    assert 'value="V1" checked' in text_of(client.get(at(reference, "harm")))
    assert 'value="artistic" checked' in text_of(client.get(at(reference, "rights")))


def test_answers_are_kept_when_a_page_has_errors(client: Client, reference: str) -> None:
    fill(client, at(reference, "harm"), **HARM)
    refused = fill(client, at(reference, "law"), provision_why="Because of this.")
    assert refused.status_code == 422
    assert "E-LAW-02" in text_of(refused)
    assert "E-REF-81" in text_of(refused)
    assert "Because of this." in text_of(client.get(at(reference, "law")))


def test_going_back_keeps_what_was_typed_and_asks_for_nothing(
    client: Client, reference: str
) -> None:
    fill(client, at(reference, "harm"), **HARM)
    back = fill(client, at(reference, "law"), provision="Half a thought", go="back")
    assert back["Location"] == at(reference, "harm")
    assert "Half a thought" in text_of(client.get(at(reference, "law")))


def test_nobody_else_sees_half_made_answers(client: Client, reference: str) -> None:
    fill(client, at(reference, "harm"), **HARM)
    other = signed_in(ADA)
    assert "checked" not in text_of(other.get(at(reference, "harm")))


def test_without_a_harm_the_first_page_comes_first(client: Client, reference: str) -> None:
    assert client.get(at(reference, "evidence"))["Location"] == at(reference, "harm")
    refused = fill(client, at(reference, "harm"))
    assert refused.status_code == 422
    assert "Select the harm" in text_of(refused)
    assert 'href="#id_harm"' in text_of(refused)
    assert 'id="id_harm"' in text_of(refused)
    assert row(reference).state == State.LOGGED


def test_every_harm_is_offered_and_says_whether_it_is_verified(
    client: Client, reference: str
) -> None:
    page = text_of(client.get(at(reference, "harm")))
    book = lawbook()
    offered = [harm for harm in book.harms.values() if not harm.cannot_be_sent]
    for harm in book.harms.values():
        radio = f'name="harm" type="radio" value="{harm.code}"'
        assert page.count(radio) == int(harm in offered)
    explained_once = 1
    assert page.count("Not verified") == sum(not it.verified for it in offered) + explained_once


def test_only_the_ground_that_was_chosen_is_asked_about(client: Client, reference: str) -> None:
    fill(client, at(reference, "harm"), **HARM | {"ground": "illegal"})
    page = text_of(client.get(at(reference, "law")))
    assert 'name="provision"' in page
    assert 'name="policy_clause"' not in page
    assert f'href="/referrals/{reference}/emergency/"' in page
    fill(client, at(reference, "harm"), **HARM | {"ground": "terms"})
    page = text_of(client.get(at(reference, "law")))
    assert 'name="provision"' not in page
    assert 'name="policy_clause"' in page


def test_weighing_is_asked_only_where_there_is_expression(client: Client, reference: str) -> None:
    fill(client, at(reference, "harm"), **HARM)
    without = {**RIGHTS, "expression": [], "expression_weighing": ""}
    assert fill(client, at(reference, "rights"), **without).status_code == 302
    refused = fill(client, at(reference, "rights"), **RIGHTS | {"expression_weighing": " "})
    assert refused.status_code == 422
    assert "E-PROP-80" in text_of(refused)
    assert 'href="#id_expression_weighing"' in text_of(refused)


@pytest.mark.parametrize("child", ["likely", "yes"])
def test_a_childs_interests_are_asked_where_a_child_is_likely(
    client: Client, reference: str, child: str
) -> None:
    fill(client, at(reference, "harm"), **HARM)
    refused = fill(client, at(reference, "child"), child=child, child_interests="")
    assert refused.status_code == 422
    assert "E-CHD-75" in text_of(refused)
    assert fill(client, at(reference, "child"), child="no").status_code == 302


def test_what_supports_the_opposite_is_required(client: Client, reference: str) -> None:
    fill(client, at(reference, "harm"), **HARM)
    refused = fill(client, at(reference, "evidence"), **EVIDENCE | {"supports_opposite": ""})
    assert refused.status_code == 422
    assert "E-PROP-80" in text_of(refused)


def test_what_was_not_asked_in_the_end_is_left_out(client: Client, reference: str) -> None:
    assess(client, reference)
    fill(client, at(reference, "rights"), **RIGHTS | {"expression": []})
    fill(client, at(reference, "child"), child="no", child_interests="Still typed here.")
    fill(client, at(reference, "check"))
    made = submitted(reference)
    assert made.expression_weighing == ""
    assert made.child_interests == ""


def test_a_change_leads_back_to_the_check(client: Client, reference: str) -> None:
    assess(client, reference)
    page = text_of(client.get(at(reference, "check")))
    assert f'href="{at(reference, "evidence")}?change=1#id_evidence_inside"' in page
    changed = {**EVIDENCE, "evidence_outside": "A letter."}
    there = client.get(at(reference, "evidence") + "?change=1")
    answer = client.post(at(reference, "evidence") + "?change=1", carried(there) | changed)
    assert answer["Location"] == at(reference, "check")
    assert "A letter." in text_of(client.get(at(reference, "check")))


def test_a_change_that_makes_a_new_question_leads_to_it(client: Client, reference: str) -> None:
    for page, answers in PAGES.items():
        changes = {"ground": "illegal"} if page == "harm" else {}
        fill(client, at(reference, page), **{**answers, **changes, "policy_why": ""})
    answer = client.post(at(reference, "harm") + "?change=1", dict(HARM))
    assert answer["Location"] == at(reference, "law")


def test_the_check_page_tells_facts_from_assessment_and_shows_what_is_not_verified(
    client: Client, reference: str
) -> None:
    assess(client, reference)
    page = text_of(client.get(at(reference, "check")))
    facts, assessments = page.index(">Facts<"), page.index(">Assessments of the officer<")
    assert facts < page.index("At 0:42 the speaker") < assessments < page.index("It may be acted.")
    assert "Not verified by this desk" in page
    assert "an approver with child training decides" in page


def test_an_unfinished_assessment_cannot_be_checked(client: Client, reference: str) -> None:
    fill(client, at(reference, "harm"), **HARM)
    assert client.get(at(reference, "check"))["Location"] == at(reference)
    assert client.get(at(reference))["Location"] == at(reference, "law")
    sent = carried(client.get(f"/referrals/{reference}/withdraw/"))
    refused = client.post(at(reference, "check"), sent)
    assert refused.status_code == 422
    assert "E-LAW-02" in text_of(refused)
    assert row(reference).state == State.ASSESSING


def test_sent_twice_it_is_submitted_once(client: Client, reference: str) -> None:
    assess(client, reference)
    sent = carried(client.get(at(reference, "check")))
    assert client.post(at(reference, "check"), sent).status_code == 302
    assert client.post(at(reference, "check"), sent).status_code == 302
    assert row(reference).assessmentrows.count() == 1


def test_what_a_colleague_submitted_meanwhile_is_told(
    desk: Desk, client: Client, reference: str
) -> None:
    assess(client, reference)
    sent = carried(client.get(at(reference, "check")))
    desk.do(reference, "submit_by_cy")
    told = client.post(at(reference, "check"), sent)
    assert told.status_code == 409
    assert "E-MOVE-02" in text_of(told)
    assert row(reference).assessmentrows.count() == 1


def test_terms_only_needs_the_terms_and_says_who_decides(client: Client, reference: str) -> None:
    refused = fill(client, at(reference, "harm"), harm="X1", ground="both")
    assert refused.status_code == 422
    assert "E-HARM-03" in text_of(refused)
    assert fill(client, at(reference, "harm"), harm="X1", ground="terms").status_code == 302
    for page in ("law", "evidence", "rights", "child"):
        fill(client, at(reference, page), **PAGES[page])
    assert "a senior approver decides" in text_of(client.get(at(reference, "check")))


def test_what_nobody_assessed_cannot_be_assessed_as_such(client: Client, reference: str) -> None:
    refused = fill(client, at(reference, "harm"), harm="X2", ground="illegal")
    assert refused.status_code == 422
    assert "E-HARM-02" in text_of(refused)


def test_further_harms_are_kept(client: Client, reference: str) -> None:
    fill(client, at(reference, "harm"), **HARM, also_harms=["H1", "V1"])
    for page in ("law", "evidence", "rights", "child"):
        fill(client, at(reference, page), **PAGES[page])
    fill(client, at(reference, "check"))
    assert submitted(reference).also_harms == ("H1",)


@pytest.mark.parametrize("chosen", [{"harm": "C1"}, {"harm": "V1", "also_harms": ["C1"]}])
def test_child_sexual_abuse_imagery_ends_the_form_and_destroys_the_words(
    client: Client, reference: str, chosen: Page
) -> None:
    words = "These words must not stay."
    fill(client, at(reference, "harm"), **HARM)
    fill(client, at(reference, "evidence"), evidence_inside=words)
    stopped = fill(client, at(reference, "harm"), ground="illegal", **chosen)
    route = f"/referrals/{reference}/statutory-route/"
    assert stopped["Location"] == route
    page = text_of(client.get(route))
    assert "Do not describe it." in page
    assert "Internet Watch Foundation" in page
    unsure = fill(client, route, reported_to="iwf", reported_reference="IWF-7")
    assert unsure.status_code == 422
    assert row(reference).state != State.STATUTORY_ROUTE
    answers = {"reported_to": "iwf", "reported_reference": "IWF-7", "understood": "on"}
    done = fill(client, route, **answers)
    assert done.status_code == 302
    assert row(reference).state == State.STATUTORY_ROUTE
    shown = text_of(client.get(done["Location"]))
    assert "IWF-7" in shown
    assert "dQw4w9WgXcQ" not in shown
    from evenhand.store.machinery import DraftRow

    assert not DraftRow.objects.filter(about__contains=[reference]).exists()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"evidence_inside": "\0"}, "E-TEXT-03"),
        ({"evidence_inside": "x" * 10_001}, "E-TEXT-02"),
        ({"evidence_inside": " \n "}, "E-FACT-12"),
    ],
)
def test_an_answer_that_cannot_be_kept_is_refused_once_with_its_rule(
    client: Client, reference: str, changes: Page, told: str
) -> None:
    fill(client, at(reference, "harm"), **HARM)
    refused = fill(client, at(reference, "evidence"), **EVIDENCE | changes)
    assert refused.status_code == 422
    assert above_the_form(text_of(refused)).count(told) == 1
    assert "It may be acted." in text_of(refused)


def test_a_strange_answer_is_kept_exactly(client: Client, reference: str) -> None:
    strange = "<script>alert(1)</script> & “x” \u202eevil 🎷 שלום\n\n  indented"
    assess(client, reference, evidence={})
    fill(client, at(reference, "evidence"), **EVIDENCE | {"evidence_outside": strange})
    page = text_of(client.get(at(reference, "check")))
    assert "<script>alert(1)" not in page
    fill(client, at(reference, "check"))
    assert submitted(reference).evidence_outside == strange


@pytest.mark.parametrize(
    ("harm", "ground"), [("Z9", "both"), ("V1", "music"), ("\0", "illegal"), ("", "")]
)
def test_unknown_choices_are_refused(
    client: Client, reference: str, harm: str, ground: str
) -> None:
    refused = fill(client, at(reference, "harm"), harm=harm, ground=ground)
    assert refused.status_code == 422
    assert row(reference).state == State.LOGGED


def test_an_unknown_page_is_not_found(client: Client, reference: str) -> None:
    assert client.get(at(reference, "music")).status_code == 404


def test_a_returned_assessment_begins_with_what_was_said_and_why_it_came_back(
    desk: Desk, reference: str
) -> None:
    desk.do(reference, "submit", "return")
    client = signed_in(BO)
    assert client.get(at(reference))["Location"] == at(reference, "check")
    page = text_of(client.get(at(reference, "check")))
    assert "Cy returned it: I have looked at it myself." in page
    assert "My answer on supports_opposite." in page
    assert fill(client, at(reference, "check")).status_code == 302
    assert row(reference).assessmentrows.count() == 2


def test_what_waits_for_approval_is_taken_back_on_purpose_only(desk: Desk, reference: str) -> None:
    desk.do(reference, "submit")
    client = signed_in(BO)
    assert client.get(at(reference, "harm"))["Location"] == at(reference)
    assert row(reference).state == State.AWAITING_APPROVAL
    done = fill(client, at(reference))
    assert done["Location"] == at(reference)
    assert row(reference).state == State.ASSESSING


@pytest.mark.parametrize("state", [State.SENT, State.CLOSED, State.STATUTORY_ROUTE])
def test_what_cannot_be_assessed_says_so(desk: Desk, state: State) -> None:
    reference = desk.brought_to(state)
    client = signed_in(ADA)
    for page in ("", "harm", "check"):
        told = client.get(at(reference, page), follow=True)
        assert told.status_code == 409
        assert "E-MOVE-01" in text_of(told)


def test_what_was_sent_still_ends_by_the_statutory_route_and_what_has_ended_is_reopened_first(
    desk: Desk,
) -> None:
    answers = {"reported_to": "iwf", "reported_reference": "IWF-7", "understood": "on"}
    desk.by(ADA)
    client = signed_in(ADA)
    for state in (State.SENT, State.UNDER_CHALLENGE):
        reference = desk.brought_to(state)
        route = f"/referrals/{reference}/statutory-route/"
        assert route in text_of(client.get(f"/referrals/{reference}/")), state
        assert fill(client, route, **answers).status_code == 302
        assert row(reference).state == State.STATUTORY_ROUTE
    for state in (State.CLOSED, State.DUPLICATE, State.STATUTORY_ROUTE):
        told = client.get(f"/referrals/{desk.brought_to(state)}/statutory-route/")
        assert (told.status_code, "E-MOVE-01" in text_of(told)) == (409, True), state


def test_the_statutory_route_leads_to_what_else_of_the_same_content_is_to_go(
    desk: Desk, reference: str, client: Client
) -> None:
    desk.by(OLA)
    url, why = "https://youtu.be/dQw4w9WgXcQ", Continuing(reason="It is up again.")
    said = intake(observed_at=desk.now)
    other = log(identify(url), url, said, continuing=why, acting=desk.by(ADA))
    route, then = (f"/referrals/{it}/statutory-route/" for it in (reference, other))
    before = client.get(route)
    assert invalid_html(before) == []
    assert f'href="/referrals/{other}/">{other}</a>' in text_of(before)
    answers = {"reported_to": "iwf", "reported_reference": "IWF-7", "understood": "on"}
    done = client.get(fill(client, route, **answers)["Location"])
    assert invalid_html(done) == []
    for page in (done, client.get(f"/referrals/{other}/")):
        assert "The statutory route was taken for this content." in text_of(page)
        assert f'href="{then}">{other}</a>' in text_of(page)
    seen = text_of(signed_in(OLA).get(f"/referrals/{reference}/"))
    assert f'href="/referrals/{other}/">{other}</a>' in seen
    last = client.get(fill(client, then, **answers)["Location"])
    assert "was taken for this content" not in text_of(last)


def test_an_overseer_assesses_nothing(desk: Desk, reference: str) -> None:
    desk.by(OLA)
    client = signed_in(OLA)
    for page in ("", "harm", "check"):
        assert client.get(at(reference, page)).status_code == 403
    assert client.get(f"/referrals/{reference}/statutory-route/").status_code == 403


def test_answers_sent_after_the_session_ended_come_back(client: Client, reference: str) -> None:
    fill(client, at(reference, "harm"), **HARM)
    sent = carried(client.get(at(reference, "evidence"))) | dict(EVIDENCE)
    client.logout()
    stopped = client.post(at(reference, "evidence"), sent)
    (there,) = parse_qs(urlsplit(stopped["Location"]).query)["next"]
    account = User.objects.get(username="bo")
    client.force_login(account, backend="evenhand.web.account.backend.AccountsOfOfficers")
    assert "It may be acted." in text_of(client.get(there))
    assert "It may be acted." in text_of(client.get(at(reference, "evidence")))


def test_a_draft_that_was_overtaken_never_passes_for_the_assessment_that_was_sent(
    desk: Desk, client: Client, reference: str
) -> None:
    desk.by(ADA)
    ada = signed_in(ADA)
    for page, answers in PAGES.items():
        fill(ada, at(reference, page), **answers)
    desk.do(reference, "submit", "return")
    page = text_of(ada.get(at(reference, "check")))
    assert "Cy returned it" in page
    assert "My answer on supports_opposite." in page
    own = page.index("What you had written before a colleague sent")
    assert own < page.index("It may be acted.") < page.index(">Facts<")
    assert page.count("It may be acted.") == 1


def test_an_overtaken_draft_is_offered_when_sending_it_is_too_late(
    desk: Desk, client: Client, reference: str
) -> None:
    assess(client, reference)
    opened = carried(client.get(at(reference, "evidence")))
    check = carried(client.get(at(reference, "check")))
    desk.do(reference, "submit_by_cy")
    too_late = client.post(at(reference, "check"), check)
    assert too_late.status_code == 409
    assert "It may be acted." in text_of(too_late)
    assert "by Cy" in text_of(too_late)
    page = client.post(at(reference, "evidence"), opened | {"evidence_inside": "Typed just now."})
    assert page.status_code == 409
    assert "Typed just now." in text_of(page)


def test_a_colleague_who_began_to_assess_it_is_named_before_one_begins(
    desk: Desk, reference: str
) -> None:
    desk.do(reference, "triage", "start")
    told = "Bo began to assess this on"
    assert told not in text_of(signed_in(BO).get(at(reference, "harm")))
    ada = signed_in(ADA)
    assert told in text_of(ada.get(at(reference, "harm")))
    assert told in text_of(ada.get(f"/referrals/{reference}/"))


def test_an_answer_that_is_too_long_never_replaces_a_good_one(
    client: Client, reference: str
) -> None:
    fill(client, at(reference, "harm"), **HARM)
    fill(client, at(reference, "evidence"), **EVIDENCE)
    long = {"evidence_inside": "x" * 4_000_000, "evidence_outside": "A letter."}
    refused = fill(client, at(reference, "evidence"), **EVIDENCE | long)
    assert refused.status_code == 422
    assert "E-TEXT-02" in text_of(refused)
    assert len(refused.content) < 100_000
    page = text_of(client.get(at(reference, "evidence")))
    assert "At 0:42 the speaker says so." in page
    assert "A letter." in page


def test_our_own_words_never_go_out_as_the_platforms_clause(client: Client, reference: str) -> None:
    fill(client, at(reference, "harm"), **HARM)
    refused = fill(client, at(reference, "law"), **LAW | {"policy_clause": ""})
    assert refused.status_code == 422
    assert 'href="#id_policy_clause"' in text_of(refused)


def test_a_missing_law_is_asked_for_at_the_checkboxes(client: Client, reference: str) -> None:
    fill(client, at(reference, "harm"), **HARM)
    without = {"provision_from": [], "provision": ""}
    refused = text_of(fill(client, at(reference, "law"), **LAW | without))
    assert 'href="#id_provision_from"' in refused
    assert 'id="id_provision_from"' in refused
    fill(client, at(reference, "law"), **LAW)
    for page in ("evidence", "rights", "child"):
        fill(client, at(reference, page), **PAGES[page])
    assert "#id_provision_from" in text_of(client.get(at(reference, "check")))


def test_an_empty_page_says_each_fault_in_one_line_and_the_rules_once(
    client: Client, reference: str
) -> None:
    fill(client, at(reference, "harm"), **HARM)
    page = text_of(fill(client, at(reference, "law")))
    summary = page[page.index("error-summary") : page.index("The rules behind this")]
    assert summary.count("<li>") == 5
    assert "Rule E-" not in summary
    assert above_the_form(page).count("Rule E-LAW-02") == 1


def above_the_form(page: str) -> str:
    """Give what a page says before its questions, whose guidance names rules too."""
    return page[: page.index('<form method="post" novalidate')]


def test_a_hidden_sign_that_turns_text_round_is_shown_as_a_sign(
    client: Client, reference: str
) -> None:
    assess(client, reference)
    fill(
        client, at(reference, "evidence"), **EVIDENCE | {"evidence_outside": "\u202egnihton\x1b[2J"}
    )
    page = text_of(client.get(at(reference, "check")))
    assert (
        '<span class="eh-sign">U+202E</span>gnihton<span class="eh-sign">U+001B</span>[2J' in page
    )
    assert "\u202e" not in page
    assert "\x1b" not in page


def test_every_page_takes_a_bounded_number_of_queries(client: Client, reference: str) -> None:
    assess(client, reference)
    for page in (*PAGES, "check"):
        there = at(reference, page)
        client.get(there)
        assert queries_of(partial(client.get, there)) <= 30
