"""What is asked when a yearly report is prepared."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from evenhand.rules.counting import month_of
from evenhand.rules.yearly import MONTHS, ReportKind
from evenhand.web.counting.forms import named
from evenhand.web.forms import HouseForm, SelectField, WordsField

IMPERSONAL = _("Name nobody, and give no address and no account: this is published.")


class PrepareForm(HouseForm):
    """The last of twelve months, and what the officer says beside the numbers."""

    last = SelectField(
        label=_("The last of its twelve months"), missing=_("Select a month"), options=()
    )
    explanation = WordsField(
        label=_("What you say beside the numbers (optional)"),
        hint=IMPERSONAL,
        rows=8,
        required=False,
    )
    because = WordsField(
        label=_("What was wrong with the edition before? (only if one is published)"),
        hint=_("Readers see it with the new edition."),
        rows=4,
        required=False,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, today: date) -> None:
        super().__init__(data)
        months = [month_of(today).before]
        while len(months) < MONTHS:
            months.append(months[-1].before)
        last = self.fields["last"]
        assert isinstance(last, SelectField)  # noqa: S101 - tells the type
        last.offer((str(it), named(it)) for it in months)


class FlaggerForm(PrepareForm):
    """The same of a trusted flagger, who explains their independence."""

    explanation = WordsField(
        label=_("How is it ensured that the desk is independent of every platform?"),
        missing=_("Say how the desk’s independence is kept"),
        hint=IMPERSONAL,
        rows=8,
    )


FORMS: Mapping[ReportKind, type[PrepareForm]] = {
    ReportKind.TRANSPARENCY: PrepareForm,
    ReportKind.TRUSTED_FLAGGER: FlaggerForm,
}
