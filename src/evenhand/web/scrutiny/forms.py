"""What is entered in the register of scrutiny from outside."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from evenhand.queries.scrutiny import Recommendation
from evenhand.rules.scrutiny import FOLLOWED, ScrutinyKind, Told
from evenhand.web.forms import DayField, HouseForm, LineField, OneField, WordsField
from evenhand.web.public.scrutiny import KINDS
from evenhand.web.scrutiny.present import TOLD

KIND_OPTIONS = [(it, KINDS[it]) for it in ScrutinyKind]


class RecordForm(HouseForm):
    """Who looked at the desk, at what, and when."""

    kind = OneField(
        label=_("In what way was the desk looked at?"),
        missing=_("Select in what way the desk was looked at"),
        options=KIND_OPTIONS,
    )
    body = LineField(
        label=_("Which body looked at it?"),
        hint=_("An organisation or a court, never a person. It is published."),
        missing=_("Enter the body that looked at the desk"),
    )
    held_on = DayField(
        label=_("On which day?"),
        called=_("The day"),
        missing=_("Enter the day"),
        hint=_("The day on which it began, or of the letter or decision."),
    )
    scope = WordsField(
        label=_("What did it look at?"),
        hint=_("Name nobody: neither who complained nor who is on record. It is published."),
        missing=_("Enter what it looked at"),
        rows=4,
    )


class NoneForm(HouseForm):
    """That there was none of a kind, and on which day that was true."""

    kind = OneField(
        label=_("Of which kind was there none?"),
        missing=_("Select a kind"),
        options=KIND_OPTIONS,
    )
    true_on = DayField(
        label=_("On which day was that true?"),
        called=_("The day"),
        missing=_("Enter the day"),
        hint=_("The last day on which you know it."),
    )


class TellForm(HouseForm):
    """What came of it: an outcome, a recommendation, what was done about one, a correction."""

    what = OneField(
        label=_("What do you add?"),
        missing=_("Select what you add"),
        options=[(it, TOLD[it]) for it in Told],
    )
    about = OneField(
        label=_("About which recommendation?"),
        hint=_("Only if you say what was done about one, or why it is not followed."),
        options=[],
        required=False,
    )
    day = DayField(label=_("On which day?"), called=_("The day"), missing=_("Enter the day"))
    text = WordsField(
        label=_("Text"),
        hint=_("Name nobody. It is published, and nobody can change or remove it."),
        missing=_("Write the text"),
        rows=6,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        recommendations: Sequence[Recommendation],
    ) -> None:
        super().__init__(data)
        if recommendations:
            self.fields["about"].offer([(str(it.ref), it.text) for it in recommendations])  # type: ignore[attr-defined]
            return
        del self.fields["about"]
        self.fields["what"].offer(  # type: ignore[attr-defined]
            [(it, TOLD[it]) for it in Told if it not in FOLLOWED]
        )

    def recommendation(self) -> UUID | None:
        """Give the recommendation that it is about, if it is about one."""
        chosen = self.cleaned_data.get("about")
        return UUID(chosen) if chosen else None
