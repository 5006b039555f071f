"""What officers enter at the first look, and when a life is at risk."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from evenhand.queries.platforms import signposts
from evenhand.rules.referrals import TriageOutcome
from evenhand.rules.refusals import Refused
from evenhand.rules.texts import LONG, SHORT, check_reason
from evenhand.rules.triage import ENDING, Detail, EmergencyRecord, EmergencyStep
from evenhand.web import labels
from evenhand.web.act_forms import ActForm
from evenhand.web.faults import RefusalError
from evenhand.web.forms import (
    LineField,
    ManyField,
    MomentField,
    OneField,
    Option,
    SelectField,
    WordsField,
)
from evenhand.web.words import Words

ANOTHER = "another"
HINTS: Mapping[TriageOutcome, Words] = {
    TriageOutcome.PROCEED: later("It may be for this desk."),
    TriageOutcome.NOT_FOR_US: later("It ends here. Say who deals with it instead."),
    TriageOutcome.DUPLICATE: later("It ends here. Say which referral it repeats."),
    TriageOutcome.EMERGENCY: later("The next page says what to do now. The referral goes on."),
}
ASKED: Mapping[TriageOutcome, Sequence[str]] = {
    TriageOutcome.PROCEED: ("reason_proceed",),
    TriageOutcome.NOT_FOR_US: ("signpost", "reason_not_for_us"),
    TriageOutcome.DUPLICATE: ("same", "duplicate_of", "reason_duplicate"),
    TriageOutcome.EMERGENCY: (),
}
"""What is asked of each outcome alone. What was written for one never goes with another."""


class TriageForm(ActForm):
    """What the first look led to. ``same``: other referrals of the same content, to be offered."""

    asks = "triage"
    outcome = OneField(
        label=later("What does your first look say?"),
        missing=later("Select what your first look says"),
        options=[
            Option(it, labels.TRIAGE_OUTCOMES[it], HINTS[it], ASKED[it]) for it in TriageOutcome
        ],
    )
    reason_proceed = WordsField(
        label=later("Why is it to be assessed? (optional)"),
        called=later("The reason"),
        required=False,
        longest=LONG,
        rows=2,
    )
    signpost = SelectField(label=later("Who deals with it instead?"), options=(), required=False)
    reason_not_for_us = WordsField(
        label=later("Why is it not for this desk?"),
        called=later("The reason"),
        hint=later("In your own words."),
        required=False,
        longest=LONG,
        rows=3,
        count=True,
    )
    same = OneField(
        label=later("Which referral does it repeat?"),
        options=(),
        required=False,
        small=True,
    )
    duplicate_of = LineField(
        label=later("Reference of the referral that it repeats"),
        called=later("The reference"),
        hint=later("For example, 2026-000123"),
        required=False,
        longest=SHORT,
        width=20,
        spellcheck=False,
    )
    reason_duplicate = WordsField(
        label=later("How do you know that it is the same?"),
        called=later("The reason"),
        hint=later("In your own words."),
        required=False,
        longest=LONG,
        rows=3,
        count=True,
    )

    def __init__(self, *given: Any, same: Sequence[str] = (), **named: Any) -> None:
        super().__init__(*given, **named)
        self._one("signpost").offer((it.code, _(it.title)) for it in signposts().values())
        if same:
            another = (ANOTHER, _("Another referral, whose reference is below"))
            self._one("same").offer([*((it, it) for it in same), another])
        else:
            del self.fields["same"]

    def clean(self) -> dict[str, Any]:
        """Need to know who deals with it instead, or which referral it repeats, and why."""
        said = self.cleaned_data
        for other, names in ASKED.items():
            for name in names if other != said.get("outcome") else ():
                self.errors.pop(name, None)
        if said.get("outcome") == TriageOutcome.NOT_FOR_US and not said.get("signpost"):
            self._ask("signpost", _("Select who deals with it instead"))
        if said.get("outcome") == TriageOutcome.DUPLICATE and not self._repeated():
            missing = "same" if "same" in self.fields and not said.get("same") else "duplicate_of"
            self._ask(missing, _("Say which referral it repeats"))
        return said | {"detail": self._detail(), "reason": self._reason()}

    def _reason(self) -> str:
        """Give the reason for the outcome that was chosen; what ends here needs one."""
        outcome = self.cleaned_data.get("outcome")
        name = f"reason_{outcome}"
        reason = str(self.cleaned_data.get(name, ""))
        if outcome in ENDING and name not in self.errors:
            try:
                check_reason(reason)
            except Refused as refused:
                self.add_error(name, RefusalError(refused))
        return reason

    def _detail(self) -> Detail:
        """Give what goes with the outcome; what was filled in for another outcome is left out."""
        match self.cleaned_data.get("outcome"):
            case TriageOutcome.NOT_FOR_US:
                return Detail(signpost=self.cleaned_data.get("signpost", ""))
            case TriageOutcome.DUPLICATE:
                return Detail(duplicate_of=self._repeated())
            case _:
                return Detail()

    def _repeated(self) -> str:
        chosen = str(self.cleaned_data.get("same") or ANOTHER)
        return str(self.cleaned_data.get("duplicate_of", "")) if chosen == ANOTHER else chosen

    def _ask(self, name: str, sentence: str) -> None:
        if name not in self.errors:
            self.add_error(name, sentence)

    def _one(self, name: str) -> OneField:
        field = self.fields[name]
        assert isinstance(field, OneField)  # noqa: S101 - tells the type
        return field


class EmergencyForm(ActForm):
    """What was done because a life was at risk."""

    asks = "emergency"
    done = ManyField(
        label=later("What was done?"),
        missing=later("Select everything that was done"),
        options=[(it.value, labels.EMERGENCY_STEPS[it]) for it in EmergencyStep],
    )
    done_at = MomentField(
        label=later("When was somebody told?"),
        called=later("The time"),
        hint=later("The time now is filled in. Change it if it was earlier."),
        initial=timezone.now,
        missing=later("Enter when somebody was told"),
    )
    told = LineField(
        label=later("Who was told?"),
        called=later("Who was told"),
        hint=later("Their role and number, or the platform’s team. Not the person at risk."),
        missing=later("Enter who was told"),
        longest=SHORT,
    )
    their_reference = LineField(
        label=later("Their reference (optional)"),
        called=later("Their reference"),
        hint=later("For example, the incident number of the control room."),
        required=False,
        longest=SHORT,
        width=20,
        spellcheck=False,
    )
    words = WordsField(
        label=later("What happened? (optional)"),
        called=later("What happened"),
        hint=later("What was agreed, and what is still to be done. No more than is needed."),
        required=False,
        longest=LONG,
        rows=4,
    )


def emergency_record(given: Mapping[str, Any]) -> EmergencyRecord:
    """Give the answers as the rules see them."""
    return EmergencyRecord(
        done=frozenset(EmergencyStep(it) for it in given["done"]),
        done_at=given["done_at"],
        told=given["told"],
        their_reference=given["their_reference"],
        words=given["words"],
    )
