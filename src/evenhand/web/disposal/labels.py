"""What people call what is due, held and disposed of."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from evenhand.rules.balance import InBalance
from evenhand.rules.disposal import Reason
from evenhand.rules.disposal_duty import Duty
from evenhand.rules.holds import HoldKind
from evenhand.rules.retention import Because, RecordKind, What
from evenhand.rules.reviews import ReviewOutcome, ReviewStanding
from evenhand.web import counted_labels
from evenhand.web import labels as shared_labels
from evenhand.web.words import Words

HOLDS: Mapping[HoldKind, Words] = shared_labels.HOLDS
KINDS: Mapping[RecordKind, Words] = counted_labels.KINDS
COUNTED: Mapping[InBalance, Words] = {
    InBalance.REFERRAL: _("Referrals"),
    InBalance.PERSON: _("Records of people"),
    InBalance.OLD_RECORD: _("Lines of old systems in quarantine"),
}
PARTS: Mapping[What, Words] = {
    What.CONTENT: _("The content: address, description, notes"),
    What.RECORD: _("The whole record and its key"),
}
BECAUSE: Mapping[Because, Words] = {
    Because.NOT_YET: _("Nothing is due"),
    Because.HELD: _("Kept: it is held, or somebody challenges it"),
    Because.REVIEW_PASSED: _("Review it"),
    Because.LAST_DAY: _("Its last day has come: dispose of it"),
    Because.DUTY: _("It is to be erased: dispose of it, close it, or hold it as evidence"),
    Because.NOT_RELEASED: _("Past its last day by more than 14 days: the worker destroys it"),
}
DUTIES: Mapping[Duty, Words] = {
    Duty.BASIS_EXPIRED: _("Its last day has come, so nothing allows to keep it"),
    Duty.POLICY_LAPSED: _("The desk had no policy document, or one long past its review"),
    Duty.REVIEW_FAILED: _("A review found that nothing needs it"),
    Duty.NOT_SUSPECTED: _("They are not suspected any more"),
    Duty.GRANTED: _("They asked for it to be erased, and it was granted"),
}
OUTCOMES: Mapping[ReviewOutcome, Words] = {
    ReviewOutcome.DISPOSE: _("Dispose of it"),
    ReviewOutcome.RETAIN: _("Keep it on"),
    ReviewOutcome.RESTRICT: _("Close it"),
}
STANDINGS: Mapping[ReviewStanding, Words] = {
    ReviewStanding.WAITING: _("Waits for a second officer"),
    ReviewStanding.CONFIRMED: _("Confirmed"),
    ReviewStanding.DECLINED: _("Declined"),
    ReviewStanding.REPLACED: _("Replaced by a later review"),
    ReviewStanding.IN_FORCE: _("In force"),
}
REASONS: Mapping[Reason, Words] = counted_labels.REASONS
