"""A statement of reasons for the DSA Transparency Database, as an officer reads it."""

from evenhand.web.statements import in_words
from tests.actions.test_platform_links import STATEMENT


def test_every_field_is_a_line_and_every_code_says_what_it_means() -> None:
    lines = in_words(STATEMENT).split("\n")
    assert len(lines) == len(STATEMENT)
    assert "Decision visibility: Removal of content (DECISION_VISIBILITY_CONTENT_REMOVED)" in lines
    assert f"Puid: {STATEMENT['puid']}" in lines


def test_what_is_no_text_and_no_code_is_shown_as_json() -> None:
    assert in_words("In <their> words.") == "In <their> words."
    assert in_words({"content_id": {"EAN-13": "1"}, "x": None}) == (
        'Content id: {"EAN-13": "1"}\nX: null'
    )
    assert in_words(["ü", 1]) == '["ü", 1]'
