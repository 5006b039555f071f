"""What is entered about the parts of a request for information, and about its reply."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from evenhand.queries.foi import all_exemptions
from evenhand.queries.foi_counts import library
from evenhand.rules.foi_exemptions import Prejudice
from evenhand.rules.foi_neither import Denying, Neither
from evenhand.rules.foi_parts import Wanted, Withholding
from evenhand.rules.foi_registers import HeldIn, Register
from evenhand.rules.questions import By, Meaning
from evenhand.rules.texts import SHORT
from evenhand.web.act_forms import ReasonField
from evenhand.web.fields import SelectField, TickField
from evenhand.web.foi.words import HELD_IN, NEITHER, PREJUDICES, REGISTERS, WANTED
from evenhand.web.forms import HouseForm, LineField, OneField, WordsField
from evenhand.web.questions.forms import AskForm
from evenhand.web.words import Words


def _in_full(section: Neither) -> Words:
    return format_lazy("s.{section} {name}", section=section.value, name=NEITHER[section])


NONE = ("", _("Not needed for this exemption"))


class PartForm(HouseForm):
    """One part of a request, in words that can be published."""

    asked = WordsField(
        label=_("What does this part ask?"),
        hint=_("In words that can be published. Name nobody, and least of all who asks."),
        missing=_("Write what this part asks"),
        rows=3,
    )
    wants = OneField(
        label=_("What does it want?"),
        missing=_("Select what it wants"),
        options=[(it, WANTED[it]) for it in Wanted],
    )
    held_in = SelectField(
        label=_("Does it ask for something that stands in a register of this desk?"),
        hint=_(
            "Needed for a document, and for how or whether we do something. What the register has"
            " is never “not held”."
        ),
        required=False,
        options=[("", ""), *HELD_IN.items()],
    )

    def part(self) -> dict[str, Any]:
        """Give the answers as the rules see them."""
        said = self.cleaned_data
        held_in = HeldIn(said["held_in"]) if said["held_in"] else None
        return {"asked": said["asked"], "wants": Wanted(said["wants"]), "held_in": held_in}


class GiveForm(HouseForm):
    """An answer in words."""

    answer = WordsField(
        label=_("Answer"),
        hint=_(
            "In words that can be published. The disclosure log repeats them. Nothing hides small"
            " numbers here: where a number is asked for, use a number of the desk if there is one."
            " Else do not tell 1 to 4 people counted by what happened, nor 0 to 9 by who they are."
        ),
        missing=_("Write the answer"),
        rows=8,
    )


class NumberForm(HouseForm):
    """Which number of the library answers a part."""

    code = SelectField(
        label=_("Which number answers it?"), missing=_("Select a number"), options=[]
    )

    def __init__(self, data: Mapping[str, Any] | None = None, **kept: Any) -> None:
        super().__init__(data, **kept)
        field: Any = self.fields["code"]
        field.offer([("", ""), *((it.code, _(it.title)) for it in library().values())])


class RegisterForm(HouseForm):
    """Which register of the desk answers a part."""

    register = OneField(
        label=_("Which register answers it?"),
        missing=_("Select a register"),
        options=[(it, REGISTERS[it]) for it in Register],
    )


class CountForm(AskForm):
    """Of which days, and divided by what; the desk says as at which day."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, meaning: Meaning) -> None:
        super().__init__(data, meaning=meaning)
        self.fields["by"].help_text = _("Two at most.")
        del self.fields["as_at"]

    def asked(self) -> dict[str, Any]:
        """Give of which days, and divided by what."""
        said = self.cleaned_data
        return {**said, "by": tuple(By(it) for it in said["by"])}


class WithholdForm(HouseForm):
    """Why a part is withheld. The reply says all of it."""

    exemption = SelectField(
        label=_("Which exemption applies?"), missing=_("Select an exemption"), options=[]
    )
    why = WordsField(
        label=_("Why does it apply to this part?"), missing=_("Say why it applies"), rows=4
    )
    prejudice = OneField(
        label=_("How sure is the prejudice?"), options=[*PREJUDICES.items(), NONE], required=False
    )
    how = WordsField(
        label=_("What prejudice would come about, and by what?"),
        hint=_("Needed where the exemption is about prejudice."),
        required=False,
        rows=4,
    )
    public_interest = WordsField(
        label=_("How was the public interest weighed?"),
        hint=_("Needed where the exemption is not absolute."),
        required=False,
        rows=4,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, **kept: Any) -> None:
        super().__init__(data, **kept)
        field: Any = self.fields["exemption"]
        known = all_exemptions().values()
        field.offer([("", ""), *((it.code, f"s.{it.section} {it.title}") for it in known)])

    def withholding(self) -> Withholding:
        """Give the answers as the rules see them."""
        said = self.cleaned_data
        sure = said["prejudice"]
        return Withholding(**{**said, "prejudice": Prejudice(sure) if sure else None})


class NeitherForm(HouseForm):
    """On which subsection it rests that nothing is said, and why. Only the first is told."""

    section = SelectField(
        label=_("Under which section need we not say whether we hold it?"),
        missing=_("Select a section"),
        options=[("", ""), *((it, _in_full(it)) for it in Neither)],
    )
    why = WordsField(
        label=_("Why would even that tell too much?"),
        hint=_("This stays inside. The reply has the same words whether we hold it or not."),
        missing=_("Say why"),
        rows=4,
    )
    public_interest = WordsField(
        label=_("How was the public interest weighed?"),
        hint=_("Needed for s.24(2), 30(3), 31(3) and 38(2). This stays inside."),
        required=False,
        rows=4,
    )

    def denying(self) -> Denying:
        """Give the answers as the rules see them."""
        said = self.cleaned_data
        return Denying(**{**said, "section": Neither(said["section"])})


class WhyForm(HouseForm):
    """Why something is not held."""

    why = WordsField(
        label=_("Why is it not held, and where was it looked for?"),
        missing=_("Say why it is not held"),
        rows=4,
    )
    none_answers = TickField(
        label=_("I read which numbers the desk has, and none of them answers this"),
        hint=_("Needed where it wants something else than a total, a field or a document."),
        required=False,
    )


class DeclineForm(HouseForm):
    """Why a second officer gives something back."""

    reason = ReasonField(label=_("What is to be done otherwise?"), needed=_("Say what is wrong"))


class RemoveForm(HouseForm):
    """Why a part is removed."""

    reason = ReasonField(label=_("What is wrong with this part?"), needed=_("Say what is wrong"))


class ReplyForm(HouseForm):
    """What a reply needs beside its parts."""

    title = LineField(
        label=_("Title in the disclosure log"),
        called=_("The title"),
        hint=_("For example: Referrals sent in 2025. It does not say who asked."),
        missing=_("Enter a title"),
        longest=SHORT,
    )
    help_text = WordsField(
        label=_("What else may help who asked?"),
        hint=_("What could be asked instead, and where more is published."),
        missing=_("Write what else may help"),
        rows=4,
    )
