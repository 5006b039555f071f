"""What is asked before a person is looked for, and before two records are joined."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from evenhand.web.act_forms import ReasonField
from evenhand.web.combinations.key_form import KeyForm
from evenhand.web.forms import HouseForm, LineField, OneField

SAME, APART = "same", "apart"
JOIN, REFUSE = "join", "refuse"


class FindForm(KeyForm):
    """One exact key, the referral it is for, and why."""

    asks = "find"
    referral = LineField(
        label=_("Reference of the referral that you work on"),
        called=_("The reference of the referral"),
        hint=_("For example, 2026-000123"),
        missing=_("Enter the reference of the referral"),
        longest=20,
        width=10,
        spellcheck=False,
        autocomplete="off",
    )
    reason = LineField(
        label=_("Why do you need to find this person?"),
        called=_("The reason"),
        hint=_("It is entered in the log with your name, before anything is shown."),
        missing=_("Say why you need to find this person"),
        autocomplete="off",
    )
    field_order = ("referral", "reason")


class MatchForm(HouseForm):
    """Whether one record of the same name and birth date is the same person, and why."""

    asks = "match"
    other = OneField(label=_("Which record?"), missing=_("Select the record"), options=())
    answer = OneField(
        label=_("Is it the same person?"),
        missing=_("Select whether it is the same person"),
        options=[
            (SAME, _("Yes: propose to join the two records")),
            (APART, _("No: they are two people")),
        ],
    )
    reason = ReasonField(label=_("How do you know?"), needed=_("Say how you know"))

    def __init__(self, data: Mapping[str, Any] | None, *, references: Sequence[str]) -> None:
        super().__init__(data)
        offered = self.fields["other"]
        assert isinstance(offered, OneField)  # noqa: S101 - tells the type
        offered.offer([(it, it) for it in references])


class PairForm(HouseForm):
    """The second officer's answer, and why."""

    asks = "pair"
    answer = OneField(
        label=_("Are these two records one person’s?"),
        missing=_("Select whether they are one person’s"),
        options=[
            (JOIN, _("Yes: join them. It can be undone for 28 days")),
            (REFUSE, _("No: keep them apart")),
        ],
    )
    reason = ReasonField(label=_("Why?"), needed=_("Say why"))


class UndoForm(HouseForm):
    """Why two records are taken apart again."""

    asks = "undo"
    reason = ReasonField(
        label=_("Why are they two people after all?"), needed=_("Say why they are two people")
    )
