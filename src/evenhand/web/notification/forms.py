"""Whether a person is told, on which ground not, and why."""

from django.utils.translation import gettext_lazy as _

from evenhand.rules.notification import GROUND_WORDS, RestrictionGround, Telling
from evenhand.web.act_forms import ReasonField
from evenhand.web.forms import DayField, HouseForm, LineField, OneField, WordsField

CONFIRM, REFUSE = "confirm", "refuse"


class DecideForm(HouseForm):
    """To tell, or not: then the ground, the day of the review, and who advised."""

    asks = "telling"
    telling = OneField(
        label=_("Is the person told that they are on record?"),
        missing=_("Select whether the person is told"),
        options=[
            (Telling.TELL, _("Yes: write the letter")),
            (Telling.RESTRICT, _("No, on a ground in law")),
        ],
    )
    reasons = WordsField(
        label=_("Why?"),
        called=_("The reasons"),
        missing=_("Say why"),
        hint=_("The Information Commissioner may ask for them."),
        rows=5,
    )
    ground = OneField(
        label=_("If not, on which ground?"),
        required=False,
        options=[(it, _(GROUND_WORDS[it])) for it in RestrictionGround],
    )
    lawyer = LineField(
        label=_("Which lawyer advised that it is privileged? (only for that ground)"),
        called=_("The lawyer"),
        required=False,
    )
    review_on = DayField(
        label=_("If not, when is it looked at again?"),
        called=_("The review date"),
        required=False,
        hint=_("Within 90 days"),
    )


class ConfirmForm(HouseForm):
    """The second person's answer, and why."""

    asks = "untold"
    answer = OneField(
        label=_("Is this person not to be told until the review?"),
        missing=_("Select whether you confirm it"),
        options=[(CONFIRM, _("Confirm")), (REFUSE, _("Refuse: it is decided anew"))],
    )
    reason = ReasonField(label=_("Why?"), needed=_("Say why"))
