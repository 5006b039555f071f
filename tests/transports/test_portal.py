"""The exact text of a form that was sent by hand cannot be read in two ways."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules.notices import NoticeKind
from evenhand.rules.sheets import FilledField, Sheet
from evenhand.transports.portal import compose

SHEET = Sheet(
    platform="clipnest",
    version=2,
    reference="2026-000001",
    kind=NoticeKind.REFERRAL,
    fields=(FilledField("Link", "https://clipnest.example/v/1", 0), FilledField("Why", "", 9)),
    verified=True,
)


def test_a_sheet_is_written_label_by_label() -> None:
    assert compose(SHEET).decode() == (
        "Portal sheet, format 1\nForm of clipnest, version 2\nReferral 2026-000001\n"
        "\n1. Link\n    https://clipnest.example/v/1\n\n2. Why\n    \n"
    )


def test_what_was_changed_stands_at_the_end() -> None:
    whole = compose(SHEET, "It was\nshorter.")
    assert whole == compose(SHEET) + (
        b"\nChanged on the form before it was sent\n    It was\n    shorter.\n"
    )


@given(first=st.text(max_size=30), second=st.text(max_size=30))
def test_two_texts_never_give_the_same_bytes(first: str, second: str) -> None:
    def with_text(text: str) -> bytes:
        fields = (FilledField("A", text, 0), FilledField("B", "", 0))
        return compose(replace(SHEET, fields=fields))

    def written(text: str) -> bool:
        return not any("\ud800" <= sign <= "\udfff" for sign in text)

    if written(first) and written(second):
        assert (with_text(first) == with_text(second)) == (first == second)
