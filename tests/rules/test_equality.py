"""The tally counts answers of its lists, and only where the profile has one."""

import pytest

from evenhand.rules.equality import ANSWERS, NOT_KNOWN, Answer, Basis, NotTallied, Part, TallyOff
from evenhand.rules.equality import check_tally as check


@pytest.mark.parametrize("basis", Basis)
def test_each_basis_has_its_own_answers_and_one_for_what_is_not_known(basis: Basis) -> None:
    for group in ANSWERS[basis]:
        check(Answer(Part.POSTER, basis, group), is_on=True)
    assert len(NOT_KNOWN & ANSWERS[basis].keys()) == 1
    with pytest.raises(NotTallied):
        check(Answer(Part.POSTER, basis, "ic10"), is_on=True)


def test_without_a_tally_nothing_is_tallied() -> None:
    with pytest.raises(TallyOff):
        check(Answer(Part.POSTER, Basis.NOT_ASKED), is_on=False)
