"""A content removal notice is reviewed once, when asked for, by somebody who had no part in it."""

from dataclasses import replace

import pytest

from evenhand.rules.notice_forms import WEAPONS_TIME
from evenhand.rules.order_reviews import (
    GaveItThemselves,
    NoOrder,
    Order,
    OrderReview,
    ReviewedOnce,
    check_can_be_asked,
    check_may_review,
)
from tests.builders import ADA, CY, NOW

ORDER = Order(NOW, NOW + WEAPONS_TIME, None, frozenset({ADA.ref}))


def test_a_review_is_asked_for_once_and_of_a_notice_that_stands() -> None:
    check_can_be_asked(ORDER)
    with pytest.raises(NoOrder):
        check_can_be_asked(None)
    for stands in OrderReview:
        with pytest.raises(ReviewedOnce):
            check_can_be_asked(replace(ORDER, review=stands))


def test_whoever_had_no_part_in_a_notice_reviews_it_when_asked() -> None:
    asked = replace(ORDER, review=OrderReview.ASKED)
    check_may_review(asked, CY)
    with pytest.raises(GaveItThemselves):
        check_may_review(asked, ADA)
    for nothing in (None, ORDER, replace(ORDER, review=OrderReview.CONFIRMED)):
        with pytest.raises(NoOrder):
            check_may_review(nothing, CY)
