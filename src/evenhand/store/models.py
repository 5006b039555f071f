"""Every table of the house, for the framework to find."""

from evenhand.store.assurance import DocumentRow, DocumentWordRow
from evenhand.store.breaches import BreachGroupRow, BreachNoteRow, BreachPhaseRow, BreachRow
from evenhand.store.captures import CaptureRow, CaptureTimeRow
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
from evenhand.store.challengers import ChallengerContactRow
from evenhand.store.challenges import AskingRow, ChallengeRow, WithholdingRow
from evenhand.store.combinations import CombinationRow, PeopleCountRow, PeopleKnownRow
from evenhand.store.day_counts import CountedAsRow, DayCountRow, DaySumRow, FieldKnownRow
from evenhand.store.equality import EqualityTallyRow
from evenhand.store.exports import ExportRow
from evenhand.store.figures import ErratumRow, FigureRow
from evenhand.store.foi import FoiHoldRow, FoiRequesterRow, FoiRequestRow, FoiStepRow
from evenhand.store.foi_replies import FoiDisclosureRow, FoiLetterRow, FoiPartRow
from evenhand.store.imports import ImportedRow, ImportRunRow, ImportTallyRow
from evenhand.store.keys import IndexKeyRow, RecordKeyRow
from evenhand.store.log import EntryRow, OpeningRow
from evenhand.store.looks import LookRow
from evenhand.store.machinery import (
    ConsultationRow,
    DraftRow,
    KnockRow,
    LooksOfDayRow,
    PreferenceRow,
    ReconciliationRow,
    RepeatRow,
    SavedListRow,
    UnreadRow,
)
from evenhand.store.mail import MailboxRow, MailMessageRow, MailRow
from evenhand.store.notification import NotifyDecisionRow
from evenhand.store.officers import AbsenceRow, OfficerRow, TokenRow
from evenhand.store.opening import RestorationRow
from evenhand.store.originators import OriginatorNoticeRow
from evenhand.store.people import PersonLinkRow, PersonRow, PersonStepRow
from evenhand.store.people_series import PeopleQuarterRow
from evenhand.store.people_statements import StatementRow
from evenhand.store.platforms import PlatformTokenRow, PlatformVersionRow, SignOffRow
from evenhand.store.public_reports import PublicReportRow, ReportCountRow, ReporterContactRow
from evenhand.store.purposes import PurposeChangeRow
from evenhand.store.referrals import ReferralRow, WordsRow
from evenhand.store.retention import (
    DisposalRow,
    HoldRow,
    KnownSinceRow,
    MonthCountRow,
    RetentionRunRow,
    ReviewRow,
    TallyRow,
)
from evenhand.store.rights import (
    RightsContactRow,
    RightsCountRow,
    RightsEventRow,
    RightsRequestRow,
    RightsSearchRow,
)
from evenhand.store.rights_found import RightsFoundRow, RightsMarkRow, RightsReviewRow
from evenhand.store.rights_letters import RightsLetterRow, RightsPackRow
from evenhand.store.schedules import ScheduleVersionRow
from evenhand.store.scrutiny import ScrutinyNoneRow, ScrutinyRow, ScrutinyWordRow
from evenhand.store.sequencing import (
    ClosedLogRow,
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
from evenhand.store.traces import TraceRow
from evenhand.store.training import TrainingRow
from evenhand.store.yearly import YearlyReportRow

__all__ = [
    "AbsenceRow",
    "AgreementRow",
    "AnswerRow",
    "AskingRow",
    "AssessmentRow",
    "BreachGroupRow",
    "BreachNoteRow",
    "BreachPhaseRow",
    "BreachRow",
    "CaptureRow",
    "CaptureTimeRow",
    "ChallengeRow",
    "ChallengerContactRow",
    "CheckRow",
    "ClosedLogRow",
    "CombinationRow",
    "ConsultationRow",
    "CountedAsRow",
    "DayCountRow",
    "DaySumRow",
    "DecisionRow",
    "DisclosureRow",
    "DisposalRow",
    "DocumentRow",
    "DocumentWordRow",
    "DraftRow",
    "EmergencyRow",
    "EntryRow",
    "EqualityTallyRow",
    "ErratumRow",
    "ExportRow",
    "FieldKnownRow",
    "FigureRow",
    "FoiDisclosureRow",
    "FoiHoldRow",
    "FoiLetterRow",
    "FoiPartRow",
    "FoiRequestRow",
    "FoiRequesterRow",
    "FoiStepRow",
    "HandoverRow",
    "HoldRow",
    "ImportRunRow",
    "ImportTallyRow",
    "ImportedRow",
    "IndexKeyRow",
    "KnockRow",
    "KnownSinceRow",
    "LogCheckpointRow",
    "LogIndexRow",
    "LogKeyRow",
    "LogPendingRow",
    "LogStateRow",
    "LogWitnessRow",
    "LookRow",
    "LooksOfDayRow",
    "MailMessageRow",
    "MailRow",
    "MailboxRow",
    "MonthCountRow",
    "MoveRow",
    "NoteRow",
    "NoticeRow",
    "NotifyDecisionRow",
    "OfficerRow",
    "OpenedKindRow",
    "OpeningRow",
    "OriginatorNoticeRow",
    "PeopleCountRow",
    "PeopleKnownRow",
    "PeopleQuarterRow",
    "PersonLinkRow",
    "PersonRow",
    "PersonStepRow",
    "PlatformTokenRow",
    "PlatformVersionRow",
    "PreferenceRow",
    "PublicReportRow",
    "PurposeChangeRow",
    "RecallRow",
    "RecipientRow",
    "ReconciliationRow",
    "RecordKeyRow",
    "ReferralRow",
    "RefusedIntakeRow",
    "RepeatRow",
    "ReportCountRow",
    "ReporterContactRow",
    "RestorationRow",
    "RetentionRunRow",
    "ReviewRow",
    "RightsContactRow",
    "RightsCountRow",
    "RightsEventRow",
    "RightsFoundRow",
    "RightsLetterRow",
    "RightsMarkRow",
    "RightsPackRow",
    "RightsRequestRow",
    "RightsReviewRow",
    "RightsSearchRow",
    "SavedListRow",
    "ScheduleVersionRow",
    "ScrutinyNoneRow",
    "ScrutinyRow",
    "ScrutinyWordRow",
    "SignOffRow",
    "SnoozeRow",
    "StatementRow",
    "TallyRow",
    "TokenRow",
    "TraceRow",
    "TrainingRow",
    "UnreadRow",
    "WithholdingRow",
    "WordsRow",
    "YearlyReportRow",
]
