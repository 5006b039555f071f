"""What people call what is due, held and disposed of."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from evenhand.rules.disposal import Reason
from evenhand.rules.holds import HoldKind
from evenhand.rules.retention import Because, RecordKind, What
from evenhand.rules.reviews import Outcome, Standing
from evenhand.web.words import Words

HOLDS: Mapping[HoldKind, Words] = {
    HoldKind.EVIDENCE: _("Needed as evidence"),
    HoldKind.RIGHTS: _("A person asks for, or disputes, what is held of them"),
    HoldKind.FOI: _("A request for information"),
}
KINDS: Mapping[RecordKind, Words] = {
    RecordKind.REFERRAL: _("Referral"),
    RecordKind.PERSON: _("Person"),
}
PARTS: Mapping[What, Words] = {
    What.CONTENT: _("The content: address, description, notes"),
    What.RECORD: _("The whole record and its key"),
}
BECAUSE: Mapping[Because, Words] = {
    Because.NOT_YET: _("Nothing is due"),
    Because.HELD: _("Kept: it is held"),
    Because.REVIEW_PASSED: _("Review it"),
    Because.LAST_DAY: _("Its last day has come: dispose of it"),
    Because.NOT_RELEASED: _("Past its last day by more than 14 days: the worker destroys it"),
}
OUTCOMES: Mapping[Outcome, Words] = {
    Outcome.DISPOSE: _("Dispose of it"),
    Outcome.RETAIN: _("Keep it on"),
    Outcome.RESTRICT: _("Close it"),
}
STANDINGS: Mapping[Standing, Words] = {
    Standing.WAITING: _("Waits for a second officer"),
    Standing.CONFIRMED: _("Confirmed"),
    Standing.DECLINED: _("Declined"),
    Standing.REPLACED: _("Replaced by a later review"),
    Standing.IN_FORCE: _("In force"),
}
REASONS: Mapping[Reason, Words] = {
    Reason.REVIEWED: _("Reviewed, and not needed any more"),
    Reason.LAST_DAY: _("Its last day had come"),
    Reason.NOT_RELEASED: _("Nobody released it within 14 days of its last day"),
}
