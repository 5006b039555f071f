"""What is entered about a platform: how to reach it, its form, its policies, and the sign-off."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evenhand.rules.lawbook import Lawbook
from evenhand.rules.notice_forms import FILES
from evenhand.rules.notices import Transport
from evenhand.rules.platforms import CHASE_TIMES, harms_of_policies
from evenhand.rules.profile import LIMITS
from evenhand.rules.texts import SHORT
from evenhand.web.forms import (
    DayField,
    HouseForm,
    LineField,
    ManyField,
    NumberField,
    OneField,
    Option,
    TickField,
    WordsField,
)
from evenhand.web.labels import NOTICE_FORMS, TRANSPORTS, harm_name

CORRECT, NEW, GONE = "correct", "new", "gone"


class SignOffForm(HouseForm):
    """By which channel, to which address, on what basis and until when notices may go."""

    asks = "signoff"
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
        longest=2100,
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
        hint=_(
            "From tomorrow on, within 12 months. Notices still go on that day; after it nothing"
            " is sent by this channel until you sign off again."
        ),
    )


class SeenNumber(NumberField):
    """The number of the version that was shown, carried along unseen."""

    widget = forms.HiddenInput


class WhichPolicy(LineField):
    """Which version of which policy was shown, carried along unseen."""

    widget = forms.HiddenInput


class EditForm(HouseForm):
    """A change of what is kept of a platform, made on the version that was shown."""

    seen = SeenNumber(
        label=_("Version"), most=2**31 - 1, missing=_("This form is not complete; open it again")
    )


class WhoForm(HouseForm):
    """Who provides a platform, and from where."""

    asks = "platform"
    name = LineField(
        label=_("Name"), called=_("The name"), missing=_("Enter the platform’s name"), longest=SHORT
    )
    provider = LineField(
        label=_("Who provides it"),
        called=_("The provider"),
        missing=_("Enter the company or person who provides it"),
        longest=SHORT,
    )
    country = LineField(
        label=_("Country of the provider"),
        called=_("The country"),
        missing=_("Enter the country’s code"),
        hint=_("As a code of two capital letters, such as GB, US or IE"),
        width=2,
        spellcheck=False,
    )


class WaysForm(HouseForm):
    """How to reach a platform, and when to remind it."""

    asks = "platform"
    contact = LineField(
        label=_("E-mail address for notices (optional)"),
        called=_("The e-mail address"),
        hint=_("Notices go only to the address that the data protection officer signed off."),
        required=False,
        width="two-thirds",
        autocomplete="off",
        spellcheck=False,
    )
    takes = ManyField(
        label=_("Which forms of notice does it take by e-mail, besides plain text? (optional)"),
        required=False,
        options=[(it, NOTICE_FORMS[it]) for it in FILES],
        small=True,
    )
    form_address = LineField(
        label=_("Web address of the form for notices (optional)"),
        called=_("The form’s address"),
        hint=_("Begins with https://"),
        longest=2100,
        required=False,
        autocomplete="off",
        spellcheck=False,
    )
    first_chase_days = NumberField(
        label=_("Working days until the first reminder (optional)"),
        called=_("The days until the first reminder"),
        hint=_("Empty: as the desk’s profile says"),
        least=LIMITS[CHASE_TIMES[0]][0],
        most=LIMITS[CHASE_TIMES[0]][1],
        required=False,
    )
    chase_gap_days = NumberField(
        label=_("Working days between reminders (optional)"),
        called=_("The days between reminders"),
        hint=_("Empty: as the desk’s profile says"),
        least=LIMITS[CHASE_TIMES[1]][0],
        most=LIMITS[CHASE_TIMES[1]][1],
        required=False,
    )


class EmergencyRouteForm(HouseForm):
    """How a platform that this desk added is asked for help when a life is at risk."""

    asks = "platform"
    emergency = WordsField(
        label=_("How the police ask it for help when a life is at risk (optional)"),
        called=_("The way for emergencies"),
        hint=_("Shown on the emergency page of its referrals. Empty: none is known."),
        required=False,
        longest=SHORT,
        rows=2,
    )


class ReachForm(EditForm, WaysForm):
    """How to reach a platform that the law data knows."""


class OwnForm(EditForm, WhoForm, WaysForm, EmergencyRouteForm):
    """Who provides a platform that this desk added, and how to reach it."""

    field_order = ("seen", "name", "provider", "country", "contact", "form_address", "emergency")


class AddForm(WhoForm, WaysForm, EmergencyRouteForm):
    """A platform that the law data does not know."""

    code = LineField(
        label=_("Host name"),
        called=_("The host name"),
        missing=_("Enter the site’s host name"),
        hint=_("As it stands under “Platform” on a referral of that site, such as videos.example"),
        longest=253,
        width="two-thirds",
        spellcheck=False,
    )
    field_order = ("code", "name", "provider", "country", "contact", "form_address", "emergency")


class PolicyForm(EditForm):
    """One version of one policy of a platform, summed up in own words."""

    asks = "policy"
    was = WhichPolicy(label=_("Policy"), required=False, longest=2 * SHORT, exact=True)
    how = OneField(
        label=_("What are you doing?"),
        missing=_("Select what you are doing"),
        options=[
            Option(NEW, _("The platform changed it: keep the old version for earlier days")),
            Option(CORRECT, _("Correcting what is kept of this version")),
            Option(GONE, _("Taking this version out, because it never was so")),
        ],
    )
    title = LineField(
        label=_("Title, as the platform names it"),
        called=_("The title"),
        missing=_("Enter the title"),
        longest=SHORT,
    )
    clause = WordsField(
        label=_("What it says, in own words"),
        called=_("What it says"),
        missing=_("Enter what it says"),
        rows=4,
    )
    version = LineField(
        label=_("Version or date, as the platform names it"),
        called=_("The version"),
        missing=_("Enter the version, or “Not known”"),
        longest=SHORT,
        width="one-half",
    )
    in_force_from = DayField(
        label=_("From which day does it apply? (optional)"),
        called=_("The day"),
        required=False,
    )
    harms = ManyField(
        label=_("Which harms does it speak of?"),
        missing=_("Tick at least one harm"),
        options=(),
        small=True,
    )
    source = LineField(
        label=_("Where was it read, and when?"),
        called=_("The source"),
        missing=_("Enter where it was read"),
        hint=_("For example the address of the policy and the day"),
        longest=SHORT,
    )
    verified = TickField(label=_("I read it there myself"))

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        book: Lawbook,
        is_new: bool,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        offered = self.fields["harms"]
        assert isinstance(offered, ManyField)  # noqa: S101 - tells the type
        offered.offer([(code, harm_name(code)) for code in harms_of_policies(book.harms)])
        if is_new:
            del self.fields["how"], self.fields["was"]
