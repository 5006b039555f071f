"""What is asked of a report: to which referral it belongs, or who can help instead."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from evenhand.queries.platforms import signposts
from evenhand.rules.texts import SHORT
from evenhand.web.act_forms import ReasonField
from evenhand.web.forms import HouseForm, LineField, SelectField


class JoinForm(HouseForm):
    """The referral that a report is joined to."""

    reference = LineField(
        label=later("Reference of the referral"),
        called=later("The reference"),
        hint=later("For example, 2026-000123"),
        missing=later("Enter the reference of the referral"),
        longest=SHORT,
        width=20,
        spellcheck=False,
        autocomplete="off",
    )


class SetAsideForm(HouseForm):
    """Why a report is set aside, and who can help the reporter instead."""

    signpost = SelectField(
        label=later("Who can help the reporter instead? (optional)"),
        hint=later("Whoever has the receipt number reads what the signpost says."),
        options=(),
        required=False,
    )
    reason = ReasonField(
        label=later("Why do you set it aside?"),
        needed=later("Enter why you set it aside"),
        hint=later("For colleagues. The reporter does not read it. Do not name anyone."),
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        field = self.fields["signpost"]
        assert isinstance(field, SelectField)  # noqa: S101 - tells the type
        nobody = ("", _("Nobody that we know of"))
        field.offer([nobody, *((it.code, _(it.title)) for it in signposts().values())])
