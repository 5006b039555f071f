"""What a desk publishes of itself: a line that is left out, or that is no address, is named."""

import pytest

from evenhand.rules.public_notice import Line, NotPublished, check_published

WHOLE = {Line.NAME: "Harbour desk", Line.CONTACT: "a@b.example", Line.OFFICER: "dpo@b.example"}


def test_a_profile_that_says_all_is_allowed() -> None:
    check_published(WHOLE)


@pytest.mark.parametrize("line", Line)
@pytest.mark.parametrize("text", ["", "  "])
def test_each_line_that_is_left_out_is_named(line: Line, text: str) -> None:
    with pytest.raises(NotPublished) as told:
        check_published(WHOLE | {line: text})
    assert told.value.code == "E-PUB-32"
    assert told.value.values == {"lines": line.value}


@pytest.mark.parametrize("text", ["the officer", "@", "dpo@", "@b.example"])
def test_what_nobody_could_write_to_is_no_address(text: str) -> None:
    with pytest.raises(NotPublished, match="leaves out contact_email, dpo_email"):
        check_published(WHOLE | {Line.CONTACT: text, Line.OFFICER: text})
