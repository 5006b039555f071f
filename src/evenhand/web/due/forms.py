"""What is asked about what is due: which step, which referrals, until when."""

import re
from collections.abc import Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from evenhand.actions.chases import Chosen
from evenhand.rules.clocks import NextStep
from evenhand.web import labels
from evenhand.web.act_forms import ActForm, ReasonField
from evenhand.web.forms import DayField, HouseForm, ManyField, Option, SelectField

PUT_OFF = "put_off"
CHOSEN = re.compile(r"(\d{4}-\d{6,12})/(\d{1,9})")
MOST_READ = 200


class DueForm(HouseForm):
    """Which steps to list."""

    step = SelectField(
        label=_("What is overdue"),
        required=False,
        options=[
            ("", _("Everything")),
            *((it.value, labels.OVERDUE[it]) for it in NextStep),
            (PUT_OFF, _("Put off to a later day")),
        ],
    )


class RemindForm(HouseForm):
    """Which referrals to remind of: each at the version that the page showed."""

    asks = "remind"
    chosen = ManyField(
        label=_("Which platforms do you want to remind?"),
        missing=_("Select at least one referral"),
        options=(),
    )

    def __init__(
        self, sent: QueryDict | None, offered: Sequence[Option], *, all_ticked: bool = False
    ) -> None:
        super().__init__(sent, initial={"chosen": [it.value for it in offered if all_ticked]})
        field = self.fields["chosen"]
        assert isinstance(field, ManyField)  # noqa: S101 - tells the type
        field.offer(offered)
        # What was shown a while ago may be on the list no longer; the act says why it is refused.
        known = [(it.value, it.text) for it in offered]
        field.choices = [*known, *((it, it) for it in self._well_formed(sent))]

    def _well_formed(self, sent: Any) -> list[str]:
        given = sent.getlist("chosen")[:MOST_READ] if sent is not None else []
        return [it for it in given if CHOSEN.fullmatch(it)]

    def asked(self) -> list[Chosen]:
        """Give what was ticked as the act takes it."""
        read = (CHOSEN.fullmatch(it) for it in self.cleaned_data["chosen"])
        return [Chosen(it[1], int(it[2])) for it in read if it]


class PutOffForm(ActForm):
    """Until when the next step may wait, and why."""

    asks = "snooze"
    until = DayField(
        label=_("Until which day?"),
        called=_("The day"),
        hint=_("For example, 27 3 2026"),
        missing=_("Enter the day until which it may wait"),
    )
    reason = ReasonField(label=_("Why do you put it off?"), needed=_("Enter why you put it off"))
