"""What an officer may keep of a list."""

import pytest

from evenhand.rules.saved_lists import (
    FILTERS,
    LONGEST_FILTER,
    LONGEST_NAME,
    MOST_LISTS,
    ListsFull,
    NothingToSave,
    check_filters,
    check_name,
    check_room,
)
from evenhand.rules.texts import TextMissing, TextTooLong


def test_a_saved_list_holds_filters_and_nothing_else() -> None:
    check_filters(dict.fromkeys(FILTERS, "x"))
    for filters in ({}, {"q": "knife"}, {"state": "logged", "cursor": "x"}):
        with pytest.raises(NothingToSave):
            check_filters(filters)
    with pytest.raises(NothingToSave):
        check_filters({"platform": "x" * (LONGEST_FILTER + 1)})


def test_a_saved_list_has_a_name_of_some_length() -> None:
    check_name("x" * LONGEST_NAME)
    with pytest.raises(TextMissing):
        check_name(" ")
    with pytest.raises(TextTooLong):
        check_name("x" * (LONGEST_NAME + 1))


def test_there_is_room_for_a_few() -> None:
    check_room(MOST_LISTS - 1)
    with pytest.raises(ListsFull):
        check_room(MOST_LISTS)
