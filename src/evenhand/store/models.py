"""Every table of the house, for the framework to find."""

from evenhand.store.casework import (
    AnswerRow,
    AssessmentRow,
    CheckRow,
    DecisionRow,
    EmergencyRow,
    HandoverRow,
    MoveRow,
    NoteRow,
    NoticeRow,
    RefusedIntakeRow,
    SnoozeRow,
)
from evenhand.store.keys import IndexKeyRow, RecordKeyRow
from evenhand.store.log import EntryRow, OpeningRow
from evenhand.store.looks import LookRow
from evenhand.store.machinery import (
    ConsultationRow,
    DraftRow,
    LooksOfDayRow,
    PreferenceRow,
    ReconciliationRow,
    RepeatRow,
    SavedListRow,
    UnreadRow,
)
from evenhand.store.officers import AbsenceRow, OfficerRow, TokenRow
from evenhand.store.people import PersonLinkRow, PersonRow, PersonStepRow, StatementRow
from evenhand.store.platforms import PlatformVersionRow, SignOffRow
from evenhand.store.referrals import ReferralRow, WordsRow
from evenhand.store.sequencing import (
    LogCheckpointRow,
    LogIndexRow,
    LogKeyRow,
    LogPendingRow,
    LogStateRow,
    LogWitnessRow,
)
from evenhand.store.sharing import (
    AgreementRow,
    DisclosureRow,
    OpenedKindRow,
    RecallRow,
    RecipientRow,
)

__all__ = [
    "AbsenceRow",
    "AgreementRow",
    "AnswerRow",
    "AssessmentRow",
    "CheckRow",
    "ConsultationRow",
    "DecisionRow",
    "DisclosureRow",
    "DraftRow",
    "EmergencyRow",
    "EntryRow",
    "HandoverRow",
    "IndexKeyRow",
    "LogCheckpointRow",
    "LogIndexRow",
    "LogKeyRow",
    "LogPendingRow",
    "LogStateRow",
    "LogWitnessRow",
    "LookRow",
    "LooksOfDayRow",
    "MoveRow",
    "NoteRow",
    "NoticeRow",
    "OfficerRow",
    "OpenedKindRow",
    "OpeningRow",
    "PersonLinkRow",
    "PersonRow",
    "PersonStepRow",
    "PlatformVersionRow",
    "PreferenceRow",
    "RecallRow",
    "RecipientRow",
    "ReconciliationRow",
    "RecordKeyRow",
    "ReferralRow",
    "RefusedIntakeRow",
    "RepeatRow",
    "SavedListRow",
    "SignOffRow",
    "SnoozeRow",
    "StatementRow",
    "TokenRow",
    "UnreadRow",
    "WordsRow",
]
