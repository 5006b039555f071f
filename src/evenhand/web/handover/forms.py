"""What is asked when work changes hands: to whom, and why; and when somebody is away."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evenhand.queries import officers
from evenhand.queries.handover import WorkLine
from evenhand.queries.officers import Colleague
from evenhand.web.act_forms import ActForm, ReasonField
from evenhand.web.fields import OneField
from evenhand.web.forms import DayField, HouseForm, ManyField, Option, SelectField
from evenhand.web.handover.present import described, with_absence

NOBODY = Option("", _("Nobody"))
CHOOSE = Option("", _("Choose a colleague"))


def _colleague_field() -> SelectField:
    return SelectField(
        label=_("Whose work shall it be?"),
        missing=_("Choose a colleague"),
        hint=_("Choose yourself to take it over."),
        options=[CHOOSE],
    )


def _reason_field() -> ReasonField:
    return ReasonField(
        label=_("Why?"),
        needed=_("Enter why"),
        hint=_("For example, that somebody is away. Nothing about their health."),
        rows=3,
    )


def _offer(form: HouseForm, name: str, first: Option, offered: Sequence[Colleague]) -> None:
    field = form.fields[name]
    assert isinstance(field, OneField)  # noqa: S101 - tells the type
    field.offer([first, *(Option(it.username, with_absence(it)) for it in offered)])


class HandOverForm(ActForm):
    """To whom one referral goes, and why."""

    asks = "handover"
    officer = _colleague_field()
    reason = _reason_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "officer", CHOOSE, officers.team(today=timezone.localdate()))


class SeveralForm(HouseForm):
    """Which referrals go, to whom, and why."""

    asks = "handover"
    references = ManyField(
        label=_("Which referrals?"),
        hint=_("All on this page are ticked. Untick what stays where it is."),
        missing=_("Choose at least one referral"),
        options=[],
    )
    officer = _colleague_field()
    reason = _reason_field()

    def __init__(
        self, data: Any, *, lines: Sequence[WorkLine], colleagues: Sequence[Colleague]
    ) -> None:
        super().__init__(data, initial={"references": [it.reference for it in lines]})
        field = self.fields["references"]
        assert isinstance(field, ManyField)  # noqa: S101 - tells the type
        field.offer([Option(it, it, told) for it, told in described(lines)])
        field.error_messages["invalid_choice"] = _(
            "%(value)s is not their work any more: it changed hands or came to an end."
            " It is left out; send the others again"
        )
        _offer(self, "officer", CHOOSE, colleagues)


class AbsenceForm(HouseForm):
    """From when until when somebody is away, and who stands in."""

    asks = "absence"
    first_day = DayField(
        label=_("First day away"),
        called=_("The first day"),
        hint=_("For example, 27 3 2027"),
        missing=_("Enter the first day away"),
    )
    last_day = DayField(
        label=_("Last day away"),
        called=_("The last day"),
        hint=_("The day before they are back"),
        missing=_("Enter the last day away"),
    )
    stand_in = SelectField(
        label=_("Who stands in?"),
        hint=_("The work that waits is listed to them as well."),
        required=False,
        options=[NOBODY],
    )

    def __init__(self, *args: Any, colleagues: Sequence[Colleague], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "stand_in", NOBODY, colleagues)
