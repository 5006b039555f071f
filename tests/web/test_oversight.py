"""The pages of those who oversee: what agrees, what was looked at for what, what was refused."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from evenhand.actions import consultations as following
from evenhand.actions.oversight import enter_attempt
from evenhand.queries import log as log_queries
from evenhand.queries import oversight_records, people, referrals
from evenhand.queries import referral as one_referral
from evenhand.queries.referrals import PAGE, Filter
from evenhand.rules.consultations import ONE_CONSULTATION
from evenhand.rules.officers import Officer, Permission, Role
from evenhand.rules.oversight import LogPurpose
from evenhand.rules.people import NotYourPerson
from evenhand.rules.referrals import SameOfficer, State
from evenhand.store.log import EntryRow, OpeningRow
from evenhand.store.machinery import LooksOfDayRow, ReconciliationRow
from evenhand.store.sequencing import LogCheckpointRow, LogPendingRow, LogWitnessRow, note_fault
from evenhand.web import labels
from evenhand.web.oversight import present
from tests.actions.people import known_person, person
from tests.builders import ADA, BO, CY, DEE, OLA, as_reader
from tests.journeys import Desk, row
from tests.ledger import reading
from tests.ledger.cast import EAST, checkpoint
from tests.web.filling import check_valid
from tests.web.people import now, queries_of, signed_in, stored, text_of

pytestmark = pytest.mark.django_db
HOME, ATTEMPTS, LOOKS = "/oversight/", "/oversight/attempts/", "/oversight/looks/"
FIND = "/oversight/records/"


@pytest.fixture
def desk() -> Desk:
    return Desk(now=now() - timedelta(days=60))


@pytest.fixture
def ola(desk: Desk) -> Client:
    desk.by(OLA)
    return signed_in(OLA)


def opened(client: Client, address: str, **query: Any) -> str:
    response = client.get(address, query)
    assert response.status_code == 200, text_of(response)
    check_valid(response)
    return text_of(response)


def newest() -> tuple[str, dict[str, object]]:
    it = OpeningRow.objects.select_related("entry").latest("entry__number")
    leaf = reading.check(bytes(it.entry.leaf), bytes(it.entry.leaf_hash), it.fields)
    return str(leaf["act"]), reading.fields(it.fields)


def compared(**changes: Any) -> ReconciliationRow:
    plain = {"entries": 1200, "rows": 900, "changes": 2300, "found": 0, "differences": []}
    at = {"began_at": now(), "ended_at": now()}
    return ReconciliationRow.objects.create(**{**plain, **at, **changes})


def refused_by(desk: Desk, officer: Officer, reference: str = "") -> None:
    refused = SameOfficer("No.")
    enter_attempt(refused, reference=reference, acting=as_reader(officer, desk.by(officer).at))


def test_a_log_that_was_never_compared_says_so_and_promises_nothing(ola: Client) -> None:
    page = opened(ola, HOME)
    assert "Casework was not compared with the log yet." in page
    assert "Nothing of the log is signed yet" in page
    assert "They agreed" not in page


def test_what_was_compared_and_agreed_is_shown_with_how_much_was_read(ola: Client) -> None:
    compared()
    page = opened(ola, HOME)
    assert "They agreed" in page
    assert "The log was not compared with its tree: no signed checkpoint is published." in page
    assert "2,300" in page
    assert "more than two days old" not in page


def test_differences_are_told_in_sentences_and_counted(ola: Client) -> None:
    differences = [
        {"table": "words", "key": f"key-{number}", "what": "row-missing"} for number in range(40)
    ]
    compared(found=41, differences=differences)
    page = opened(ola, HOME)
    assert "Casework does not agree with the log." in page
    assert "Row key-0 of words was removed behind the application’s back" in page
    assert "key-25" not in page
    assert "And 16 more." in page


def signed(size: int, *, cosigned: bool = False) -> None:
    LogCheckpointRow.objects.create(
        size=size, checkpoint="", signed_at=now(), cosigned_at=now() if cosigned else None
    )


def test_how_far_the_log_is_signed_is_shown_and_that_only_the_desk_signs_it(ola: Client) -> None:
    compared()
    signed(1234)
    page = opened(ola, HOME)
    assert "1,234 entries, on " in page
    assert "A comparison goes through the published tree, too, as far as that is signed." in page
    assert (
        "the desk’s own signer is all there is, and it does not help where its key is taken" in page
    )
    assert "does not go on" not in page


def test_where_others_cosign_the_page_says_what_they_refuse(
    ola: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    witness = f"witness east {EAST.verifier}\nquorum east\n"
    monkeypatch.setattr(settings, "DESK", replace(settings.DESK, witness_policy=witness))
    signed(1, cosigned=True)
    page = opened(ola, HOME)
    assert page.count("1 entry, on ") == 2
    assert "The witnesses refuse to cosign it." in page
    assert "all there is" not in page


def test_how_many_entries_wait_for_their_index_is_shown_up_to_a_bound(
    desk: Desk, ola: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.log()
    waiting = LogPendingRow.objects.count()
    label = "Entries that wait for their index"

    def shown() -> str:
        return opened(ola, HOME).partition(label)[2].partition("</dd>")[0]

    assert f" {waiting}" in shown()
    for module in (log_queries, present):
        monkeypatch.setattr(module, "MOST_WAITING", waiting - 1)
    assert f"more than {waiting - 1}" in shown()


def test_the_newest_entry_is_named_as_the_verifier_names_it(desk: Desk, ola: Client) -> None:
    desk.log()
    number = EntryRow.objects.latest("number").number
    assert f"number #{number}" in opened(ola, HOME)


def test_a_witness_that_is_silent_is_named_with_why(
    ola: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    witness = f"witness east {EAST.verifier}\nquorum east\n"
    monkeypatch.setattr(settings, "DESK", replace(settings.DESK, witness_policy=witness))
    name = EAST.verifier.name
    assert f"{name} has not been heard of yet." in opened(ola, HOME)
    earlier = now() - timedelta(hours=1)
    note = checkpoint(3, bytes(32), at=int(earlier.timestamp()), by=(EAST,))
    LogCheckpointRow.objects.create(size=3, checkpoint=str(note), signed_at=earlier)
    LogWitnessRow.objects.create(
        key=str(EAST.verifier), size=3, heard_at=earlier, fault="It is closed."
    )
    signed(9)
    page = opened(ola, HOME)
    assert f"{name} has not been heard of since " in page
    assert "It cosigned 3 entries then. It is closed." in page


def test_why_the_log_does_not_go_on_is_shown_and_since_when(ola: Client) -> None:
    note_fault("ROLLBACK: the log knows 6 entries, the signer signed 9.", at=now())
    page = opened(ola, HOME)
    assert "The log does not go on: its newest entries are not signed." in page
    assert "ROLLBACK: the log knows 6 entries, the signer signed 9." in page


def test_a_comparison_of_days_ago_is_said_to_be_old(ola: Client) -> None:
    compared(ended_at=now() - timedelta(days=3))
    assert "more than two days old" in opened(ola, HOME)


def test_a_comparison_that_failed_stands_above_what_was_found_before(ola: Client) -> None:
    compared(ended_at=now() - timedelta(hours=1))
    compared(failure="DataError", entries=0)
    page = opened(ola, HOME)
    assert "failed (DataError)" in page
    assert page.index("failed (DataError)") < page.index("They agreed")
    assert "1,200" in page
    compared()
    assert "failed (" not in opened(ola, HOME)


@pytest.mark.parametrize("role", list(Role))
def test_only_who_oversees_comes_here(role: Role) -> None:
    beside = {Role.SENIOR_APPROVER, Role.CHILD_APPROVER}
    held = [role, Role.APPROVER] if role in beside else [role]
    client = signed_in(stored("Reader", *held))
    may = role in {Role.DPO, Role.OVERSEER}
    for address in (HOME, ATTEMPTS, LOOKS, FIND, f"{FIND}2026-000001/"):
        assert client.get(address).status_code == (200 if may else 403), address
    assert ('href="/oversight/"' in text_of(client.get("/you/"))) == may


def test_attempts_are_listed_newest_first_without_who_it_was(desk: Desk, ola: Client) -> None:
    reference = desk.log()
    assert "Nothing was tried and refused." in opened(ola, ATTEMPTS)
    refused_by(desk, ADA, reference)
    following.enter_repeats(now=desk.now + ONE_CONSULTATION)
    page = opened(ola, ATTEMPTS)
    assert "Was refused: Decide. Rule E-TWO-01: Whoever approves a referral" in page
    assert "Ada" not in page
    assert reference not in page


def test_who_it_was_is_shown_for_a_purpose_and_that_is_an_entry(desk: Desk, ola: Client) -> None:
    reference = desk.log()
    refused_by(desk, ADA, reference)
    refused_by(desk, BO)
    page = opened(ola, ATTEMPTS, purpose="security", ask="yes")
    assert "Ada was refused: Decide." in page
    assert "entry #" in page
    assert f'href="/oversight/records/{reference}/"' in page
    assert "To keep personal data whole and secure" in page
    act, fields = newest()
    assert (act, fields["why"], fields["who"]) == ("log.consult", "security", str(OLA.ref))
    assert fields["obj"] == str(row(reference).id)


@pytest.mark.parametrize("address", [ATTEMPTS, FIND, f"{FIND}2026-000001/"])
def test_a_purpose_that_is_not_given_is_asked_for(desk: Desk, ola: Client, address: str) -> None:
    refused_by(desk, ADA)
    answered = ola.get(address, {"ask": "yes"})
    check_valid(answered)
    assert answered.status_code == 422
    assert "Select what you read the log for" in text_of(answered)


def test_another_purpose_is_refused_and_an_attempt(desk: Desk, ola: Client) -> None:
    reference = desk.log()
    for address in (ATTEMPTS, f"{FIND}{reference}/", f"{FIND}{reference}/lists/"):
        answered = ola.get(address, {"purpose": "performance"})
        assert answered.status_code == 403
        assert "E-LOG-55" in text_of(answered)
        act, fields = newest()
        assert (act, fields["why"], fields["tried"]) == ("attempt.refuse", "e-log-55", "read_who")


def test_attempts_come_a_page_at_a_time_in_as_many_queries(desk: Desk, ola: Client) -> None:
    refused_by(desk, ADA, desk.log())
    ola.get(ATTEMPTS)
    few = queries_of(lambda: ola.get(ATTEMPTS))
    for _ in range(PAGE + 2):
        refused_by(desk, ADA, desk.log())
    assert queries_of(lambda: ola.get(ATTEMPTS)) == few
    named = queries_of(lambda: ola.get(ATTEMPTS, {"purpose": "security"}))
    # Purpose, names, and the references of referrals and of people.
    assert named <= few + 4
    page = opened(ola, ATTEMPTS)
    assert page.count("Was refused") == PAGE
    before = page.partition("?before=")[2].partition('"')[0]
    older = opened(ola, ATTEMPTS, before=before)
    assert older.count("Was refused") == 3
    assert "Back to the first page" in older


def test_attempts_are_found_by_an_index_of_their_own() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for way in ("seqscan", "bitmapscan"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
    plan = EntryRow.objects.of_attempts().filter(number__lt=9).order_by("-number")[:9].explain()
    # Each part of the table has the index under a name of its own, made from its columns.
    assert [line for line in plan.splitlines() if "Filter" in line and "leaf" in line] == []
    assert "_number_idx" in plan


def test_looks_are_counted_by_purpose_in_a_period_and_never_by_officer(ola: Client) -> None:
    assert "Looks were not counted yet." in opened(ola, LOOKS)
    compared()
    assert "The log holds no look of this period." in opened(ola, LOOKS)
    today = now().date()
    for days, why, looks, repeats in (
        (0, "read_referral", 1200, 30),
        (1, "read_referral", 4, 1),
        (1, "decide", 7, 0),
        (2, "security", 2, 0),
        (90, "decide", 100, 0),
    ):
        LooksOfDayRow.objects.create(
            day=today - timedelta(days=days), why=why, looks=looks, repeats=repeats
        )
    page = opened(ola, LOOKS)
    for told in ("Open a referral", "1,204", "Decide", "Read the log: To keep personal", "1,213"):
        assert told in page
    first = today - timedelta(days=100)
    asked = {"since_day": first.day, "since_month": first.month, "since_year": first.year}
    last = today - timedelta(days=80)
    asked |= {"until_day": last.day, "until_month": last.month, "until_year": last.year}
    assert "1,204" not in opened(ola, LOOKS, **asked)
    assert queries_of(lambda: ola.get(LOOKS)) <= queries_of(lambda: ola.get(HOME)) + 2


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"since_day": "1"}, "The first day must include a month and a year"),
        ({"since_day": "1", "since_month": "1", "since_year": "2026"}, "Enter the last day"),
        ({"until_day": "1", "until_month": "1", "until_year": "2026"}, "Enter the first day"),
        (
            {
                "since_day": "2",
                "since_month": "1",
                "since_year": "2026",
                "until_day": "1",
                "until_month": "1",
                "until_year": "2026",
            },
            "The last day must be the first day or later",
        ),
    ],
)
def test_a_period_that_is_none_is_asked_for_again(
    ola: Client, asked: dict[str, str], said: str
) -> None:
    answered = ola.get(LOOKS, asked)
    check_valid(answered)
    assert answered.status_code == 422
    assert said in text_of(answered)


def test_who_looked_at_a_referral_or_changed_it_is_told_newest_first(
    desk: Desk, ola: Client
) -> None:
    reference = desk.brought_to(State.AWAITING_APPROVAL)
    one_referral.one(reference, why=Permission.DECIDE, acting=as_reader(CY, desk.by(CY).at))
    refused_by(desk, ADA, reference)
    found = ola.get(FIND, {"reference": reference, "purpose": "lawfulness", "ask": "yes"})
    assert found.status_code == 302
    page = opened(ola, found["Location"])
    told = [
        "Ola, overseer, read the log about it: Read the log: To check that processing is lawful",
        "Ada was refused: Decide.",
        "Cy, approver, looked at it: Decide",
        "Bo, officer, submitted an assessment",
        "Ada, officer, logged this content",
    ]
    places = [page.index(it) for it in told]
    assert places == sorted(places)


def test_a_referral_that_is_not_there_is_said_so(ola: Client) -> None:
    for reference in ("2026-999999", "P-22222222", "nonsense"):
        answered = ola.get(FIND, {"reference": reference, "purpose": "security"})
        assert answered.status_code == 422
        assert "This desk has no record with this reference" in text_of(answered)
    for reference in ("2026-999999", "P-22222222"):
        assert ola.get(f"{FIND}{reference}/", {"purpose": "security"}).status_code == 404


def test_who_looked_at_a_person_or_changed_their_record_is_told_alike(
    desk: Desk, ola: Client
) -> None:
    desk.now = now() - timedelta(days=9)
    reference = known_person(desk)
    people.one(reference, "To warn them.", acting=as_reader(ADA, desk.by(ADA).at))
    refused = NotYourPerson("No.")
    enter_attempt(refused, reference=reference, acting=as_reader(BO, desk.by(BO).at))
    found = ola.get(FIND, {"reference": reference.lower(), "purpose": "lawfulness", "ask": "yes"})
    page = opened(ola, found["Location"])
    told = [
        "Ola, overseer, read the log about it",
        "Bo was refused: ",
        "Ada, officer, looked at a person’s record: ",
        "authorised a person’s record",
        "Ada, officer, proposed a person for the record",
    ]
    places = [page.index(it) for it in told]
    assert places == sorted(places)
    assert newest()[1]["obj"] == str(person(reference).id)
    named = opened(ola, ATTEMPTS, purpose="security", ask="yes")
    assert f'href="/oversight/records/{reference}/"' in named
    assert "No list among these" in opened(ola, f"{FIND}{reference}/lists/", purpose="security")


def test_a_long_story_comes_a_page_at_a_time_in_as_many_queries(desk: Desk, ola: Client) -> None:
    reference = desk.brought_to(State.REOPENED)
    address = f"{FIND}{reference}/"
    ola.get(address, {"purpose": "security"})
    few = queries_of(lambda: ola.get(address, {"purpose": "security"}))
    for minutes in range(PAGE):
        at = desk.now + minutes * ONE_CONSULTATION
        one_referral.one(reference, acting=as_reader(ADA, at))
    assert queries_of(lambda: ola.get(address, {"purpose": "security"})) == few
    page = opened(ola, address, purpose="security")
    assert page.count('class="eh-history__entry"') == PAGE
    before = page.partition("&amp;before=")[2].partition('"')[0]
    older = opened(ola, address, purpose="security", before=before)
    assert "logged this content" in older
    assert "Back to the first page" in older


def test_lists_that_showed_a_referral_are_found_a_stretch_of_the_log_at_a_time(
    desk: Desk, ola: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference, other = desk.log(), desk.log()
    referrals.find(Filter(), acting=as_reader(BO, desk.by(BO).at))
    address = f"{FIND}{reference}/lists/"
    page = opened(ola, address, purpose="security")
    assert "Bo, officer, looked at a list of referrals: List referrals" in page
    assert "Look through earlier entries" not in page
    newest_first = opened(ola, f"{FIND}{other}/lists/", purpose="security")
    assert "Bo, officer," in newest_first

    monkeypatch.setattr(oversight_records, "MOST_SEARCHED", 2)
    page = opened(ola, address, purpose="security")
    assert "No list among these entries showed it." in page
    seen = 1
    while further := page.partition('href="?purpose')[2].partition('"')[0]:
        page = opened(ola, f"{address}?purpose{further}".replace("&amp;", "&"))
        seen += "Bo, officer," in page
    assert seen == 2
    assert "Back to the newest entries" in page


def test_every_act_has_a_name_and_so_has_every_purpose() -> None:
    assert set(labels.ACTS) == set(Permission)
    assert set(labels.LOG_PURPOSES) == set(LogPurpose)


def test_who_advises_sees_the_same(desk: Desk) -> None:
    desk.by(DEE)
    assert "Casework and the log" in opened(signed_in(DEE), HOME)


def test_a_page_that_does_not_exist_is_the_first(ola: Client) -> None:
    for before in ("x", "-1", "9" * 40, "٣"):
        assert ola.get(ATTEMPTS, {"before": before}).status_code == 200
