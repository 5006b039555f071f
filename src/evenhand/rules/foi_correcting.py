"""Corrections of published replies whose own request takes none any more: what is refused."""

from evenhand.rules.foi import FoiStanding, FoiStepWrong
from evenhand.rules.public_foi import no_such_request
from evenhand.rules.words import words


def check_can_correct(
    number: str, *, is_published: bool, standing: FoiStanding | None, corrected_by: str
) -> None:
    """Refuse to correct what is not published, is corrected on its own request, or already.

    ``standing``: where the request stands, None once it is erased. ``corrected_by``: the number of
    the correction that is there. Raises NotFound, FoiStepWrong.
    """
    if not is_published:
        raise no_such_request()
    if standing not in {None, FoiStanding.UNREACHED}:
        raise FoiStepWrong(
            words("The reply to {number} is corrected on its own request, which is still there."),
            do=words("Open {number}, and enter there that the reply was wrong."),
            at="number",
            number=number,
        )
    if corrected_by:
        raise FoiStepWrong(
            words("The reply to {number} is corrected as {by} already."),
            do=words("Open {by}. Once it is published, enter there that it was wrong."),
            at="number",
            number=number,
            by=corrected_by,
        )
