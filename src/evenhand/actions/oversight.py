"""Attempts that were refused are entries of the log, each in a transaction of its own."""

import logging
import re
from uuid import UUID

from django.db import DatabaseError, InterfaceError, connection, transaction

from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Code, Entry
from evenhand.rules.consultations import NO_RECORD, ONE_CONSULTATION
from evenhand.rules.officers import Acting, Permission
from evenhand.rules.oversight import tried
from evenhand.rules.people import REFERENCE
from evenhand.rules.referrals import NotFound
from evenhand.rules.refusals import Refused
from evenhand.rules.rights import REFERENCE as ASKED
from evenhand.store.challenges import ChallengeRow
from evenhand.store.consulting import enter_consultation
from evenhand.store.exports import ExportRow
from evenhand.store.people import PersonRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.rights import RightsRequestRow

LONGEST_WAIT = "SET LOCAL statement_timeout = '2s'"
A_PART = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""How a part of a referral is named: a challenge or an export, by its id."""
logger = logging.getLogger(__name__)


def enter_attempt(refused: Refused, *, reference: str = "", acting: Acting) -> None:
    """Enter that somebody tried what a rule refused, if it was an attempt. Never raises.

    Call it when the transaction of the act is over. The same attempt within ten minutes is
    counted. If it cannot be written the refusal stands all the same, and the server's own log
    says so, without words.
    """
    for one in refused.every:
        kept_from = tried(one)
        if kept_from is not None:
            _enter(one.code, kept_from, reference, acting)
            return


def _enter(rule: str, kept_from: Permission, reference: str, acting: Acting) -> None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(LONGEST_WAIT)
            record = _record(reference)
            entry = Entry(
                act=Act.ATTEMPT_REFUSED,
                at=acting.at,
                who=acting.officer.ref,
                obj=record,
                why=Code(rule.lower()),
                tried=Code(kept_from),
                req=acting.request,
            )
            about, since = record or NO_RECORD, acting.at - ONE_CONSULTATION
            enter_consultation(entry, about=about, since=since)
    except (DatabaseError, InterfaceError) as error:
        logger.warning("An attempt refused by %s is not in the log: %s", rule, type(error).__name__)


def _record(reference: str) -> UUID | None:
    """Give the id of the record that was named, or that what was named is part of, if any."""
    try:
        if REFERENCE.fullmatch(reference):
            return PersonRow.objects.only("id").named(reference).id
        if ASKED.fullmatch(reference):
            return RightsRequestRow.objects.named(reference).id
        if A_PART.fullmatch(reference):
            return _referral_of(UUID(reference))
        return ReferralRow.objects.only("id").named(reference).id if reference else None
    except NotFound:
        return None


def _referral_of(part: UUID) -> UUID | None:
    challenges = ChallengeRow.objects.filter(id=part).values_list("referral_id", flat=True)
    exports = ExportRow.objects.filter(id=part).values_list("referral_id", flat=True)
    return next(iter(challenges.union(exports)), None)
