"""What is asked about an export."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from evenhand.queries.exports import Exhibit
from evenhand.rules.agreements import Agreement
from evenhand.rules.exports import FOR, Wanted
from evenhand.rules.purposes import PURPOSE_WORDS, Purpose
from evenhand.web.act_forms import ReasonField
from evenhand.web.captures import present
from evenhand.web.forms import HouseForm, LineField, ManyField, OneField, Option

APART = " "


class WhichForm(HouseForm):
    """Which referral is to be exported."""

    asks = "export"
    referral = LineField(
        label=_("Reference of the referral"),
        called=_("The reference"),
        missing=_("Enter the reference of the referral"),
        width=10,
        spellcheck=False,
        autocomplete="off",
    )


class AskForm(HouseForm):
    """Which captures of a referral, to whom, for what and why."""

    asks = "export"
    captures = ManyField(
        label=_("Which captures go with it?"),
        hint=_("Leave out what the recipient does not need. None is shown here."),
        options=[],
        required=False,
    )
    to = OneField(
        label=_("To whom?"),
        hint=_("Only agreements that let content leave, and have a key, are offered."),
        missing=_("Select a person"),
        options=[],
    )
    purpose = OneField(
        label=_("For what?"),
        missing=_("Select the purpose"),
        options=[(it, _(PURPOSE_WORDS[it])) for it in FOR],
    )
    reason = ReasonField(label=_("Why must it leave?"), needed=_("Say why it must leave"), rows=3)

    def __init__(
        self,
        *args: Any,
        agreements: Sequence[Agreement],
        kept: Sequence[Exhibit],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        which = self.fields["captures"]
        assert isinstance(which, ManyField)  # noqa: S101 - tells the type
        which.offer(
            [
                Option(str(it.id), present.called(it.told, it.size), present.kept(it.at, it.by))
                for it in kept
            ]
        )
        which.initial = [str(it.id) for it in kept]
        if not kept:
            del self.fields["captures"]
        field = self.fields["to"]
        assert isinstance(field, OneField)  # noqa: S101 - tells the type
        field.offer(
            [
                Option(
                    f"{it.reference}{APART}{who.ref}", f"{who.name}, {it.terms.organisation}",
                    it.reference,
                )
                for it in agreements
                for who in it.terms.people
            ]
        )  # fmt: skip

    def wanted(self) -> Wanted:
        """Give what was chosen."""
        told = self.cleaned_data
        agreement, _apart, recipient = told["to"].partition(APART)
        return Wanted(
            agreement=agreement,
            recipient=UUID(recipient),
            purpose=Purpose(told["purpose"]),
            reason=told["reason"],
            captures=[UUID(it) for it in told.get("captures", ())],
        )


class AnswerForm(HouseForm):
    """A second officer's answer to an export."""

    asks = "leave"
    answer = OneField(
        label=_("May this referral leave?"),
        missing=_("Select yes or no"),
        options=[("approve", _("Yes, I approve it")), ("refuse", _("No, I refuse it"))],
    )
    why = ReasonField(label=_("Why?"), needed=_("Say why"), rows=3)
