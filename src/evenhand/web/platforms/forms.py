"""What the data protection officer enters to sign a platform off."""

from django.utils.translation import gettext_lazy as _

from evenhand.rules.notices import Transport
from evenhand.web.forms import DayField, HouseForm, LineField, OneField, WordsField
from evenhand.web.labels import TRANSPORTS


class SignOffForm(HouseForm):
    """By which channel, to which address, on what basis and until when notices may go."""

    transport = OneField(
        label=_("How do notices reach them?"),
        missing=_("Select how notices reach them"),
        options=[(it, TRANSPORTS[it]) for it in Transport],
        initial=Transport.EMAIL,
    )
    contact = LineField(
        label=_("Address that notices go to"),
        called=_("The address"),
        missing=_("Enter the address that notices go to"),
        width="two-thirds",
        autocomplete="off",
        spellcheck=False,
    )
    basis = WordsField(
        label=_("Basis for sending personal data to them"),
        called=_("The basis"),
        missing=_("Enter the basis"),
        hint=_("For example the condition of DPA 2018 ss.75 to 77 and why it is met"),
        rows=5,
    )
    review_on = DayField(
        label=_("When will you look at this again?"),
        called=_("The review date"),
        missing=_("Enter a review date"),
        hint=_("Within 12 months. After that day nothing is sent until you sign off again."),
    )
