"""Old systems on the pages: a file, its columns, and each record by itself."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from evenhand.actions import imports, people
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Entry
from evenhand.queries import imports as known
from evenhand.rules.assurance import DocumentKind, Stage
from evenhand.rules.imports import MOST_BYTES
from evenhand.rules.officers import WORKER, Officer, Role
from evenhand.store.assurance import DocumentRow
from evenhand.store.imports import ImportedRow, ImportRunRow
from evenhand.store.people import PersonRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.writing import writing
from evenhand.web.imports.pages import AROUND_THE_FILE
from evenhand.web.imports.present import in_short
from tests.actions.people import no_assessment_in_force
from tests.actions.test_imports import NAME, OLD, records
from tests.builders import proposal
from tests.journeys import Desk
from tests.web.filling import carried, check_valid, entered, fill
from tests.web.people import acting, now, queries_of, signed_in, stored, text_of
from tests.workbooks import xlsx

pytestmark = pytest.mark.django_db
PLACE = "/old-systems/"
SAID = {
    "public_without_login": "yes",
    "observed_at_day": "3",
    "observed_at_month": "4",
    "observed_at_year": "2019",
    "observed_at_hour": "12",
    "observed_at_minute": "00",
    "source": "officer_found",
    "content_type": "video",
    "language": "en",
    "description": "A person threatens a named shop.",
}


@pytest.fixture
def ada() -> Officer:
    return stored("Ada", Role.OFFICER)


@pytest.fixture
def client(ada: Officer) -> Client:
    return signed_in(ada)


def upload(client: Client, data: bytes, name: str = "old.xlsx") -> Any:
    return fill(client, PLACE, file=SimpleUploadedFile(name, data))


def select(response: Any) -> dict[str, list[str]]:
    """What a browser would send of the selects of a page, and of its other fields."""
    found = entered(response)
    form = response.context["form"]
    chosen = {it.name: [str(it.value() or "")] for it in form if it.name.startswith("column_")}
    return found | chosen


@pytest.fixture(autouse=True)
def documents_in_force() -> None:
    Desk(now=now() - timedelta(days=2)).assured()


def in_quarantine() -> list[Any]:
    """Have a file brought over and confirmed; give its records in order."""
    officer = stored("Bo", Role.OFFICER)
    run = imports.bring(OLD, "old.xlsx", acting=acting(officer))
    suggested = known.to_confirm(run, acting=acting(officer)).suggested
    imports.confirm(run, suggested, acting=acting(officer))
    return records(run)


def test_a_file_is_read_its_columns_confirmed_and_its_records_wait(client: Client) -> None:
    done = upload(client, OLD)
    assert done.status_code == 302, text_of(done)
    columns = client.get(done["Location"])
    check_valid(columns)
    assert "Records naming a person with a date of birth" in text_of(columns)
    answers = select(columns)
    left_out = client.post(done["Location"], answers | {"system_1": "", "again": "1"})
    assert "this sheet is left out" in text_of(left_out)
    confirmed = client.post(done["Location"], answers | {"system_0": "FLAG", "confirm": "1"})
    assert confirmed.status_code == 302, text_of(confirmed)
    page = client.get(confirmed["Location"])
    check_valid(page)
    assert "FLAG, row 2" in text_of(page)
    assert "the role of the person is unclear" in text_of(page)
    assert NAME not in text_of(page)
    assert client.get(done["Location"])["Location"] == confirmed["Location"]
    assert "4 records and 0 people wait" in text_of(client.get(PLACE))


def test_each_row_that_is_no_record_and_each_cell_not_read_is_named(client: Client) -> None:
    lines = [f"https://videos.example/{it},31/02/2019,30/02/2020" for it in range(2, 40)]
    lines[5] = "Total,,"
    lines[7:10] = [",,"] * 3
    data = "\n".join(["Link,Logged,DOB", *lines]).encode()
    done = upload(client, data, "old.csv")
    page = text_of(client.get(done["Location"]))
    assert "old, row 7 is no record: total" in page
    assert "old, rows 9 to 11 are no records: blank" in page
    # What stands in the first 50 is told; of the others at least the row.
    assert page.count("there is no such day") == 50
    assert "old, Logged: rows 31 to 39 cannot be read either" in page
    assert "old, DOB: rows 31 to 39 cannot be read either" in page


def test_rows_are_named_in_short() -> None:
    assert in_short([3]) == "3"
    assert in_short([3, 4, 7, 9, 10, 11]) == "3 to 4, 7, 9 to 11"


def test_a_file_is_refused_while_no_assessment_is_in_force(client: Client) -> None:
    no_assessment_in_force(Desk(now=now()))
    refused = upload(client, OLD)
    assert refused.status_code == 403
    assert "E-DPIA-58" in text_of(refused)
    assert not ImportRunRow.objects.exists()


def test_columns_about_people_are_refused_while_the_policy_document_is_late(
    client: Client,
) -> None:
    address = upload(client, OLD)["Location"]
    answers = select(client.get(address))
    with writing() as pen:
        DocumentRow.objects.filter(kind=DocumentKind.APD).update(stage=Stage.REPLACED)
        pen.enter(Entry(act=Act.DOCUMENT_APPROVED, at=now(), who=WORKER.ref))
    refused = client.post(address, answers | {"confirm": "1"})
    assert refused.status_code == 403
    assert "E-APD-05" in text_of(refused)
    assert not ImportedRow.objects.exists()
    without = {f"column_0_{place}": [""] for place in (2, 3, 4)}
    assert client.post(address, answers | without | {"confirm": "1"}).status_code == 302


WRONG = {
    "no file": (b"", "old.xlsx", "Choose a file"),
    "no table": (b"%PDF-1.7 not a table", "old.csv", "E-FILE-01"),
    "half a workbook": (OLD[:700], "old.xlsx", "E-FILE-01"),
    "too many rows": (b"x\n" * 20_001, "old.csv", "E-FILE-02"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(client: Client, what: str) -> None:
    data, name, says = WRONG[what]
    refused = upload(client, data, name)
    assert refused.status_code == 422
    assert says in text_of(refused)
    assert not ImportRunRow.objects.exists()


def test_a_file_that_is_too_large_is_refused(client: Client) -> None:
    refused = upload(client, b"x" * (MOST_BYTES + AROUND_THE_FILE))
    assert refused.status_code == 422
    assert "E-FILE-02" in text_of(refused)
    assert not ImportRunRow.objects.exists()


MISFITS = {
    "twice": ({"column_0_0": ["url"]}, "a column above holds this already"),
    "an empty row of headings": ({"header_0": ["9"]}, "E-MAP-01"),
    "no name": ({"system_0": ["\u200b"]}, "E-MAP-02"),
    "nothing": ({"system_0": [""], "system_1": [""]}, "E-MAP-01"),
}


@pytest.mark.parametrize("what", MISFITS)
def test_columns_that_do_not_fit_are_refused_and_the_answers_stay(
    client: Client, what: str
) -> None:
    changes, says = MISFITS[what]
    address = upload(client, OLD)["Location"]
    answers = select(client.get(address))
    refused = client.post(address, answers | changes | {"confirm": "1"})
    assert refused.status_code == 422
    assert says in text_of(refused)
    assert not ImportedRow.objects.exists()


def test_the_row_of_headings_can_be_corrected_and_names_the_columns(client: Client) -> None:
    rows = [["a", "b"], ["Link", "Name"], ["https://clipnest.example/v/1", "Ann"]]
    address = upload(client, xlsx({"Old": rows}))["Location"]
    page = client.post(address, select(client.get(address)) | {"header_0": "1", "again": "1"})
    assert "For example: Link" in text_of(page)


def test_a_record_is_passed_by_the_form_of_logging_filled_with_what_it_says(
    client: Client,
) -> None:
    record = in_quarantine()[1]
    address = f"{PLACE}records/{record}/"
    page = client.get(address)
    assert "https://clipnest.example/v/2" in text_of(page)
    assert "From the old system Old, row 3." in text_of(page)
    filled = {name: text for name, (text, *_) in entered(page).items()}
    assert "Day it was logged: " in filled["source_detail"]
    assert "2019" in filled["source_detail"]
    assert filled["observed_at_year"] == str(now().year)
    done = fill(client, address, **SAID, url=filled["url"])
    assert done.status_code == 302, text_of(done)
    assert ReferralRow.objects.count() == 1
    assert client.get(address).status_code == 302
    assert client.get(f"{address}reject/").status_code == 302


def test_whoever_a_record_names_is_asked_about_afterwards(client: Client) -> None:
    record = in_quarantine()[0]
    address = f"{PLACE}records/{record}/"
    done = fill(client, address, **SAID, url="https://clipnest.example/v/1")
    assert done["Location"] == f"{address}person/"
    assert client.get(address)["Location"] == f"{address}person/"
    page = client.get(done["Location"])
    assert NAME in text_of(page)
    for answers in ({"settled": "proposed"}, {"settled": "left_out", "reason": " "}):
        refused = fill(client, done["Location"], **answers)
        assert refused.status_code == 422
        assert "E-IMP-31" in text_of(refused)
    left = fill(client, done["Location"], settled="left_out", reason="Nothing needs it.")
    assert left.status_code == 302
    assert NAME not in text_of(client.get(done["Location"], follow=True))


def test_whoever_is_proposed_from_a_record_is_named_by_reference(
    client: Client, ada: Officer
) -> None:
    record = in_quarantine()[0]
    address = f"{PLACE}records/{record}/"
    done = fill(client, address, **SAID, url="https://clipnest.example/v/1")
    reference = ReferralRow.objects.get().reference
    propose = f"/referrals/{reference}/people/new/"
    assert f'href="{propose}"' in text_of(client.get(done["Location"]))
    assert client.get(propose).status_code == 200
    person = people.propose(reference, proposal(), acting=acting(ada))
    settled = fill(client, done["Location"], settled="proposed", person=person)
    assert settled.status_code == 302, text_of(settled)
    assert PersonRow.objects.get().origin == "Old"
    assert ImportedRow.objects.get(id=record).cells is None


def test_a_record_is_rejected_for_a_reason(client: Client) -> None:
    record = in_quarantine()[0]
    address = f"{PLACE}records/{record}/reject/"
    assert "E-ADM-46" in text_of(fill(client, address, reason=""))
    done = fill(client, address, reason="No basis for it.")
    assert done.status_code == 302
    again = client.post(address, carried(done) | {"reason": "Again."})
    assert "E-IMP-32" in text_of(again)


PASSING = {
    "not public": ({"public_without_login": "no"}, "E-PRIV-72"),
    "a private place": ({"url": "https://t.me/+AbCdEf"}, "E-URL-06"),
    "no kind": ({"content_type": ""}, "Select the kind of content"),
}


@pytest.mark.parametrize("what", PASSING)
def test_what_may_not_be_logged_may_not_be_passed(client: Client, what: str) -> None:
    changes, says = PASSING[what]
    record = in_quarantine()[1]
    answers = {**SAID, "url": "https://clipnest.example/v/2", **changes}
    refused = fill(client, f"{PLACE}records/{record}/", **answers)
    assert refused.status_code == 422
    assert says in text_of(refused)
    assert not ReferralRow.objects.exists()


def test_only_officers_and_approvers_see_old_systems_and_their_counts_are_for_all_readers(
    client: Client,
) -> None:
    record = in_quarantine()[0]
    dee = signed_in(stored("Una", Role.DPO))
    for address in (PLACE, f"{PLACE}records/{record}/"):
        assert dee.get(address).status_code == 403
    counts = text_of(dee.get("/counts/"))
    assert "Old systems, over all months" in counts
    assert "Records of a person whose role is unclear" in counts


def test_the_page_of_a_file_asks_as_many_questions_of_ten_records_as_of_fifty(
    client: Client,
) -> None:
    officer = stored("Bo", Role.OFFICER)
    asked = []
    for many in (10, 49):
        rows = [["Link"], *([f"https://clipnest.example/v/{it}"] for it in range(many))]
        run = imports.bring(xlsx({"Old": rows}), "old.xlsx", acting=acting(officer))
        suggested = known.to_confirm(run, acting=acting(officer)).suggested
        imports.confirm(run, suggested, acting=acting(officer))
        client.get(f"{PLACE}{run}/")
        asked.append(queries_of(lambda address=f"{PLACE}{run}/": client.get(address)))  # type: ignore[misc]
    assert asked[0] == asked[1] <= 10
