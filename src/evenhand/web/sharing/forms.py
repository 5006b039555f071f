"""What is asked about agreements, packages and recalls."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from evenhand.actions.agreements import people
from evenhand.queries.sharing import Choice
from evenhand.rules.agreements import (
    LONGEST_KEPT_DAYS,
    MOST_RECALL_DAYS,
    PACKED,
    Agreement,
    Field,
    NamedPerson,
    RecipientKind,
    Terms,
    Transfer,
)
from evenhand.rules.people_roles import ROLE_WORDS, PersonRole
from evenhand.rules.purposes import OWN, Purpose
from evenhand.rules.sharing import Carrier, Wanted
from evenhand.rules.texts import SHORT
from evenhand.web.act_forms import ReasonField
from evenhand.web.forms import (
    DayField,
    HouseForm,
    LineField,
    ManyField,
    NumberField,
    OneField,
    Option,
    SelectField,
    TickField,
    WordsField,
)
from evenhand.web.people.forms import purpose_field
from evenhand.web.sharing.words import CARRIERS, FIELDS, KINDS, TRANSFERS


class HiddenLine(LineField):
    """A code or words given on the page before, carried along unseen."""

    widget = forms.HiddenInput


class AgreementForm(HouseForm):
    """With whom, for what, what may leave, and until when."""

    asks = "agreement"
    organisation = LineField(
        label=_("Organisation"),
        called=_("The organisation"),
        missing=_("Enter the organisation that will receive packages"),
        longest=SHORT,
    )
    kind = SelectField(
        label=_("What kind of body is it?"),
        missing=_("Select what kind of body it is"),
        hint=_("Housing, education, employers, immigration and councils are closed kinds."),
        options=[(it, KINDS[it]) for it in RecipientKind],
    )
    country = LineField(
        label=_("Country"),
        called=_("The country"),
        missing=_("Enter the country’s code"),
        hint=_("As a code of two capital letters, such as GB or IE"),
        width=2,
        spellcheck=False,
    )
    transfer = OneField(
        label=_("What does a transfer abroad rest on?"),
        missing=_("Select what the transfer rests on"),
        options=[(it, TRANSFERS[it]) for it in Transfer],
        initial=Transfer.AT_HOME,
        small=True,
    )
    people = WordsField(
        label=_("People who may receive packages"),
        called=_("The people"),
        missing=_("Enter at least one person"),
        hint=_("One on each line: name, comma, e-mail address. Recalls go to the address."),
        rows=4,
    )
    lock = LineField(
        label=_("Public key of age (optional)"),
        called=_("The public key"),
        hint=_("Begins with age1. Without it packages are printed."),
        required=False,
        spellcheck=False,
        autocomplete="off",
    )
    purpose = WordsField(
        label=_("Purpose"), called=_("The purpose"), missing=_("Enter the purpose"), rows=4
    )
    enactment = LineField(
        label=_("Enactment that it rests on"),
        called=_("The enactment"),
        missing=_("Enter the Act and section"),
        hint=_("Act and section"),
        longest=SHORT,
    )
    guidance = WordsField(
        label=_("What may the recipient do with a package?"),
        called=_("The guidance"),
        missing=_("Say what the recipient may do with a package"),
        hint=_("It travels in every package."),
        rows=4,
    )
    fields_agreed = ManyField(
        label=_("What may leave?"),
        missing=_("Select what may leave"),
        hint=_("The person’s role in the referral always goes with it."),
        options=[(it, FIELDS[it]) for it in Field],
        small=True,
    )
    roles = ManyField(
        label=_("About people in which roles?"),
        missing=_("Select at least one role"),
        options=[(it, _(ROLE_WORDS[it])) for it in PersonRole],
        small=True,
    )
    keep_days = NumberField(
        label=_("How many days may the recipient keep a package?"),
        called=_("The days"),
        missing=_("Enter how many days the recipient may keep a package"),
        least=1,
        most=LONGEST_KEPT_DAYS,
    )
    recall_days = NumberField(
        label=_("In how many working days does the recipient answer a recall?"),
        called=_("The working days"),
        missing=_("Enter in how many working days the recipient answers a recall"),
        least=1,
        most=MOST_RECALL_DAYS,
    )
    review_on = DayField(
        label=_("Until when is it in date?"),
        called=_("The review date"),
        missing=_("Enter a review date"),
        hint=_("Within 12 months. After it nothing leaves until a new version is signed."),
    )

    @classmethod
    def showing(cls, terms: Terms) -> dict[str, object]:
        """Give what fills the form with the terms of a version."""
        plain = (
            "organisation", "kind", "country", "transfer", "lock", "purpose", "enactment",
            "guidance", "keep_days", "recall_days", "review_on",
        )  # fmt: skip
        lines = (f"{it.name}, {it.email}" if it.email else it.name for it in terms.people)
        return {
            **{name: getattr(terms, name) for name in plain},
            "people": "\n".join(lines),
            "fields_agreed": sorted(terms.fields),
            "roles": sorted(terms.roles),
        }

    def terms(self, known: Sequence[NamedPerson] = ()) -> Terms:
        """Give what was entered as the terms of a version."""
        told: dict[str, Any] = dict(self.cleaned_data)
        return Terms(
            organisation=told["organisation"],
            kind=RecipientKind(told["kind"]),
            country=told["country"],
            transfer=Transfer(told["transfer"]),
            people=people(_lines(told["people"]), known=known),
            lock=told["lock"],
            purpose=told["purpose"],
            enactment=told["enactment"],
            guidance=told["guidance"],
            fields=frozenset(map(Field, told["fields_agreed"])),
            roles=frozenset(map(PersonRole, told["roles"])),
            keep_days=told["keep_days"],
            recall_days=told["recall_days"],
            review_on=told["review_on"],
        )


class OpenKindForm(HouseForm):
    """Which law opens a closed kind of recipient, and until when."""

    asks = "kinds"
    enactment = LineField(
        label=_("Enactment that authorises it"),
        called=_("The enactment"),
        missing=_("Enter the Act and section"),
        longest=SHORT,
    )
    expires_on = DayField(
        label=_("Until when?"),
        called=_("The last day"),
        missing=_("Enter the last day"),
        hint=_("Within 12 months"),
    )


class LookForm(HouseForm):
    """About whom, under which agreement, and why."""

    asks = "package"
    person = LineField(
        label=_("Reference of the person’s record"),
        called=_("The reference"),
        missing=_("Enter the reference of the person’s record"),
        hint=_("Such as P-7KX2M9QA"),
        width=10,
        spellcheck=False,
        autocomplete="off",
    )
    agreement = OneField(
        label=_("Under which agreement?"), missing=_("Select an agreement"), options=[]
    )
    reason = ReasonField(
        label=_("Why must something be shared?"),
        needed=_("Say why something must be shared"),
        hint=_("It is kept with the disclosure. Opening the record is an entry of the log."),
    )

    def __init__(self, *args: Any, agreements: Sequence[Agreement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["agreement"]
        assert isinstance(field, OneField)  # noqa: S101 - tells the type
        field.offer(
            [Option(it.reference, it.terms.organisation, it.reference) for it in agreements]
        )


class BuildForm(HouseForm):
    """Exactly what goes into the package, to whom, and how."""

    asks = "package"
    person = HiddenLine(label=_("Person"), missing=_("This form is not complete; begin again"))
    agreement = HiddenLine(
        label=_("Agreement"), missing=_("This form is not complete; begin again")
    )
    reason = forms.CharField(widget=forms.HiddenInput, strip=False)
    link = OneField(label=_("In which role?"), missing=_("Select a role"), options=[])
    recipient = OneField(label=_("To whom?"), missing=_("Select a person"), options=[])
    fields_chosen = ManyField(
        label=_("What of the record is needed?"),
        hint=_("Only what the agreement lets leave is offered."),
        required=False,
        options=[],
        small=True,
    )
    statements = ManyField(
        label=_("Which statements are needed?"),
        hint=_("Only what was verified within 7 days and may leave is offered."),
        required=False,
        options=[],
        small=True,
    )
    purpose = purpose_field()
    checked = TickField(
        label=_("I compared identity and role with their source just now."),
        missing=_("Compare identity and role with their source first"),
        required=True,
    )
    gaps = WordsField(
        label=_("What is missing, or not known?"),
        called=_("The note on gaps"),
        missing=_("Say what is missing. If nothing is, say so"),
        hint=_("It travels in the package."),
        rows=3,
    )
    consent = WordsField(
        label=_("Who consented to sharing what came from them? (optional)"),
        called=_("The consent"),
        hint=_("Needed for statements with the condition S2"),
        required=False,
        rows=2,
    )
    compelling = WordsField(
        label=_("What makes it compelling to share about somebody under 18? (optional)"),
        called=_("The compelling reason"),
        hint=_("Needed where the person was or may have been under 18"),
        required=False,
        rows=3,
    )
    carrier = OneField(
        label=_("How does it leave?"),
        missing=_("Select how it leaves"),
        options=[(it, CARRIERS[it]) for it in Carrier],
    )

    def __init__(self, *args: Any, choice: Choice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        terms = choice.agreement.terms
        self._offer("link", [
            Option(str(it.link), _(ROLE_WORDS[it.role]), it.referral)
            for it in choice.roles if it.role in terms.roles
        ])  # fmt: skip
        self._offer("recipient", [Option(str(it.ref), it.name, it.email) for it in terms.people])
        own = terms.fields - {Field.FACTS, Field.ASSESSMENTS}
        if any(it.role is PersonRole.REPORTER for it in choice.roles):
            own -= {Field.CONTACT}
        self._offer("fields_chosen", [Option(it, FIELDS[it]) for it in Field if it in own & PACKED])
        agreed = {it.value.removesuffix("s") for it in terms.fields}
        self._offer("statements", [
            Option(str(it.ref), it.text)
            for it in choice.said if it.text and not it.faults and it.kind in agreed
        ])  # fmt: skip
        if not terms.lock:
            self._offer("carrier", [(Carrier.PRINTED, CARRIERS[Carrier.PRINTED])])

    def wanted(self) -> Wanted:
        """Give what was chosen."""
        told = self.cleaned_data
        return Wanted(
            agreement=told["agreement"],
            recipient=UUID(told["recipient"]),
            link=UUID(told["link"]),
            carrier=Carrier(told["carrier"]),
            fields=frozenset(map(Field, told["fields_chosen"])),
            statements=tuple(UUID(it) for it in told["statements"]),
            checked=told["checked"],
            gaps=told["gaps"],
            reason=told["reason"],
            compelling=told["compelling"],
            consent=told["consent"],
            purpose=Purpose(told["purpose"] or OWN),
        )

    def _offer(self, name: str, options: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, OneField | ManyField)  # noqa: S101 - tells the type
        field.offer(options)


class OpenForm(HouseForm):
    """Why somebody opens a package."""

    asks = "opened"
    reason = ReasonField(
        label=_("Why do you open this package?"),
        needed=_("Say why you open this package"),
        hint=_("Your look, with its reason, is an entry of the log."),
        rows=2,
    )


class WrongForm(HouseForm):
    """Why a package was wrong or should not have left."""

    asks = "wrong"
    reason = ReasonField(
        label=_("What was wrong?"),
        needed=_("Say what was wrong"),
        hint=_("Every recipient is told by the package’s id; your words stay here."),
        rows=3,
    )


class ApproveForm(HouseForm):
    """A second officer's answer to the package that was shown."""

    asks = "share"
    digest = HiddenLine(label=_("Package"), missing=_("This form is not complete; open it again"))
    reason = forms.CharField(widget=forms.HiddenInput, strip=False)
    answer = OneField(
        label=_("May this package leave?"),
        missing=_("Select yes or no"),
        options=[("approve", _("Yes, I approve it")), ("refuse", _("No, I refuse it"))],
    )
    why = ReasonField(
        label=_("Why?"),
        needed=_("Say why"),
        hint=_("Is each part needed for the purpose? Is it right, and fair to the person?"),
    )


class AcknowledgeForm(HouseForm):
    """When the recipient acknowledged a recall."""

    asks = "recall"
    on = DayField(
        label=_("When did the recipient acknowledge it?"),
        called=_("The day"),
        missing=_("Enter the day"),
    )


class ToldForm(HouseForm):
    """When a body was told that data from it was wrong."""

    asks = "told"
    on = DayField(
        label=_("When did you tell the body?"), called=_("The day"), missing=_("Enter the day")
    )


def _lines(text: str) -> list[tuple[str, str]]:
    """Read one named person a line: name, comma, address."""
    found = []
    for line in filter(str.strip, text.splitlines()):
        name, comma, email = line.rpartition(",")
        found.append((name.strip(), email.strip()) if comma else (email.strip(), ""))
    return found
