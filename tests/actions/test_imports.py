"""An old system in quarantine: brought, confirmed, passed one by one, rejected, erased, counted."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from evenhand.actions import imports, imports_passing, people, referrals
from evenhand.actions.referrals import Admitted
from evenhand.queries import imports as known
from evenhand.queries import people_count
from evenhand.rules.assurance import DocumentKind, NoAssessmentInForce, NoPolicyInForce
from evenhand.rules.content import PrivatePlace, identify
from evenhand.rules.imports import (
    ABOUT_PEOPLE,
    LeftQuarantine,
    MappingWrong,
    Meaning,
    StaysInQuarantine,
    Tally,
)
from evenhand.rules.imports_mapping import FileMapping, suggest
from evenhand.rules.intake import NotPublic
from evenhand.rules.officers import WORKER, RoleMissing
from evenhand.rules.referrals import NotFound
from evenhand.rules.refusals import Refused
from evenhand.rules.texts import ReasonMissing
from evenhand.store.assurance import assured
from evenhand.store.imports import ImportedRow, ImportRunRow
from evenhand.store.keys import RecordKeyRow
from evenhand.store.people import PersonRow
from evenhand.store.referrals import ReferralRow, WordsRow
from evenhand.transports.workbook import read_file
from tests.actions.people import known_person, no_assessment_in_force, proposed
from tests.builders import ADA, ANSWERS, BO, CY, DEE, MAX, intake, proposal
from tests.journeys import Desk, changing_nothing, refused, row
from tests.workbooks import xlsx

pytestmark = pytest.mark.django_db
NAME = "Zelda Quintessence"
OTHER = proposal(name="Orla Tangent")
OLD = xlsx(
    {
        "Old": [
            ["Date logged", "Link", "Name", "DOB", "Role"],
            ["3/4/19", "https://clipnest.example/v/1", NAME, "5/6/31", ""],
            ["4/4/19", "https://clipnest.example/v/2", "-", "", ""],
            ["5/4/19", "https://clipnest.example/v/3", "n/a", "", ""],
        ],
        "Newer": [
            ["Date", "URL", "Outcome"],
            ["1/1/2024", "https://clipnest.example/v/4", "Removed"],
            ["Total", 1, ""],
        ],
        "Lists": [["x"], ["y"]],
    }
)


def brought(desk: Desk) -> UUID:
    if assured().dpia is None:
        desk.assured()
    return imports.bring(OLD, "old.xlsx", acting=desk.by(ADA))


def confirmed(desk: Desk) -> UUID:
    run = brought(desk)
    suggested = known.to_confirm(run, acting=desk.by(BO)).suggested
    imports.confirm(run, suggested, acting=desk.by(BO))
    return run


def test_a_file_with_its_mapping_is_brought_at_once_or_not_at_all() -> None:
    desk = Desk()
    mapping = known.to_confirm(brought(desk), acting=desk.by(BO)).suggested
    imports.bring_as(OLD, "again.xlsx", mapping, acting=desk.by(BO))
    assert ImportRunRow.objects.filter(confirmed_at__isnull=False).count() == 1
    with refused(MappingWrong), changing_nothing():
        imports.bring_as(OLD, "third.xlsx", FileMapping(()), acting=desk.by(BO))


def records(run: UUID) -> list[UUID]:
    rows = ImportedRow.objects.filter(run=run).order_by("sheet", "number")
    return list(rows.values_list("id", flat=True))


def passed(desk: Desk, record: UUID, address: str = "https://clipnest.example/v/2") -> str:
    said = intake(observed_at=desk.now - timedelta(days=9))
    acting = desk.by(ADA)
    content = referrals.admit(address, said, acting=acting)
    return imports_passing.pass_on(record, Admitted(content, address), said, acting=acting)


def counted(system: str) -> dict[Tally, int]:
    return dict(known.by_system(officer=DEE)[system])


def test_a_file_is_in_quarantine_sealed_and_nothing_of_it_is_the_desks() -> None:
    desk = Desk()
    run = brought(desk)
    stored = ImportRunRow.objects.get(id=run)
    assert stored.workbook is not None
    assert NAME.encode() not in bytes(stored.workbook)
    assert b"old.xlsx" not in bytes(stored.file or b"")
    assert (stored.max_on - stored.start_on).days == 90
    assert known.run(run, officer=ADA).file == "old.xlsx"
    assert not ReferralRow.objects.exists()
    assert not ImportedRow.objects.exists()


def test_confirmed_each_record_is_sealed_under_a_key_of_its_own_and_cannot_be_searched() -> None:
    desk = Desk()
    run = confirmed(desk)
    rows = list(ImportedRow.objects.filter(run=run).order_by("sheet", "number"))
    assert [(it.system, it.sheet, it.number) for it in rows] == [
        ("Old", 0, 2), ("Old", 0, 3), ("Old", 0, 4), ("Newer", 1, 2)
    ]  # fmt: skip
    assert len({it.key_id for it in rows}) == 4
    assert all(NAME.encode() not in bytes(it.cells or b"") for it in rows)
    assert not WordsRow.objects.exists()
    assert not ReferralRow.objects.exists()
    assert ImportRunRow.objects.get(id=run).workbook is None
    shown = known.one(rows[0].id, acting=desk.by(ADA))
    assert shown.values[Meaning.NAME] == NAME
    assert shown.values[Meaning.BIRTH_DATE] == "1931-06-05"
    assert shown.line.lacks == ("role",)


def test_what_was_read_is_counted_by_system_of_origin() -> None:
    confirmed(Desk())
    old, newer = counted("Old"), counted("Newer")
    assert (old[Tally.READ], old[Tally.WITH_BIRTH_DATE], old[Tally.NO_PERSON]) == (3, 1, 2)
    assert (old[Tally.UNCLEAR], old[Tally.UNIQUE], old[Tally.CONTENTS]) == (1, 1, 3)
    assert (newer[Tally.READ], newer[Tally.REMOVED], newer[Tally.SKIPPED]) == (1, 1, 1)


def test_a_record_is_passed_as_a_referral_through_the_same_rules_and_its_words_are_gone() -> None:
    desk = Desk()
    record = records(confirmed(desk))[1]
    reference = passed(desk, record)
    stored = ImportedRow.objects.get(id=record)
    assert (stored.became, stored.cells, stored.key_id) == (row(reference).id, None, None)
    assert not RecordKeyRow.objects.filter(id=record).exists()
    assert known.one(record, acting=desk.by(ADA)).became == reference
    assert known.one(record, acting=desk.by(ADA)).values == {}
    assert counted("Old")[Tally.PASSED] == 1


def test_whoever_a_passed_record_names_waits_and_is_left_out_for_a_reason() -> None:
    desk = Desk()
    run = confirmed(desk)
    record = records(run)[0]
    passed(desk, record, "https://clipnest.example/v/1")
    assert known.run(run, officer=ADA).people == 1
    assert known.one(record, acting=desk.by(ADA)).values[Meaning.NAME] == NAME
    with refused(StaysInQuarantine), changing_nothing():
        imports_passing.settle_person(record, left_out_because=" ", acting=desk.by(ADA))
    imports_passing.settle_person(record, left_out_because="Not needed.", acting=desk.by(ADA))
    assert not RecordKeyRow.objects.filter(id=record).exists()
    assert known.run(run, officer=ADA).people == 0


def test_whoever_a_passed_record_names_is_proposed_by_the_rules_of_every_person() -> None:
    desk = Desk()
    record = records(confirmed(desk))[0]
    reference = passed(desk, record, "https://clipnest.example/v/1")
    of_another = proposed(desk)
    for person in ("", of_another):
        with refused(StaysInQuarantine), changing_nothing():
            imports_passing.settle_person(record, proposed=person, acting=desk.by(ADA))
    person = known_person(desk, reference)
    imports_passing.settle_person(record, proposed=person, acting=desk.by(ADA))
    assert not RecordKeyRow.objects.filter(id=record).exists()


def test_people_are_counted_by_the_old_system_that_their_record_comes_from() -> None:
    desk = Desk()
    record = records(confirmed(desk))[0]
    reference = passed(desk, record, "https://clipnest.example/v/1")
    person, beside = proposed(desk, reference), known_person(desk, reference, said=OTHER)
    imports_passing.settle_person(record, proposed=person, acting=desk.by(ADA))
    people.authorise(person, ANSWERS, acting=desk.by(CY))
    assert PersonRow.objects.get(reference=beside).origin is None
    found = {it.system: it.people for it in people_count.on_record(officer=DEE)}
    assert found == {"": 2, "Old": 1, "evenhand": 1}


def test_nothing_waits_in_quarantine_without_documents_in_force() -> None:
    desk = Desk()
    by_ada, by_worker = desk.by(ADA), desk.by(WORKER)
    for acting in (by_ada, by_worker):
        with refused(NoAssessmentInForce), changing_nothing():
            imports.bring(OLD, "old.xlsx", acting=acting)
    desk.put_in_force(DocumentKind.DPIA)
    with refused(NoPolicyInForce), changing_nothing():
        imports.bring(OLD, "old.xlsx", acting=by_ada)
    desk.put_in_force(DocumentKind.APD)
    run = brought(desk)
    no_assessment_in_force(desk)
    with refused(NoAssessmentInForce), changing_nothing():
        known.to_confirm(run, acting=desk.by(ADA))


def test_columns_about_people_come_over_only_with_documents_in_force() -> None:
    desk = Desk()
    acting = desk.by(ADA)
    mapping = suggest(read_file(OLD, "old.xlsx"))
    old, *others = mapping.sheets
    with refused(NoAssessmentInForce), changing_nothing():
        imports.bring_as(OLD, "old.xlsx", mapping, acting=acting)
    desk.put_in_force(DocumentKind.DPIA)
    with refused(NoPolicyInForce), changing_nothing():
        imports.bring_as(OLD, "old.xlsx", mapping, acting=acting)
    about_content = {it: at for it, at in old.columns.items() if it not in ABOUT_PEOPLE}
    of_content = FileMapping((replace(old, columns=about_content), *others))
    imports.bring_as(OLD, "old.xlsx", of_content, acting=acting)
    assert not ImportedRow.objects.filter(names_person=True).exists()
    assert not ImportRunRow.objects.filter(workbook__isnull=False).exists()
    assert ImportedRow.objects.count() == 4


def test_a_rejected_record_is_destroyed_at_once_and_counted() -> None:
    desk = Desk()
    run = confirmed(desk)
    record = records(run)[0]
    imports_passing.reject(record, "Nothing shows why it was kept.", acting=desk.by(ADA))
    assert not RecordKeyRow.objects.filter(id=record).exists()
    assert known.run(run, officer=ADA).waiting == 3
    assert counted("Old")[Tally.REJECTED] == 1


def test_what_is_not_passed_within_90_days_is_erased_and_counted() -> None:
    desk = Desk()
    run, unconfirmed = confirmed(desk), brought(desk)
    record, person = records(run)[1], records(run)[0]
    passed(desk, record)
    passed(desk, person, "https://clipnest.example/v/1")
    desk.now += timedelta(days=89)
    assert imports.end_old(acting=desk.by(WORKER)) == 0
    assert known.run(run, officer=ADA).waiting == 2
    desk.now += timedelta(days=1)
    # Two rows wait; of the other file all nine rows that are not blank do.
    assert imports.end_old(acting=desk.by(WORKER)) == 2 + 9
    assert imports.end_old(acting=desk.by(WORKER)) == 0
    assert not ImportedRow.objects.exists()
    assert not RecordKeyRow.objects.filter(id__in=[run, unconfirmed, person]).exists()
    assert known.run(run, officer=ADA).has_ended
    assert known.run(run, officer=ADA).file == ""
    assert (counted("Old")[Tally.ERASED], counted("Newer")[Tally.ERASED]) == (1, 1)
    assert counted("not confirmed") == {Tally.READ: 9, Tally.ERASED: 9}
    # A passed record named somebody whom nobody proposed or left out.
    assert counted("Old")[Tally.PERSON_ERASED] == 1
    assert Tally.PERSON_ERASED not in counted("Newer")
    assert counted("Old")[Tally.READ] == 3
    assert ReferralRow.objects.count() == 2


def private(desk: Desk, record: UUID) -> None:
    passed(desk, record, "https://t.me/+AbCdEf")


def not_public(desk: Desk, _record: UUID) -> None:
    said = intake(observed_at=desk.now, public_without_login=False)
    referrals.admit("https://a.example/1", said, acting=desk.by(ADA))


def by_an_administrator(desk: Desk, record: UUID) -> None:
    said = intake(observed_at=desk.now)
    address = "https://a.example/1"
    imports_passing.pass_on(record, Admitted(identify(address), address), said, acting=desk.by(MAX))


def without_a_reason(desk: Desk, record: UUID) -> None:
    imports_passing.reject(record, " ", acting=desk.by(ADA))


def nobody_left_out(desk: Desk, record: UUID) -> None:
    imports_passing.settle_person(record, left_out_because="No.", acting=desk.by(ADA))


def too_late(desk: Desk, record: UUID) -> None:
    desk.now += timedelta(days=90)
    passed(desk, record)


def of_nothing(desk: Desk, _record: UUID) -> None:
    passed(desk, uuid4())


def confirmed_again(desk: Desk, record: UUID) -> None:
    run = ImportedRow.objects.get(id=record).run_id
    imports.confirm(run, FileMapping(()), acting=desk.by(ADA))


REFUSED: dict[str, tuple[Callable[[Desk, UUID], None], type[Refused]]] = {
    "a private place": (private, PrivatePlace),
    "not public": (not_public, NotPublic),
    "an administrator": (by_an_administrator, RoleMissing),
    "no reason": (without_a_reason, ReasonMissing),
    "nobody to leave out": (nobody_left_out, LeftQuarantine),
    "90 days over": (too_late, StaysInQuarantine),
    "no such record": (of_nothing, NotFound),
    "confirmed again": (confirmed_again, LeftQuarantine),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_a_rule_refuses_leaves_the_record_in_quarantine(what: str) -> None:
    act, rule = REFUSED[what]
    desk = Desk()
    run = confirmed(desk)
    record = records(run)[1]
    desk.by(MAX)
    with refused(rule):
        act(desk, record)
    assert ImportedRow.objects.get(id=record).cells is not None
    assert not ReferralRow.objects.exists()


def test_a_record_leaves_once() -> None:
    desk = Desk()
    record = records(confirmed(desk))[1]
    passed(desk, record)
    with refused(LeftQuarantine), changing_nothing():
        imports_passing.reject(record, "Once more.", acting=desk.by(ADA))


def test_a_mapping_that_does_not_fit_confirms_nothing() -> None:
    desk = Desk()
    run = brought(desk)
    with refused(MappingWrong), changing_nothing():
        imports.confirm(run, FileMapping(()), acting=desk.by(ADA))
    with refused(RoleMissing), changing_nothing():
        imports.confirm(run, FileMapping(()), acting=desk.by(MAX))


def test_an_ended_file_is_confirmed_no_more() -> None:
    desk = Desk()
    run = brought(desk)
    desk.now += timedelta(days=90)
    suggested = known.to_confirm(run, acting=desk.by(ADA)).suggested
    with refused(StaysInQuarantine):
        imports.confirm(run, suggested, acting=desk.by(ADA))
    imports.end_old(acting=desk.by(WORKER))
    with refused(LeftQuarantine):
        imports.confirm(run, suggested, acting=desk.by(ADA))
    with refused(NotFound):
        known.to_confirm(run, acting=desk.by(ADA))


def test_the_records_that_wait_are_named_page_by_page_without_a_word_of_them() -> None:
    desk = Desk()
    desk.assured()
    rows = [["Link"], *([f"https://clipnest.example/v/{it}"] for it in range(60))]
    run = imports.bring(xlsx({"Old": rows}), "old.xlsx", acting=desk.by(WORKER))
    suggested = known.to_confirm(run, acting=desk.by(WORKER)).suggested
    imports.confirm(run, suggested, acting=desk.by(WORKER))
    first = known.waiting(run, officer=ADA)
    second = known.waiting(run, first.next or "", officer=ADA)
    assert (len(first.items), len(second.items), second.next) == (50, 10, None)
    assert [it.row for it in (*first.items, *second.items)] == list(range(2, 62))
    assert known.waiting(run, "x-y", officer=ADA) == first
    assert [it.brought_by for it in known.runs(officer=ADA)] == [""]
