"""The words of a content removal notice: since when, by when, and how its review stands."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from evenhand.rules.order_reviews import Order, OrderReview
from evenhand.web import times
from evenhand.web.components import Params
from evenhand.web.sheets import row
from evenhand.web.words import Words

REVIEWS: Mapping[OrderReview, Words] = {
    OrderReview.ASKED: later("The platform asks for it; nobody has made it yet"),
    OrderReview.CONFIRMED: later("The notice was confirmed"),
    OrderReview.WITHDRAWN: later("The notice was withdrawn"),
}


def rows(order: Order | None) -> Iterator[Params]:
    """Tell of a content removal notice that stands."""
    if order is None:
        return
    yield row(_("Content removal notice given"), times.moment(order.given_at))
    yield row(_("Its 48 hours end"), times.moment(order.act_by))
    if order.review:
        yield row(_("Its review"), str(REVIEWS[order.review]))
