"""Yearly reports: of months that are over, without a person in them, and read back the same."""

import csv
import io
import json
from dataclasses import replace
from datetime import date

import pytest

from evenhand.rules.answers import Outcome, WhyDeclined
from evenhand.rules.assessments import Ground
from evenhand.rules.assurance import Document, DocumentKind, Stage
from evenhand.rules.counting import Month, MonthWrong
from evenhand.rules.harms import DsaCategory
from evenhand.rules.own_errors import Parts
from evenhand.rules.retention import What
from evenhand.rules.statistics import SHOWN, OfHarm, Quarter, Work, disposed_of, on_record
from evenhand.rules.texts import TextMissing
from evenhand.rules.yearly import (
    EditionUnexplained,
    PersonalInReport,
    Report,
    ReportKind,
    ReportPeriodWrong,
    ReportStageWrong,
    Table,
    Type,
    as_text,
    check_edition,
    check_explained,
    check_impersonal,
    check_may_be_published,
    from_text,
    months_until,
    numbers,
)
from evenhand.rules.yearly_files import Place, catalogue, csv_text, files_of, json_text, metadata
from evenhand.rules.yearly_tables import (
    DISPOSED,
    NO_REPLY,
    Names,
    Notice,
    Submitted,
    transparency,
    trusted_flagger,
)
from tests.builders import ADA

TODAY = date(2026, 5, 20)
NAMES = Names({"hub": "Hub"}, {"V1": "V1 Threats"}, {"V1": "STATEMENT_CATEGORY_VIOLENCE"})
FOUND = Submitted(
    {
        Notice("hub", "V1", Outcome.RESTRICTED_IN_FULL): 4,
        Notice("hub", "V1", Outcome.DECLINED): 2,
        Notice("a.example", "V1", Outcome.ALREADY_GONE): 1,
        Notice("b.example", "", NO_REPLY): 3,
        Notice("hub", "", DISPOSED): 5,
    },
    [3600, 7200, 36_000],
)


def report(kind: ReportKind = ReportKind.TRUSTED_FLAGGER, **changes: object) -> Report:
    plain = Report(
        kind=kind,
        desk="A desk",
        start=date(2025, 5, 1),
        end=date(2026, 5, 1),
        made_on=TODAY,
        tables=trusted_flagger(FOUND, NAMES),
        explanation="No platform pays this desk. Nobody on it works for one.",
        because="",
        log_size=7,
        log_root="AAAA",
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def saying(at: str, text: str) -> Report:
    return report(explanation=text) if at == "explanation" else report(because=text)


def about_work() -> Report:
    months = {Month(2026, it): dict.fromkeys(SHOWN, it) for it in (3, 4)}
    decided = {
        Parts("hub", Ground.BOTH, Outcome.RESTRICTED_IN_FULL): 4,
        Parts("other", Ground.ILLEGAL, Outcome.DECLINED, WhyDeclined.WRONG): 1,
    }
    first = Quarter(2026, 1)
    there, gone = on_record(first, 12, earlier=()), disposed_of(first, 3, earlier=())
    overdue = Document(
        kind=DocumentKind.DPIA,
        number=2,
        stage=Stage.IN_FORCE,
        written_by=ADA.ref,
        review_on=date(2026, 5, 1),
    )
    in_time = replace(overdue, kind=DocumentKind.APD, review_on=TODAY)
    undated = replace(in_time, review_on=None)
    tables = transparency(
        Work(months, decided, {"V1": OfHarm(6, 2), "": OfHarm(1, 0)}),
        {first: (there, gone)},
        {What.CONTENT: 2, What.RECORD: 1},
        [overdue, in_time, undated],
        NAMES,
        today=TODAY,
    )
    return report(ReportKind.TRANSPARENCY, tables=tables)


def named(one: Report, name: str) -> Table:
    return next(it for it in one.tables if it.name == name)


def test_a_report_is_of_the_twelve_months_that_end_with_one_that_is_over() -> None:
    months = months_until("2026-04", today=TODAY)
    assert (str(months[0]), str(months[-1]), len(months)) == ("2025-05", "2026-04", 12)


@pytest.mark.parametrize("last", ["2026-05", "", "2000-11"])
def test_a_report_of_months_that_are_not_over_or_too_long_ago_is_refused(last: str) -> None:
    with pytest.raises(ReportPeriodWrong) as told:
        months_until(last, today=TODAY)
    assert told.value.code == "E-YEAR-01"


def test_a_month_that_cannot_be_is_refused_as_everywhere() -> None:
    with pytest.raises(MonthWrong):
        months_until("2026-13", today=TODAY)


def test_only_a_trusted_flagger_must_explain() -> None:
    check_explained(ReportKind.TRANSPARENCY, "")
    check_explained(ReportKind.TRUSTED_FLAGGER, "By law.")
    for kind, text in ((ReportKind.TRUSTED_FLAGGER, ""), (ReportKind.TRANSPARENCY, " ")):
        with pytest.raises(TextMissing):
            check_explained(kind, text)


def test_another_edition_says_what_was_wrong() -> None:
    check_edition("", published_before=False)
    check_edition("April was missing.", published_before=True)
    with pytest.raises(EditionUnexplained) as told:
        check_edition(" ", published_before=True)
    assert told.value.code == "E-YEAR-02"


@pytest.mark.parametrize(("is_newest", "is_published"), [(True, True), (False, False)])
def test_a_report_is_published_once_and_only_the_newest(
    *, is_newest: bool, is_published: bool
) -> None:
    check_may_be_published(is_newest=True, is_published=False)
    with pytest.raises(ReportStageWrong) as told:
        check_may_be_published(is_newest=is_newest, is_published=is_published)
    assert told.value.code == "E-YEAR-03"


@pytest.mark.parametrize(
    "text",
    [
        "See https://hub.example/post/1",
        "It was at hub.example/1",
        "It was at www.hub",
        "The account @somebody",
        "Write to a@b.example",
        "Ask Ada",
        "Ask Ms Lovelace",
    ],
)
@pytest.mark.parametrize("at", ["explanation", "because"])
def test_a_report_with_an_address_a_handle_or_a_name_is_refused(text: str, at: str) -> None:
    with pytest.raises(PersonalInReport) as told:
        check_impersonal(saying(at, text), ["Ada", "Ada Lovelace", "May"])
    assert (told.value.code, told.value.at) == ("E-DSA-90", at)


def test_a_cell_with_an_address_is_refused_by_its_table() -> None:
    wrong = Table("providers", "T", report().tables[1].columns, [["b.example", 3]])
    with pytest.raises(PersonalInReport) as told:
        check_impersonal(report(tables=[wrong]), [])
    assert (told.value.at, told.value.values) == ("", {"place": "providers"})


def test_a_cell_of_a_closed_list_is_no_name_though_an_officer_is_called_so() -> None:
    check_impersonal(report(), ["Hub", "Any"])


def test_plain_words_are_no_names_and_no_addresses() -> None:
    text = "It may be: e.g. DSA Art. 22(3), s.62 and 3.5 hours."
    check_impersonal(report(explanation=text), ["May"])
    check_impersonal(report(explanation=text), [])


def test_a_report_is_read_back_as_it_was_kept_and_its_question_is_its_own() -> None:
    for one in (report(), about_work()):
        again = from_text(as_text(one))
        assert as_text(again) == as_text(one)
        assert again.question == one.question
        assert json.loads(json_text(one))["question"] == one.question
    assert report().question == report(explanation="Another.").question
    assert report().question != report(end=date(2026, 6, 1)).question
    assert str(report().last) == "2026-04"


def test_what_came_of_every_notice_adds_up() -> None:
    [row] = named(report(), "summary").rows
    assert row == [15, 4, 2, 1, 3, 5, 2.0]
    for name in ("providers", "content", "actions"):
        column = [it.name for it in named(report(), name).columns].index("notices")
        assert sum(int(row[column] or 0) for row in named(report(), name).rows) == 15


def test_a_site_that_the_law_data_does_not_know_is_not_named() -> None:
    assert named(report(), "providers").rows == [["Any other site", 4], ["Hub", 11]]


def test_where_nothing_was_decided_there_is_no_median() -> None:
    [table, *_] = trusted_flagger(Submitted({}, []), NAMES)
    assert table.rows == [[0, 0, 0, 0, 0, 0, None]]


def test_the_transparency_report_says_what_was_wrong_hidden_and_overdue() -> None:
    found = about_work()
    assert named(found, "errors").rows[0][:3] == ["All", 5, 1]
    assert named(found, "people").rows == [["2026-03-31", 12, None]]
    assert [it[-1] for it in named(found, "documents").rows] == ["Overdue", "In time", "In time"]
    assert named(found, "harms").rows == [["V1 Threats", 6, 2], ["Not known", 1, 0]]
    assert named(found, "disposals").rows == [
        ["The words of the content", 2],
        ["The whole record", 1],
    ]
    both = "The law and the platform’s terms"
    assert ["Hub", both, "Restricted in full", None, 4] in named(found, "decisions").rows
    assert named(found, "months").rows[0] == ["2026-03", *[3] * len(SHOWN)]


def test_a_chart_has_the_numbers_of_its_table() -> None:
    providers = named(report(), "providers")
    assert numbers(providers) == {"Notices": [4, 11]}
    assert numbers(named(report(), "summary")) == {}


def test_every_cell_is_of_the_type_of_its_column() -> None:
    python = {
        Type.STRING: str,
        Type.DATE: str,
        Type.MONTH: str,
        Type.INTEGER: int,
        Type.DECIMAL: float,
    }
    for one in (report(), about_work()):
        for table in one.tables:
            for row in table.rows:
                pairs = zip(row, table.columns, strict=True)
                assert all(it is None or isinstance(it, python[at.type]) for it, at in pairs)


def test_a_csv_file_has_the_names_of_its_columns_and_every_cell() -> None:
    table = named(about_work(), "people")
    head, *rows = csv.reader(io.StringIO(csv_text(table)))
    assert head == [it.name for it in table.columns]
    assert rows == [["2026-03-31", "12", ""]]


def test_the_metadata_describes_every_csv_file() -> None:
    found = json.loads(json.dumps(metadata(Place(report(), 1, "https://desk.example/r/"))))
    files = {it["url"] for it in found["tables"]}
    assert files == {it for it in files_of(report()) if it.endswith(".csv")}
    [summary, *_] = found["tables"]
    assert summary["tableSchema"]["columns"][0]["name"] == "submitted"


def test_no_cell_is_a_code_unless_its_column_says_what_each_means() -> None:
    for one in (report(), about_work()):
        for table in one.tables:
            for at, column in enumerate(table.columns):
                cells = [row[at] for row in table.rows if row[at] is not None]
                if column.codes:
                    assert set(cells) <= set(column.codes)
                elif column.type is Type.STRING:
                    assert [it for it in cells if "_" in str(it) or str(it).islower()] == []


def test_every_code_that_a_file_may_have_is_named_in_its_metadata() -> None:
    found = metadata(Place(report(), 1, "https://desk.example/r/"))
    [content] = [it for it in json.loads(json.dumps(found))["tables"] if it["url"] == "content.csv"]
    harm, category, _notices = content["tableSchema"]["columns"]
    assert harm["datatype"] == "string"
    assert harm["dc:description"] == "Of the desk’s published harms"
    assert set(category["datatype"]["format"].split("|")) == set(DsaCategory)
    assert "STATEMENT_CATEGORY_VIOLENCE: Violence" in category["dc:description"]


def test_the_catalogue_lists_each_report_with_its_files() -> None:
    places = [Place(it, 2, f"https://desk.example/{it.kind}/") for it in (report(), about_work())]
    found = json.loads(
        json.dumps(catalogue(places, desk="A desk", email="a@b.example", address="https://c/"))
    )
    first, _second = found["dcat:dataset"]
    assert first["dct:identifier"] == "trusted-flagger-2026-04-2"
    files = [it["dcat:downloadURL"]["@id"] for it in first["dcat:distribution"]]
    assert "https://desk.example/trusted-flagger/providers.csv" in files
    assert "https://desk.example/trusted-flagger/report.json" in files
