"""Old systems: dates, words, headings, and what is a record at all."""

from contextlib import suppress
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules.imports import (
    MOST_BYTES,
    MOST_COLUMNS,
    MOST_ROWS,
    FileTooBig,
    FileUnreadable,
    Lack,
    LeftQuarantine,
    MappingWrong,
    Meaning,
    OutcomeSaid,
    RoleSaid,
    SheetRead,
    Standing,
    StaysInQuarantine,
    SystemUnnamed,
    check_in_time,
    check_shape,
    check_size,
    check_waits,
)
from evenhand.rules.imports_counts import document
from evenhand.rules.imports_csv import decoded, read_csv
from evenhand.rules.imports_dates import EARLIEST, SINCE_1900, SINCE_1904, NoDate, read_date
from evenhand.rules.imports_headings import headings_of, letter, sample, suggest_columns, used
from evenhand.rules.imports_mapping import (
    FileMapping,
    SheetMapping,
    as_toml,
    check_mapping,
    read_mapping,
    suggest,
)
from evenhand.rules.imports_records import SheetRecords
from evenhand.rules.imports_rows import read_records
from evenhand.rules.imports_words import outcome_of, role_of, says_nobody, text_of

TODAY = date(2026, 11, 29)
DAYS = st.dates(min_value=EARLIEST, max_value=TODAY)
HEAD = ("Date logged", "Link", "Name", "DOB", "Role", "Outcome")


def sheet(*rows: tuple[object, ...], name: str = "Old") -> SheetRead:
    numbered = {at: row for at, row in enumerate(rows, 1) if any(it != "" for it in row)}
    return SheetRead(name, numbered, len(rows))  # type: ignore[arg-type]


def read(*rows: tuple[object, ...]) -> SheetRecords:
    made = sheet(*rows)
    return read_records([made], suggest([made]), today=TODAY)[0]


@given(DAYS, st.sampled_from(["{0:%d/%m/%Y}", "{0:%Y-%m-%d}", "{0:%d.%m.%Y}", "{0:%d %B %Y}",
                              "{0:%B %d, %Y}", "{0:%a %d-%b-%Y}", "{0:%d/%m/%Y} 14:05",
                              "{0:%Y%m%d}", "{0:%d%m%Y}", "{0:%Y-%m-%d}T10:00:00Z"]))  # fmt: skip
def test_a_day_written_in_full_is_read_as_that_day(day: date, form: str) -> None:
    assert read_date(form.format(day), latest=TODAY) == day
    assert read_date(day, latest=TODAY) == day
    assert read_date(datetime(day.year, day.month, day.day, 13, 5), latest=TODAY) == day  # noqa: DTZ001


@given(DAYS, st.dates(min_value=date(2000, 1, 1), max_value=TODAY))
def test_a_two_digit_year_is_the_latest_not_after_the_day_of_the_record(
    born: date, logged: date
) -> None:
    try:
        found = read_date(f"{born:%d/%m/%y}", latest=logged)
    except NoDate:
        assert (born.day, born.month) == (29, 2) or born.year < 1900 + logged.year % 100
        return
    assert (found.day, found.month, found.year % 100) == (born.day, born.month, born.year % 100)
    assert found <= logged
    later = found.year + 100
    assert (found.day, found.month) == (29, 2) or date(later, found.month, found.day) > logged


@given(st.dates(min_value=date(1906, 1, 1), max_value=TODAY))
def test_the_count_of_days_of_either_kind_of_spreadsheet_is_read(day: date) -> None:
    for first, since_1904 in ((SINCE_1900, False), (SINCE_1904, True)):
        days = (day - first).days
        if days > 2_100:
            assert read_date(float(days), latest=TODAY, since_1904=since_1904) == day
            assert read_date(str(days), latest=TODAY, since_1904=since_1904) == day
            assert read_date(days + 0.75, latest=TODAY, since_1904=since_1904) == day


@given(st.dates(min_value=TODAY + timedelta(days=1)))
def test_a_day_to_come_is_unreadable(day: date) -> None:
    with pytest.raises(NoDate, match="future"):
        read_date(f"{day:%d/%m}/{day.year:04}", latest=TODAY)


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("31/02/2019", "no such day"), ("29/02/2019", "no such day"), ("29/02/19", "no such day"),
        ("12/25/2019", "day first"), ("00/01/2019", "no such day"), ("2019-13-01", "no such"),
        ("1/1/1899", "before 1900"), ("1999", "a year"), (1999.0, "a year"), (12.0, "not a date"),
        (True, "not a date"), ("soon", "not a date"), ("12", "not a date"),
        ("030419", "not a date"),
        ("3 Smarch 2019", "not a date"), ("31129999", "future"), ("3/4-19", "not a date"),
    ],
)  # fmt: skip
def test_what_is_no_day_is_unreadable_and_says_why(cell: str | float, why: str) -> None:
    with pytest.raises(NoDate, match=why):
        read_date(cell, latest=TODAY)


@given(st.text() | st.floats())
def test_no_cell_breaks_the_reading_of_dates(cell: str | float) -> None:
    with suppress(NoDate):
        assert EARLIEST <= read_date(cell, latest=TODAY) <= TODAY


@pytest.mark.parametrize("text", ["", "-", "–", " -- ", "n/a", "N/A", "NA", "None", "unknown", "?"])
def test_a_dash_and_the_like_mean_no_person(text: str) -> None:
    assert says_nobody(text)


@pytest.mark.parametrize("text", ["Na", "Nona", "Al", "Ng", "X Æ", "王"])
def test_a_short_name_is_a_name(text: str) -> None:
    assert not says_nobody(text)


def test_a_role_is_taken_over_only_where_it_stands_in_so_many_words() -> None:
    assert role_of("Suspect") is RoleSaid.SUSPECT
    assert role_of(" VICTIM ") is RoleSaid.VICTIM
    assert role_of("witness.") is RoleSaid.WITNESS
    for word in ("", "Suspect?", "possible suspect", "S", "subject", "both", "suspect/victim"):
        assert role_of(word) is RoleSaid.UNCLEAR


def test_an_outcome_is_read_by_its_words_and_by_what_its_heading_asks() -> None:
    assert outcome_of("Taken down", "Result") is OutcomeSaid.REMOVED
    assert outcome_of("no action", "Result") is OutcomeSaid.DECLINED
    assert outcome_of("Pending", "Result") is OutcomeSaid.PENDING
    assert outcome_of("n/a", "Result") is OutcomeSaid.NONE
    assert outcome_of("Y", "Removed?") is OutcomeSaid.REMOVED
    assert outcome_of("No", "Taken down (Y/N)") is OutcomeSaid.DECLINED
    assert outcome_of("Y", "Result") is None
    assert outcome_of("Removed by the platform", "Result") is OutcomeSaid.REMOVED


def test_the_headings_are_found_below_titles_and_columns_are_known_by_them() -> None:
    made = sheet(("Referrals 2016 to 2021",), (), HEAD, ("1/2/19", "https://a.example/1"))
    found = suggest([made]).sheets[0]
    assert found.header_row == 3
    assert [found.columns[it] for it in (Meaning.LOGGED_ON, Meaning.URL, Meaning.NAME)] == [0, 1, 2]
    assert found.system == "Old"
    assert sample(made, 3, 1) == "https://a.example/1"


def test_a_sheet_without_headings_has_columns_by_letter() -> None:
    made = sheet((1.0, "x"), (2.0, "y"))
    assert suggest([made]).sheets[0] == SheetMapping(
        sheet="Old", system="", header_row=None, columns={}
    )
    assert headings_of(made, None) == ("column A", "column B")
    assert [letter(it) for it in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_headings_that_are_empty_or_stand_twice_are_told_by_their_letter() -> None:
    made = sheet(("Name", "", "Name"), ("a", "b", "c"))
    assert headings_of(made, 1) == ("Name (column A)", "column B", "Name (column C)")


def test_a_heading_that_says_too_little_is_told_by_what_stands_below() -> None:
    roles = sheet(("Name", "Status"), ("Ann", "victim"), ("Bob", "suspect"), ("Cid", "-"))
    outcomes = sheet(("Name", "Status"), ("Ann", "removed"), ("Bob", "pending"))
    neither = sheet(("Name", "Status"), ("Ann", "blue"), ("Bob", "green"))
    assert suggest_columns(roles, 1)[Meaning.ROLE] == 1
    assert suggest_columns(outcomes, 1)[Meaning.OUTCOME] == 1
    assert set(suggest_columns(neither, 1)) == {Meaning.NAME}


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [
        ("Date Logged", Meaning.LOGGED_ON), ("Date of referral", Meaning.LOGGED_ON),
        ("Referred on", Meaning.LOGGED_ON), ("Date sent", Meaning.LOGGED_ON),
        ("Date", Meaning.LOGGED_ON), ("Date removed", None), ("Logged by", None),
        ("D.O.B.", Meaning.BIRTH_DATE), ("Date of birth", Meaning.BIRTH_DATE),
        ("Subject DOB", Meaning.BIRTH_DATE), ("URL", Meaning.URL), ("Video link", Meaning.URL),
        ("Account URL", None), ("Subject", Meaning.NAME), ("Full name", Meaning.NAME),
        ("Name of person", Meaning.NAME), ("Officer name", None), ("File name", None),
        ("Username", None), ("Surname", Meaning.FAMILY_NAME), ("Forename(s)", Meaning.GIVEN_NAME),
        ("Role", Meaning.ROLE), ("Suspect / victim", Meaning.ROLE), ("Person type", Meaning.ROLE),
        ("Officer role", None), ("Outcome", Meaning.OUTCOME), ("Removed? (Y/N)", Meaning.OUTCOME),
        ("Platform response", Meaning.OUTCOME), ("Response date", None),
        ("Ref. no", Meaning.REFERENCE), ("Description", Meaning.DESCRIPTION), ("Notes", None),
        ("Age", Meaning.AGE), ("Ethnicity", None), ("Gang", None),
    ],
)  # fmt: skip
def test_a_heading_means_what_it_says(heading: str, meaning: Meaning | None) -> None:
    assert list(suggest_columns(sheet((heading,), ("x",)), 1)) == ([meaning] if meaning else [])


def test_addresses_are_found_where_no_heading_names_them_and_names_in_two_parts() -> None:
    made = sheet(("Forename", "Surname", "Where", "Name"), ("Ann", "Lee", "http://a.example/1", ""))
    assert suggest_columns(made, 1) == {
        Meaning.GIVEN_NAME: 0, Meaning.FAMILY_NAME: 1, Meaning.URL: 2
    }  # fmt: skip
    [record] = read(*made.rows.values()).records
    assert record.person is not None
    assert record.person.name == "Ann Lee"


def test_a_record_says_what_it_lacks_and_names_its_unreadable_cells() -> None:
    found = read(
        HEAD,
        ("03/04/19", "https://a.example/1", "Ann Lee", "05/06/31", "victim", "removed"),
        ("31/02/2019", "see mail", "Bo", "1/1/2030", "?", "gone west"),
        ("", "https://A.example/1", "-", "1/1/1990", "suspect", ""),
        ("1/1/20", "https://a.example/2", "123", "", "", "x" * 501),
        ("1/1/20", "https://a.example/3", "#N/A", "#REF!", "", ""),
    )
    first, second, third, fourth, fifth = found.records
    assert (first.lacks, first.outcome) == ((), OutcomeSaid.REMOVED)
    assert first.values[Meaning.BIRTH_DATE] == "1931-06-05"
    assert first.values[Meaning.LOGGED_ON] == "2019-04-03"
    assert second.lacks == (Lack.ADDRESS, Lack.DATE, Lack.ROLE, Lack.UNREADABLE)
    assert third.person is fourth.person is fifth.person is None
    assert third.content == first.content
    named = [(it.row, it.column) for it in found.unreadable]
    assert named == [
        (3, "Date logged"), (3, "Link"), (3, "DOB"), (3, "Outcome"),
        (5, "Name"), (5, "Outcome"), (6, "Name"), (6, "DOB"),
    ]  # fmt: skip
    counts = document([found])
    assert counts["contents"] == 3
    assert counts["people"] == {
        "with_birth_date": 1, "name_only": 1, "none": 3, "unique_with_birth_date": 1
    }  # fmt: skip
    assert counts["roles"] == {"suspect": 0, "victim": 1, "witness": 0, "unclear": 1}
    assert counts["outcomes"] == {"removed": 1, "declined": 0, "pending": 0, "none": 4}


def test_titles_totals_blanks_remarks_and_headings_again_are_no_records() -> None:
    row = ("1/2/19", "https://a.example/1", "Ann", "", "", "")
    found = read(
        ("Our list", "", "", "", "", ""), HEAD, row, (), HEAD, ("* till 2020", "", "", "", "", ""),
        row, ("", "", "", "", "", ""), ("Grand total:", "", 2.0, "", "", ""),
    )  # fmt: skip
    assert [it.row for it in found.records] == [3, 7]
    assert [(it.row, it.reason) for it in found.skipped] == [
        (1, "above the headings"), (4, "blank"), (5, "the headings again"),
        (6, "a remark, not a record"), (8, "blank"), (9, "total"),
    ]  # fmt: skip


def test_a_row_with_nothing_but_its_number_is_no_record() -> None:
    found = read(("Ref", "Link", "Name"), ("1", "https://a.example/1", ""), ("2", "", ""))
    assert [it.reason for it in found.skipped] == ["nothing in the columns that are taken over"]


@given(st.lists(st.lists(st.text(max_size=12) | st.floats() | DAYS, max_size=5), max_size=12))
def test_no_row_is_lost_in_silence(rows: list[list[object]]) -> None:
    made = sheet(*map(tuple, rows))
    found = read_records([made], suggest([made]), today=TODAY)[0]
    header = [found.mapping.header_row] if found.mapping.header_row else []
    numbers = [*header, *(it.row for it in found.records), *(it.row for it in found.skipped)]
    assert sorted(numbers) == list(range(1, made.last + 1))


ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_csv_is_read_in_every_encoding_that_spreadsheets_write(encoding: str) -> None:
    assert decoded("Name,Zoë\r\n1,2".encode(encoding)) == "Name,Zoë\r\n1,2"


def test_what_is_no_unicode_is_windows_and_no_byte_is_lost() -> None:
    assert decoded("Zoë – £".encode("cp1252")) == "Zoë – £"
    assert len(decoded(bytes(range(128, 256)))) == 128


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_csv_is_read_with_every_separator_and_line_end(separator: str, end: str) -> None:
    lines = [f"a{separator}b, c", "", f'"x{end}y"{separator}"1{separator}2"']
    text = end.join(lines).replace("b, c", '"b, c"')
    found = read_csv(text.encode(), "old")
    assert found.rows == {1: ("a", "b, c"), 3: (f"x{end}y", f"1{separator}2")}


def test_what_is_no_table_is_refused() -> None:
    for data in (b"%PDF-1.7 x", b"<html><table>", bytes(range(32)) * 9, b'"' + b"x" * 1_000_001):
        with pytest.raises(FileUnreadable, match=r"no table|CSV"):
            read_csv(data, "old")


def test_a_file_has_a_size_that_somebody_can_go_through() -> None:
    check_size(MOST_BYTES)
    check_shape(MOST_ROWS, MOST_COLUMNS, 50)
    with pytest.raises(FileTooBig):
        check_size(MOST_BYTES + 1)
    with pytest.raises(FileTooBig):
        check_shape(MOST_ROWS + 1, 1, 1)
    with pytest.raises(FileTooBig):
        read_csv(b"," * MOST_COLUMNS + b"x", "old")


def test_a_mapping_is_written_and_read_back_the_same() -> None:
    made = [sheet(HEAD, ("1/2/19",), name='Old "one"'), sheet(("a",), (1.0,), name="Lists")]
    known = suggest(made)
    assert read_mapping(as_toml(known, made), made) == known
    since_1904 = as_toml(known, made).replace("header_row = 1\n", "since_1904 = true\n", 1)
    with pytest.raises(MappingWrong):
        read_mapping(since_1904, made)


def test_a_sheet_without_headings_is_written_and_read_back_the_same() -> None:
    made = [sheet(("1/2/19", "https://a.example/1"))]
    known = FileMapping(
        (SheetMapping(sheet="Old", system="Old", header_row=None, columns={Meaning.URL: 1}),)
    )
    assert read_mapping(as_toml(known, made), made) == known
    assert used(known.sheets[0].columns, 1) is Meaning.URL
    assert used(known.sheets[0].columns, 0) is None


def test_days_counted_from_1904_are_kept_in_a_mapping() -> None:
    made = [SheetRead("Old", {1: ("Name", "Date"), 2: ("Ann", 40_000.0)}, 2, since_1904=True)]
    text = as_toml(suggest(made), made)
    assert "since_1904 = true" in text
    [found] = read_records(made, read_mapping(text, made), today=TODAY)
    assert found.records[0].logged_on == date(2013, 7, 7)


WRONG = {
    "no toml": "[[sheets",
    "no list": "sheets = 3",
    "another sheet": '[[sheets]]\nsheet = "New"',
    "no such key": '[[sheets]]\nsheet = "Old"\ncolour = "red"',
    "header beside": '[[sheets]]\nsheet = "Old"\nheader_row = 99',
    "no name": '[[sheets]]\nsheet = "Old"\nsystem = 3',
    "no such column": '[[sheets]]\nsheet = "Old"\nheader_row = 1\n[sheets.columns]\nurl = "Linkk"',
    "no such meaning": '[[sheets]]\nsheet = "Old"\nheader_row = 1\n[sheets.columns]\nx = "Link"',
    "nothing": '[[sheets]]\nsheet = "Old"\nheader_row = 1',
    "twice": '[[sheets]]\nsheet = "Old"\nsystem = "S"\nheader_row = 1\n[sheets.columns]\n'
    'url = "Link"\nname = "Link"',
    "sheet twice": '[[sheets]]\nsheet = "Old"\n[[sheets]]\nsheet = "Old"',
}


@pytest.mark.parametrize("what", WRONG)
def test_a_mapping_that_does_not_fit_is_refused(what: str) -> None:
    with pytest.raises(MappingWrong):
        read_mapping(WRONG[what], [sheet(HEAD, ("1/2/19",))])


def test_a_mapping_made_on_the_page_must_fit_too() -> None:
    made = [sheet(HEAD, ("1/2/19",))]
    for change in ({"header_row": 9}, {"columns": {Meaning.URL: 99}}):
        said = {"sheet": "Old", "system": "S", "header_row": 1, "columns": {Meaning.URL: 1}}
        with pytest.raises(MappingWrong):
            check_mapping(FileMapping((SheetMapping(**said | change),)), made)  # type: ignore[arg-type]


def test_an_old_system_has_a_short_name_of_its_own() -> None:
    made = [sheet(HEAD, ("1/2/19",))]
    for name in ("\u200b", "x" * 61, "Evenhand"):
        said = SheetMapping(sheet="Old", system=name, header_row=1, columns={Meaning.URL: 1})
        with pytest.raises(SystemUnnamed):
            check_mapping(FileMapping((said,)), made)


@pytest.mark.parametrize("key", ["role", "roles", "suspects"])
def test_no_mapping_makes_suspects_of_a_whole_sheet(key: str) -> None:
    text = f'[[sheets]]\nsheet = "Old"\nsystem = "S"\n{key} = "suspect"\nheader_row = 1'
    with pytest.raises(StaysInQuarantine) as refused:
        read_mapping(text, [sheet(HEAD, ("1/2/19",))])
    assert refused.value.code == "E-IMP-31"


def test_a_mapping_says_whether_it_takes_people_over() -> None:
    of_people = suggest([sheet(HEAD, ("1/2/19",))])
    of_content = suggest([sheet(("Link",), ("http://a.example/1",))])
    assert of_people.names_people
    assert not of_content.names_people


def test_a_record_leaves_once_and_within_90_days() -> None:
    last = TODAY + timedelta(days=90)
    check_in_time(last, today=last - timedelta(days=1))
    with pytest.raises(StaysInQuarantine):
        check_in_time(last, today=last)
    check_waits(Standing.WAITING)
    for standing in (Standing.PASSED, Standing.REJECTED):
        with pytest.raises(LeftQuarantine):
            check_waits(standing)


def test_a_cell_is_shown_as_its_spreadsheet_shows_it() -> None:
    assert [text_of(it) for it in (2.0, 2.5, True, False, " Zoe\u0308 ", TODAY)] == [
        "2", "2.5", "yes", "no", "Zoë", "2026-11-29"
    ]  # fmt: skip
    assert text_of(float("inf")) == "inf"
