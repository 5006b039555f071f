"""Every table of the house, for the framework to find."""

from evenhand.store.casework import (
    AnswerRow,
    AssessmentRow,
    CheckRow,
    DecisionRow,
    EmergencyRow,
    MoveRow,
    NoticeRow,
    RefusedIntakeRow,
    SnoozeRow,
)
from evenhand.store.keys import IndexKeyRow, RecordKeyRow
from evenhand.store.log import EntryRow, OpeningRow
from evenhand.store.looks import LookRow
from evenhand.store.machinery import DraftRow, RepeatRow, SavedListRow
from evenhand.store.officers import OfficerRow, TokenRow
from evenhand.store.platforms import PlatformVersionRow, SignOffRow
from evenhand.store.referrals import ReferralRow, WordsRow

__all__ = [
    "AnswerRow",
    "AssessmentRow",
    "CheckRow",
    "DecisionRow",
    "DraftRow",
    "EmergencyRow",
    "EntryRow",
    "IndexKeyRow",
    "LookRow",
    "MoveRow",
    "NoticeRow",
    "OfficerRow",
    "OpeningRow",
    "PlatformVersionRow",
    "RecordKeyRow",
    "ReferralRow",
    "RefusedIntakeRow",
    "RepeatRow",
    "SavedListRow",
    "SignOffRow",
    "SnoozeRow",
    "TokenRow",
    "WordsRow",
]
