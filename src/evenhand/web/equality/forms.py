"""The tally: in what part somebody is in the content, and the group on whose word."""

from django.utils.translation import gettext_lazy as _

from evenhand.rules.equality import PERCEIVED, STATED, Answer, Basis, Part
from evenhand.web.forms import HouseForm, OneField, SelectField
from evenhand.web.public.equality import BASES, PARTS


class TallyForm(HouseForm):
    """One person in content, counted and not kept."""

    part = OneField(
        label=_("In what part are they in the content or the case?"),
        missing=_("Select in what part they are"),
        options=[(it, PARTS[it]) for it in Part],
    )
    basis = OneField(
        label=_("On whose word?"),
        missing=_("Select on whose word"),
        options=[(it, BASES[it]) for it in Basis],
    )
    perceived = SelectField(
        label=_("If an officer perceived it: which group?"),
        hint=_("Unknown is an answer. Do not guess, and look nothing up."),
        required=False,
        options=[("", _("No answer")), *((it, _(text)) for it, text in PERCEIVED.items())],
    )
    stated = SelectField(
        label=_("If the person stated it: which group?"),
        required=False,
        options=[("", _("No answer")), *((it, _(text)) for it, text in STATED.items())],
    )

    def answer(self) -> Answer:
        """Give what is counted."""
        given = self.cleaned_data
        basis = Basis(given["basis"])
        return Answer(Part(given["part"]), basis, given.get(basis, ""))
