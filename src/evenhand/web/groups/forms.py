"""What is asked when referrals are assessed together: which, and what is each one's own."""

from collections.abc import Sequence

from django.http import QueryDict
from django.utils.translation import gettext as _

from evenhand.queries.groups import Member
from evenhand.queries.platforms import called
from evenhand.web.act_forms import SeenVersion
from evenhand.web.assessments.forms import ChildForm, EvidenceForm
from evenhand.web.forms import HouseForm, ManyField, Option
from evenhand.web.labels import STATES
from evenhand.web.sheets import as_address


class ChooseForm(HouseForm):
    """Which referrals are to be assessed together. How many, and which, the rules say."""

    asks = "group"

    def __init__(
        self,
        data: QueryDict | None,
        members: Sequence[Member],
        *,
        chosen: Sequence[str] = (),
    ) -> None:
        super().__init__(data)
        names = called({it.fact.platform for it in members})
        field = self.fields["references"] = ManyField(
            label=_("Which referrals share the harm, the law or policy, and the reason?"),
            hint=_("Select those on one platform, 2 to 20 of them."),
            options=[
                Option(
                    it.fact.reference, _name(it, names[it.fact.platform]), as_address(it.address)
                )
                for it in members
            ],
            initial=chosen,
            required=False,
            small=True,
        )
        field.error_messages["invalid_choice"] = _(
            "%(value)s cannot join a group any more: somebody took it over or began to assess it."
            " It is left out; send the others again"
        )


class OwnForm(EvidenceForm, ChildForm):
    """The page of one referral of a group: its own evidence, and the child question."""

    version = SeenVersion()

    field_order = (
        "evidence_inside",
        "evidence_outside",
        "supports_opposite",
        "child",
        "child_interests",
    )


def _name(member: Member, platform: str) -> str:
    return _("%(reference)s: %(platform)s, %(state)s") % {
        "reference": member.fact.reference,
        "platform": platform,
        "state": STATES[member.fact.state].text,
    }
