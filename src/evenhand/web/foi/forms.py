"""What is entered about a request for information."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from evenhand.rules.foi import Channel, FoiStep
from evenhand.rules.foi_costs import COUNTED, Activity
from evenhand.rules.foi_taking import Taken
from evenhand.rules.public_foi import FoiAsked
from evenhand.web.act_forms import ReasonField
from evenhand.web.foi.words import ACTIVITIES, CHANNELS, STEPS
from evenhand.web.forms import (
    DayField,
    HouseForm,
    LineField,
    NumberField,
    OneField,
    WordsField,
    asked_of_another,
)
from evenhand.web.public.foi_forms import FoiForm
from evenhand.web.reached import ReachedForm
from evenhand.web.written_in import written_in

MOST_MINUTES = 600_000
KEEP, REMOVE = "keep", "remove"


class ReachForm(ReachedForm):
    """Where the reply goes."""

    email = asked_of_another(
        FoiForm,
        "email",
        LineField,
        label=_("E-mail address (optional)"),
        hint=_("One of the two is needed: the law has a request say where the reply goes."),
    )
    postal = asked_of_another(FoiForm, "postal", WordsField, label=_("Postal address (optional)"))


class CorrectReachForm(ReachForm):
    """Another address, and what becomes of one that is left empty: what is kept is not shown."""

    left_empty = OneField(
        label=_("What of an address that you leave empty?"),
        missing=_("Select what becomes of an address that you leave empty"),
        hint=_("Where one of two is wrong and nothing is known in its place, it is removed."),
        options=[
            (KEEP, _("It is kept as it is")),
            (REMOVE, _("It is removed: nothing is sent there any more")),
        ],
    )

    def reach(self) -> dict[str, Any]:
        """Give the addresses as the act takes them."""
        said = dict(self.cleaned_data)
        return {"keeps": said.pop("left_empty") == KEEP, **said}


class LogForm(ReachForm, FoiForm):
    """A request that came by mail or on paper."""

    channel = OneField(
        label=_("How did it come?"),
        missing=_("Select how it came"),
        options=[(it, CHANNELS[it]) for it in (Channel.MAIL, Channel.PAPER)],
        inline=True,
    )
    received_on = DayField(
        label=_("On which day was it received?"),
        called=_("The day"),
        missing=_("Enter the day on which it was received"),
        hint=_("The day on which it reached the desk, also if nobody worked on it."),
    )
    name = asked_of_another(
        FoiForm,
        "name",
        LineField,
        label=_("Name of who asks"),
        called=_("Their name"),
        missing=_("Enter the name of who asks"),
        hint=_("The law asks for a real name. It is never published."),
    )
    asked = asked_of_another(
        FoiForm,
        "asked",
        WordsField,
        label=_("What is asked, word for word"),
        called=_("What is asked"),
        missing=_("Enter what is asked"),
        hint="",
        rows=8,
    )
    language = written_in()
    field_order = ("channel", "received_on", "language", "name", "email", "postal", "asked")

    def asked_as_given(self) -> FoiAsked:
        """Give the answers as the rules see them. The language of the page is the officer's own."""
        return replace(super().asked_as_given(), language=self.cleaned_data["language"])


class CorrectForm(HouseForm):
    """Which published reply is wrong, and what in it."""

    number = LineField(
        label=_("Number of the request whose published reply is wrong"),
        called=_("The number"),
        hint=_("As the disclosure log has it, such as FOI-2026-0001."),
        missing=_("Enter the number of the request"),
        longest=20,
        width=10,
        spellcheck=False,
        autocomplete="off",
    )
    text = WordsField(
        label=STEPS[FoiStep.ERROR_FOUND].text,
        hint=_("For the desk alone. What is published is what you answer next."),
        missing=_("Write what was wrong"),
        rows=6,
    )


class StepForm(HouseForm):
    """One step of a request, with what that kind of step needs."""

    on = DayField(
        label=_("On which day did it happen?"),
        called=_("The day"),
        missing=_("Enter the day on which it happened"),
    )
    text = WordsField(label=_("Words"), missing=_("Write what is to be said"), rows=6)
    narrower = WordsField(
        label=_("A question that we could answer"),
        hint=_("The letter offers it, and says where the published answers are."),
        missing=_("Write a question that could be answered"),
        rows=3,
    )
    until = DayField(
        label=_("By which day will we have decided?"),
        called=_("The day"),
        missing=_("Enter the day by which you expect to decide"),
    )
    pounds = LineField(
        label=_("How much is to be paid?"),
        called=_("The amount"),
        missing=_("Enter the amount"),
        width=5,
        prefix="£",
        inputmode="decimal",
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        step: FoiStep,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.step = step
        self.fields["text"].label = STEPS[step].text
        needed = {
            "narrower": FoiStep.CLARIFICATION_ASKED,
            "until": FoiStep.EXTENDED,
            "pounds": FoiStep.FEE_ASKED,
        }
        for name, its in needed.items():
            if step is not its:
                del self.fields[name]

    def taken(self) -> Taken:
        """Give the step as the rules see it."""
        said: dict[str, Any] = self.cleaned_data
        return Taken(
            step=self.step,
            on=said["on"],
            text=said["text"],
            narrower=said.get("narrower", ""),
            until=said.get("until"),
            pence=as_pence(said["pounds"]) if "pounds" in said else None,
        )


class CostForm(HouseForm):
    """How long the four activities that count would take, and what it is costed with."""

    like = LineField(
        label=_("First of the same or similar requests (optional)"),
        called=_("The number"),
        hint=_(
            "Its number, such as FOI-2026-0001. What came within its 60 working days is costed"
            " together."
        ),
        required=False,
        longest=20,
        width=10,
        spellcheck=False,
        autocomplete="off",
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        for activity in COUNTED:
            self.fields[activity] = NumberField(
                label=ACTIVITIES[activity],
                missing=_("Enter the minutes, or 0"),
                most=MOST_MINUTES,
                suffix=_("minutes"),
            )
        self.order_fields([*COUNTED, "like"])

    def minutes(self) -> dict[Activity, int]:
        """Give the minutes of each activity."""
        return {it: self.cleaned_data[it] for it in COUNTED}


class HoldForm(HouseForm):
    """A record that the request is about."""

    reference = LineField(
        label=_("Reference of the referral or of the person’s record"),
        called=_("The reference"),
        missing=_("Enter a reference"),
        longest=40,
        width=20,
        spellcheck=False,
        autocomplete="off",
    )
    reason = ReasonField(
        label=_("Why is it held?"), needed=_("Say how the request is about this record")
    )


def as_pence(pounds: str) -> int | None:
    """Read an amount such as 12.50; None where it is none, which the rule then refuses."""
    whole, _dot, rest = pounds.strip().lstrip("£").partition(".")
    if not (whole.isdecimal() and (rest == "" or (rest.isdecimal() and len(rest) <= 2))):
        return None
    return int(whole) * 100 + int(rest.ljust(2, "0"))
