"""A platform's form as an officer would fill it now, and who could watch it being sent."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from evenhand.queries import consultations
from evenhand.rules.notices import (
    NoticeKind,
    SignOff,
    Transport,
    check_may_tell_withdrawal,
)
from evenhand.rules.officers import MATRIX, Acting, Officer, Permission, check_may
from evenhand.rules.referrals import State, check_can_move
from evenhand.rules.sheets import FilledField, Sheet
from evenhand.store.notices import sheet_of, sign_off_for
from evenhand.store.officers import OfficerRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.sealing import open_record_key
from evenhand.transports import portal

WHY: Mapping[NoticeKind, Permission] = {
    NoticeKind.REFERRAL: Permission.SEND,
    NoticeKind.CHASE: Permission.CHASE,
    NoticeKind.WITHDRAWAL: Permission.WITHDRAW,
}
"""What a sheet is looked at for."""


@dataclass(frozen=True, slots=True)
class SheetShown:
    """A sheet, its digest, and the leave to send it, if there is one."""

    sheet: Sheet
    sha256: str
    sign_off: SignOff | None

    @property
    def form_address(self) -> str | None:
        """The form's web address, as it was signed off."""
        by_form = self.sign_off and self.sign_off.transport is Transport.PORTAL
        return self.sign_off.contact if self.sign_off and by_form else None

    @property
    def signed_off_until(self) -> date | None:
        """The last day on which it may be sent."""
        return self.sign_off.review_on if self.form_address and self.sign_off else None

    @property
    def fields(self) -> Sequence[FilledField]:
        """The fields of the form, filled."""
        return self.sheet.fields


def one(reference: str, kind: NoticeKind, *, acting: Acting) -> SheetShown:
    """Give the sheet of a referral, its next reminder or withdrawal, once that is in the log.

    Stores nothing. Raises SheetEmpty.
    """
    check_may(acting.officer, Permission.READ_WORDS)
    row = ReferralRow.objects.select_related("key").named(reference)
    fact = row.as_fact()
    if kind is NoticeKind.WITHDRAWAL:
        check_may_tell_withdrawal(fact)
    elif kind is NoticeKind.CHASE:
        check_can_move(fact, State.NO_RESPONSE)
    elif fact.state is not State.UNDELIVERABLE:
        check_can_move(fact, State.SENT)
    consultations.at_referral(row, WHY[kind], acting=acting)
    sheet = sheet_of(row, open_record_key(row.key), kind, at=acting.at)
    digest = hashlib.sha256(portal.compose(sheet)).hexdigest()
    return SheetShown(sheet, digest, sign_off_for(row.platform, Transport.PORTAL))


def possible_witnesses(*, officer: Officer) -> Sequence[tuple[str, str]]:
    """Give user name and name of every other officer who may send, by name."""
    check_may(officer, Permission.SEND)
    rows = OfficerRow.objects.filter(
        retired_at__isnull=True, roles__overlap=sorted(MATRIX[Permission.SEND])
    ).exclude(id=officer.ref)
    return list(rows.order_by("name").values_list("account__username", "name"))
