"""What is asked of a question, why a figure is corrected, and why a correction is declined."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from evenhand.rules.questions import By, Meaning, Question
from evenhand.web.forms import DayField, HouseForm, ManyField, WordsField
from evenhand.web.questions.present import BY


class AskForm(HouseForm):
    """Of which days, as at which day, and divided by what."""

    start = DayField(
        label=_("From the start of (optional)"),
        called=_("The first day"),
        hint=_("For example, 27 3 2026. Leave it empty to count from the beginning."),
        required=False,
    )
    end = DayField(
        label=_("To before the start of (optional)"),
        called=_("The day after the last"),
        hint=_("The first day that is not counted any more. Leave it empty to count until today."),
        required=False,
    )
    as_at = DayField(
        label=_("As this desk knew it at the end of (optional)"),
        called=_("The day"),
        hint=_("Leave it empty for today. As at a day that is over, the answer never changes."),
        required=False,
    )
    by = ManyField(label=_("Divided by (optional)"), options=[], required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, meaning: Meaning) -> None:
        super().__init__(data)
        self.meaning = meaning
        self.fields["by"].offer([(it, BY[it]) for it in meaning.by])  # type: ignore[attr-defined]
        if not meaning.basis.is_of_days:
            del self.fields["start"], self.fields["end"]

    def question(self, *, today: date) -> Question:
        """Give the question that was asked."""
        given = self.cleaned_data
        return Question(
            code=self.meaning.code,
            as_at=given["as_at"] or today,
            start=given.get("start"),
            end=given.get("end"),
            by=tuple(By(it) for it in given["by"]),
        )


class CorrectForm(HouseForm):
    """What was wrong with a published figure."""

    why = WordsField(
        label=_("What was wrong, and why?"),
        hint=_("It is published as you write it, beside both figures. Name nobody."),
        missing=_("Say what was wrong"),
        rows=5,
    )


class DeclineForm(HouseForm):
    """Why a correction of a published figure is declined."""

    why = WordsField(
        label=_("Why do you decline this correction?"),
        hint=_("It stays with the desk and is never published. Name nobody."),
        missing=_("Say why you decline it"),
        rows=5,
    )
