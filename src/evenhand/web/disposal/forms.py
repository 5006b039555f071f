"""What a review, its second officer and a hold are asked."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from evenhand.rules.balance import check_days
from evenhand.rules.holds import HoldKind
from evenhand.rules.refusals import Refused
from evenhand.rules.retention import Figures
from evenhand.rules.reviews import QUESTIONS, Question, Review, ReviewOutcome
from evenhand.rules.texts import SHORT
from evenhand.web.act_forms import ActForm, ReasonField
from evenhand.web.disposal.labels import HOLDS
from evenhand.web.faults import RefusalError
from evenhand.web.forms import (
    DayField,
    HouseForm,
    LineField,
    NumberField,
    OneField,
    Option,
    WordsField,
)

CONFIRM, DECLINE = "confirm", "decline"


class BalanceForm(HouseForm):
    """Over which days records are counted in and out; the last day is included."""

    first = DayField(
        label=_("First day"),
        called=_("The first day"),
        hint=_("For example, 27 3 2026"),
        missing=_("Enter the first day"),
    )
    last = DayField(
        label=_("Last day, included"), called=_("The last day"), missing=_("Enter the last day")
    )

    @classmethod
    def of(cls, first: date, last: date) -> "BalanceForm":
        """Give the form as it stands for these days."""
        return cls(initial={"first": first, "last": last})

    def clean_last(self) -> date:
        """Ask the rule which days follow each other."""
        last: date = self.cleaned_data["last"]
        try:
            check_days(self.cleaned_data.get("first", last), last)
        except Refused as refused:
            raise RefusalError(refused) from refused
        return last


class ReviewForm(ActForm):
    """What the review comes to; each question for itself where the record is to be kept."""

    asks = "review"
    outcome = OneField(
        label=_("What does your review come to?"),
        missing=_("Select what your review comes to"),
        options=[
            Option(ReviewOutcome.DISPOSE, _("Dispose of it"), _("A second officer releases it.")),
            Option(
                ReviewOutcome.RETAIN,
                _("Keep it on"),
                _("Answer every question below. A second officer confirms it."),
            ),
            Option(
                ReviewOutcome.RESTRICT,
                _("Close it"),
                _(
                    "At once: only records reviewers, rights officers and the data protection"
                    " officer open it."
                ),
            ),
        ],
    )
    reason = ReasonField(label=_("Why? In your own words"), needed=_("Enter why"))
    until = DayField(
        label=_("Next day of review, if it is kept on"),
        called=_("The next day of review"),
        required=False,
    )
    last_day = DayField(
        label=_("New last day, only if that must move"),
        hint=_("It moves once, by one period of review at most, on a finding of these 30 days."),
        called=_("The new last day"),
        required=False,
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for question in Question:
            self.fields[question] = WordsField(label=_(QUESTIONS[question]), required=False, rows=3)

    @property
    def review(self) -> Review:
        """Give the review as it was filled in."""
        given = self.cleaned_data
        return Review(
            outcome=ReviewOutcome(given["outcome"]),
            reason=given["reason"],
            answers={it: given[it] for it in Question if given[it]},
            until=given["until"],
            last_day=given["last_day"],
        )


class ConfirmForm(HouseForm):
    """Whether the second officer agrees."""

    asks = "release"
    answer = OneField(
        label=_("Do you confirm what the review came to?"),
        missing=_("Select whether you confirm it"),
        options=[
            Option(CONFIRM, _("Yes, confirm"), _("What is disposed of cannot be brought back.")),
            Option(DECLINE, _("No, decline"), _("It waits for another review. Say why below.")),
        ],
    )
    reason = WordsField(label=_("Why do you decline it?"), required=False, rows=4)


class FiguresForm(HouseForm):
    """New figures of one schedule, in months."""

    asks = "schedule"
    review = NumberField(
        label=_("Months until it is reviewed"),
        missing=_("Enter the months until it is reviewed"),
        least=1,
    )
    most = NumberField(
        label=_("Months it is kept at most"),
        missing=_("Enter the months it is kept at most"),
        least=1,
    )
    child_review = NumberField(
        label=_("Months until it is reviewed, where somebody may be under 18"),
        missing=_("Enter the months until it is reviewed, where somebody may be under 18"),
        least=1,
    )
    child_most = NumberField(
        label=_("Months it is kept at most, where somebody may be under 18"),
        missing=_("Enter the months it is kept at most, where somebody may be under 18"),
        least=1,
    )
    reason = ReasonField(label=_("Why other figures?"), needed=_("Enter why"))

    @property
    def figures(self) -> Figures:
        """Give the figures as they were filled in."""
        given = self.cleaned_data
        return Figures(given["review"], given["most"], given["child_review"], given["child_most"])


class HoldForm(HouseForm):
    """What the record is held for."""

    asks = "hold"
    kind = OneField(
        label=_("What is it held for?"),
        missing=_("Select what it is held for"),
        options=[(it.value, HOLDS[it]) for it in HoldKind],
    )
    their_reference = LineField(
        label=_("Reference of the court, the exhibit or the request"),
        required=False,
        longest=SHORT,
    )
    owner = LineField(
        label=_("Who answers for it, if it is evidence"), required=False, longest=SHORT
    )
    expires_on = DayField(
        label=_("Last day of the hold, if it is evidence"),
        hint=_("Within 12 months."),
        called=_("The last day of the hold"),
        required=False,
    )
    reason = ReasonField(label=_("Why is it held?"), needed=_("Enter why it is held"))


class AskForm(HouseForm):
    """Why a hold is to end."""

    asks = "ending"
    reason = ReasonField(label=_("Why is it to end?"), needed=_("Enter why it is to end"))


class EndForm(HouseForm):
    """Nothing more is asked: a colleague gave the reason."""
