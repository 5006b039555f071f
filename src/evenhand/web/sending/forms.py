"""What an officer says of a form that they filled in and sent."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evenhand.rules.notice_forms import ChosenForm
from evenhand.rules.texts import SHORT
from evenhand.web.act_forms import ActForm
from evenhand.web.forms import (
    LineField,
    MomentField,
    OneField,
    SelectField,
    WordsField,
)
from evenhand.web.words import Words

AS_SHOWN, CHANGED = "as_shown", "changed"


class Carried(LineField):
    """What the page was opened with, carried along unseen."""

    widget = forms.HiddenInput

    def __init__(self, label: Words) -> None:
        super().__init__(label=label, required=False, longest=100)


class SendForm(ActForm):
    """The form of notice that the page shows is the one that is sent."""

    form = Carried(_("Form of notice"))
    report_kind = Carried(_("What the report is about"))

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
        chosen: ChosenForm,
    ) -> None:
        carried = {"form": chosen.form, "report_kind": chosen.report_kind or ""}
        super().__init__(data, initial={**(initial or {}), **carried})


class ByHandForm(ActForm):
    """When the form was sent, what was changed in it, who watched, and what the platform gave."""

    asks = "send"
    sheet = Carried(_("Sheet"))
    sent_at = MomentField(
        label=_("When did you send the form?"),
        called=_("The time"),
        missing=_("Enter when you sent the form"),
    )
    how = OneField(
        label=_("What did you send?"),
        missing=_("Select what you sent"),
        options=[
            (AS_SHOWN, _("Every field as shown above")),
            (CHANGED, _("Something else than shown")),
        ],
    )
    changed = WordsField(
        label=_("What was changed or left out (only if it was not sent as shown)"),
        called=_("What was changed"),
        hint=_("Give the new text of the field in full. It becomes part of the exact message."),
        required=False,
        rows=3,
    )
    their_reference = LineField(
        label=_("Reference that the platform gave (optional)"),
        called=_("The reference"),
        longest=SHORT,
        required=False,
        width="one-half",
    )
    witness = SelectField(
        label=_("Who watched you send it?"),
        missing=_("Choose the colleague who watched"),
        options=(),
    )
    witness_initials = LineField(
        label=_("Their initials, typed by themselves"),
        called=_("The initials"),
        missing=_("Ask them to type their initials"),
        hint=_("First and last name, such as CH"),
        longest=20,
        width=5,
        autocomplete="off",
        spellcheck=False,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
        sheet: str,
        witnesses: Iterable[tuple[str, str]],
        now: datetime,
    ) -> None:
        # The page shows the sheet as it is now; what was shown before is remembered for the act.
        self.seen = sheet if data is None else str(data.get("sheet") or "")
        if data is not None:
            data = {**data.dict(), "sheet": sheet} if hasattr(data, "dict") else data
        super().__init__(data, initial={**(initial or {}), "sheet": sheet, "sent_at": now})
        offered = self.fields["witness"]
        assert isinstance(offered, SelectField)  # noqa: S101 - tells the type
        offered.offer(witnesses)

    def clean_sheet(self) -> str:
        """Give the digest of the sheet that the officer copied from."""
        return self.seen
