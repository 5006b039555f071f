"""A published reply is corrected on its own request while that takes another, else apart."""

import pytest

from evenhand.rules.foi import FoiStanding, FoiStepWrong
from evenhand.rules.foi_correcting import check_can_correct
from evenhand.rules.referrals import NotFound

NUMBER = "FOI-2024-0001"


@pytest.mark.parametrize("standing", [None, *FoiStanding])
def test_only_what_takes_no_further_reply_itself_is_corrected_apart(
    standing: FoiStanding | None,
) -> None:
    if standing in {None, FoiStanding.UNREACHED}:
        check_can_correct(NUMBER, is_published=True, standing=standing, corrected_by="")
        return
    with pytest.raises(FoiStepWrong, match="on its own request"):
        check_can_correct(NUMBER, is_published=True, standing=standing, corrected_by="")


def test_what_is_not_published_or_is_corrected_already_is_not_corrected() -> None:
    with pytest.raises(NotFound):
        check_can_correct(NUMBER, is_published=False, standing=None, corrected_by="")
    with pytest.raises(FoiStepWrong) as refused:
        check_can_correct(NUMBER, is_published=True, standing=None, corrected_by="FOI-2026-0002")
    assert refused.value.values["by"] == "FOI-2026-0002"
