"""The closed list of acts that the log knows, each with its class under DPA 2018 s.62(1)."""

from collections.abc import Mapping
from enum import StrEnum


class Class62(StrEnum):
    """What an act does with data, in the words of DPA 2018 s.62(1)."""

    COLLECTION = "collection"
    ALTERATION = "alteration"
    CONSULTATION = "consultation"
    DISCLOSURE = "disclosure"
    COMBINATION = "combination"
    ERASURE = "erasure"
    NONE = "none"


class Act(StrEnum):
    """Something that was done. The names are part of the log's format and never change."""

    DESK_OPENED = "desk.open"
    DESK_BACKED_UP = "desk.backup"
    DESK_RESTORED = "desk.restore"
    DESK_KEPT_CLOSED = "desk.keepclosed"
    OPENING_PROPOSED = "desk.propose"
    OPENING_ATTESTED = "desk.attest"
    OFFICER_ADDED = "officer.add"
    OFFICER_RETIRED = "officer.retire"
    OFFICER_FORGOTTEN = "officer.forget"
    TOKEN_CREATED = "token.create"  # noqa: S105 - an act's name
    TOKEN_REVOKED = "token.revoke"  # noqa: S105 - an act's name
    PLATFORM_EDITED = "platform.edit"
    PLATFORM_SIGNED_OFF = "platform.signoff"
    SIGN_OFF_ENDED = "platform.endsignoff"
    PLATFORM_TOKEN_MADE = "platform.token"  # noqa: S105 - an act's name
    PLATFORM_TOKEN_ENDED = "platform.endtoken"  # noqa: S105 - an act's name
    INTAKE_REFUSED = "intake.refuse"
    REFERRAL_LOGGED = "referral.log"
    REFERRAL_TRIAGED = "referral.triage"
    EMERGENCY_RECORDED = "emergency.record"
    LOOKS_FORGOTTEN = "look.forget"
    ASSESSMENT_STARTED = "assessment.start"
    ASSESSMENT_SUBMITTED = "assessment.submit"
    STATUTORY_ROUTE_TAKEN = "referral.statutory"
    REFERRAL_APPROVED = "referral.approve"
    REFERRAL_RETURNED = "referral.return"
    REFERRAL_REFUSED = "referral.refuse"
    NOTICE_REQUESTED = "notice.request"
    NOTICE_ACCEPTED = "notice.accept"
    NOTICE_SENT_BY_HAND = "notice.byhand"
    NOTICE_FAILED = "notice.fail"
    PROOF_SENT = "proof.send"
    PROOF_FAILED = "proof.fail"
    NOTICE_CAME_BACK = "notice.comeback"
    MAIL_KEPT = "mail.keep"
    MAIL_CONSULTED = "mail.consult"
    MAIL_ATTACHED = "mail.attach"
    MAIL_SET_ASIDE = "mail.aside"
    MAIL_READ = "mail.read"
    MAIL_FORGOTTEN = "mail.forget"
    ANSWER_RECORDED = "answer.record"
    ANSWER_GIVEN = "answer.give"
    LINK_TAKEN_BACK = "link.revoke"
    ORDER_REVIEW_ASKED = "order.ask"
    ORDER_REVIEWED = "order.review"
    SILENCE_RECORDED = "answer.silence"
    STEP_PUT_OFF = "referral.snooze"
    CHECK_RECORDED = "check.record"
    REFERRAL_CLOSED = "referral.close"
    REFERRAL_WITHDRAWN = "referral.withdraw"
    REFERRAL_REOPENED = "referral.reopen"
    REFERRAL_HANDED_OVER = "referral.handover"
    NOTE_WRITTEN = "note.write"
    CAPTURE_TAKEN = "capture.take"
    CAPTURE_TIMESTAMPED = "capture.timestamp"
    CAPTURE_CONSULTED = "capture.consult"
    CAPTURE_STOPPED = "capture.stop"
    CAPTURE_HANDED_OVER = "capture.handover"
    EXPORT_ASKED = "export.ask"
    EXPORT_ALLOWED = "export.allow"
    EXPORT_REFUSED = "export.refuse"
    EXPORT_TAKEN = "export.take"
    ABSENCE_SET = "absence.set"
    ABSENCE_ENDED = "absence.end"
    REFERRAL_CONSULTED = "referral.consult"
    LIST_CONSULTED = "list.consult"
    CONSULTATIONS_REPEATED = "consultation.repeat"
    ATTEMPT_REFUSED = "attempt.refuse"
    ATTEMPTS_REPEATED = "attempt.repeat"
    LOG_CONSULTED = "log.consult"
    LOG_EXPORTED = "log.export"
    KEY_ROTATED = "key.rotate"
    LOG_BEGUN = "log.begin"
    SCHEDULE_PROPOSED = "schedule.propose"
    SCHEDULE_APPROVED = "schedule.approve"
    RECORD_DATED = "record.date"
    RECORD_RESTRICTED = "record.restrict"
    ERASURE_DUE = "erasure.due"
    REVIEW_RECORDED = "review.record"
    REVIEW_CONFIRMED = "review.confirm"
    REVIEW_DECLINED = "review.decline"
    HOLD_PLACED = "hold.place"
    HOLD_END_ASKED = "hold.ask"
    HOLD_ENDED = "hold.end"
    CONTENT_DISPOSED = "content.dispose"
    RECORD_DISPOSED = "record.dispose"
    TRACES_FORGOTTEN = "trace.forget"
    DOCUMENT_WRITTEN = "document.write"
    DOCUMENT_ADVISED = "document.advise"
    ICO_ADVICE_RECORDED = "document.ico"
    DOCUMENT_APPROVED = "document.approve"
    TRAINING_RECORDED = "training.record"
    INSTRUCTIONS_ACCEPTED = "instructions.accept"
    ERRATUM_WRITTEN = "erratum.write"
    ERRATUM_PUBLISHED = "erratum.publish"
    SCRUTINY_RECORDED = "scrutiny.record"
    SCRUTINY_TOLD = "scrutiny.tell"
    SCRUTINY_NONE = "scrutiny.none"
    BREACH_OPENED = "breach.open"
    BREACH_NOTED = "breach.note"
    BREACH_TOLD = "breach.tell"
    BREACH_NOT_TOLD = "breach.nottell"
    BREACH_SETTLED = "breach.settle"
    BREACH_PEOPLE_TOLD = "breach.people"
    BREACH_CLOSED = "breach.close"
    YEARLY_PREPARED = "yearly.prepare"
    YEARLY_PUBLISHED = "yearly.publish"
    QUESTION_ANSWERED = "question.answer"
    FIGURE_PUBLISHED = "figure.publish"
    CORRECTION_WRITTEN = "figure.doubt"
    FIGURE_CORRECTED = "figure.correct"
    CORRECTION_DECLINED = "figure.decline"
    CORRECTION_WITHDRAWN = "figure.withdraw"
    QUARTER_SETTLED = "quarter.settle"
    PERSON_SOUGHT = "person.seek"
    PEOPLE_TOLD_APART = "people.apart"
    JOINING_PROPOSED = "people.propose"
    JOINING_REFUSED = "people.refuse"
    PEOPLE_JOINED = "people.join"
    PEOPLE_TAKEN_APART = "people.undo"
    TELLING_DECIDED = "telling.decide"
    NOT_TELLING_CONFIRMED = "telling.confirm"
    NOT_TELLING_REFUSED = "telling.refuse"
    PERSON_PROPOSED = "person.propose"
    PERSON_AUTHORISED = "person.authorise"
    PERSON_REFUSED = "person.refuse"
    PERSON_CONSULTED = "person.consult"
    STATEMENT_ADDED = "statement.add"
    STATEMENT_VERIFIED = "statement.verify"
    ROLE_CHANGE_ASKED = "role.ask"
    ROLE_CHANGED = "role.change"
    ROLE_CHANGE_REFUSED = "role.refuse"
    ACCURACY_CONTESTED = "person.contest"
    ACCURACY_CONFIRMED = "person.confirm"
    PERSON_CORRECTED = "person.correct"
    PERSON_RESTRICTED = "person.restrict"
    LIFTING_ASKED = "person.asklift"
    RESTRICTION_LIFTED = "person.lift"
    PURPOSE_ASKED = "purpose.ask"
    PURPOSE_ALLOWED = "purpose.allow"
    PURPOSE_REFUSED = "purpose.refuse"
    IMPORT_BROUGHT = "import.bring"
    IMPORT_CONFIRMED = "import.confirm"
    IMPORT_CONSULTED = "import.consult"
    IMPORT_PASSED = "import.pass"
    IMPORT_REJECTED = "import.reject"
    IMPORT_PERSON_SETTLED = "import.settle"
    IMPORT_ERASED = "import.erase"
    LIFTING_REFUSED = "person.keeprestricted"
    AGREEMENT_PROPOSED = "agreement.propose"
    AGREEMENT_SIGNED = "agreement.sign"
    AGREEMENT_ENDED = "agreement.end"
    KIND_ASKED = "kind.ask"
    KIND_OPENED = "kind.open"
    KIND_CLOSED = "kind.close"
    PACKAGE_BUILT = "package.build"
    PACKAGE_PROPOSED = "package.propose"
    PACKAGE_APPROVED = "package.approve"
    PACKAGE_REFUSED = "package.refuse"
    PACKAGE_DROPPED = "package.drop"
    PACKAGE_DISCLOSED = "package.disclose"
    PACKAGE_RECALLED = "recall.begin"
    DISCLOSURES_FORGOTTEN = "package.forget"
    SUPERSEDED_FORGOTTEN = "superseded.forget"
    RECALL_ASKED = "recall.ask"
    RECALL_SENT = "recall.send"
    RECALL_FAILED = "recall.fail"
    RECALL_ACKNOWLEDGED = "recall.acknowledge"
    ORIGINATOR_TOLD = "originator.tell"
    REPORT_RECEIVED = "report.receive"
    REPORT_SIGNPOSTED = "report.signpost"
    REPORT_OPENED = "report.open"
    REPORT_CONSULTED = "report.consult"
    REPORT_LOGGED = "report.log"
    REPORT_JOINED = "report.join"
    REPORT_SET_ASIDE = "report.setaside"
    REPORT_LAPSED = "report.lapse"
    REPORT_TAKEN_UP = "referral.report"
    REPORTS_FORGOTTEN = "report.forget"
    REPORTER_TOLD = "reporter.tell"
    REPORTER_NOT_TOLD = "reporter.fail"
    REPORTER_FORGOTTEN = "reporter.forget"
    WITHDRAWAL_OWED = "withdrawal.owe"
    POSTER_ASKED = "poster.ask"
    POSTERS_ANSWERED = "poster.answer"
    POSTERS_FORGOTTEN = "poster.forget"
    TELLING_WITHHELD = "poster.withhold"
    TELLING_RESUMED = "poster.resume"
    CHALLENGE_MADE = "challenge.make"
    CHALLENGE_SETTLED = "challenge.settle"
    CHALLENGER_TOLD = "challenger.tell"
    CHALLENGER_NOT_TOLD = "challenger.fail"
    CHALLENGER_FORGOTTEN = "challenger.forget"
    FOI_RECEIVED = "foi.receive"
    FOI_LOGGED = "foi.log"
    FOI_CONSULTED = "foi.consult"
    FOI_REQUESTER_CONSULTED = "foi.requester"
    FOI_REQUESTER_CORRECTED = "foi.reach"
    FOI_STEP_TAKEN = "foi.step"
    FOI_ESTIMATED = "foi.estimate"
    FOI_RECORD_HELD = "foi.hold"
    FOI_PART_WRITTEN = "foi.part"
    FOI_PART_CHANGED = "foi.change"
    FOI_PART_REMOVED = "foi.remove"
    FOI_PART_ANSWERED = "foi.answer"
    FOI_PART_CONFIRMED = "foi.confirm"
    FOI_PART_DECLINED = "foi.decline"
    FOI_REPLY_PROPOSED = "foi.propose"
    FOI_REPLY_APPROVED = "foi.approve"
    FOI_REPLY_CORRECTED = "foi.correct"
    FOI_REPLY_RETURNED = "foi.return"
    FOI_LETTER_SENT = "foi.send"
    FOI_LETTER_FAILED = "foi.fail"
    FOI_FORGOTTEN = "foi.forget"
    FOI_REQUESTER_FORGOTTEN = "foi.forgetwho"
    FOI_DISCLOSURES_FORGOTTEN = "foi.forgetold"
    RIGHTS_ASKED = "rights.ask"
    RIGHTS_CONSULTED = "rights.consult"
    RIGHTS_MOVED = "rights.move"
    RIGHTS_WITHDRAWN = "rights.withdraw"
    RIGHTS_SOUGHT = "rights.seek"
    RIGHTS_FOUND = "rights.find"
    RIGHTS_MARKED = "rights.mark"
    RIGHTS_UNMARKED = "rights.unmark"
    RIGHTS_REVIEWED = "rights.review"
    RIGHTS_REVIEW_CONFIRMED = "rights.confirm"
    RIGHTS_REVIEW_RETURNED = "rights.decline"
    RIGHTS_LETTER_WRITTEN = "rights.write"
    RIGHTS_LETTER_APPROVED = "rights.approve"
    RIGHTS_LETTER_RETURNED = "rights.return"
    RIGHTS_LETTER_ASKED = "rights.post"
    RIGHTS_LETTER_SENT = "rights.send"
    RIGHTS_LETTER_FAILED = "rights.fail"
    RIGHTS_UNREACHED = "rights.unreached"
    RIGHTS_PACK_DRAWN = "rights.draw"
    RIGHTS_FORGOTTEN = "rights.forget"
    BREACH_FORGOTTEN = "breach.forget"
    EQUALITY_FORGOTTEN = "equality.forget"


CLASS_62: Mapping[Act, Class62] = {
    Act.DESK_OPENED: Class62.NONE,
    Act.DESK_BACKED_UP: Class62.NONE,
    Act.DESK_RESTORED: Class62.NONE,
    Act.DESK_KEPT_CLOSED: Class62.NONE,
    Act.OPENING_PROPOSED: Class62.NONE,
    Act.OPENING_ATTESTED: Class62.NONE,
    Act.OFFICER_ADDED: Class62.NONE,
    Act.OFFICER_RETIRED: Class62.NONE,
    Act.OFFICER_FORGOTTEN: Class62.ERASURE,
    Act.TOKEN_CREATED: Class62.NONE,
    Act.TOKEN_REVOKED: Class62.NONE,
    Act.PLATFORM_EDITED: Class62.NONE,
    Act.PLATFORM_SIGNED_OFF: Class62.NONE,
    Act.SIGN_OFF_ENDED: Class62.NONE,
    Act.PLATFORM_TOKEN_MADE: Class62.NONE,
    Act.PLATFORM_TOKEN_ENDED: Class62.NONE,
    Act.INTAKE_REFUSED: Class62.NONE,
    Act.REFERRAL_LOGGED: Class62.COLLECTION,
    Act.REFERRAL_TRIAGED: Class62.ALTERATION,
    Act.EMERGENCY_RECORDED: Class62.COLLECTION,
    Act.LOOKS_FORGOTTEN: Class62.ERASURE,
    Act.ASSESSMENT_STARTED: Class62.ALTERATION,
    Act.ASSESSMENT_SUBMITTED: Class62.ALTERATION,
    Act.STATUTORY_ROUTE_TAKEN: Class62.ERASURE,
    Act.REFERRAL_APPROVED: Class62.ALTERATION,
    Act.REFERRAL_RETURNED: Class62.ALTERATION,
    Act.REFERRAL_REFUSED: Class62.ALTERATION,
    Act.NOTICE_REQUESTED: Class62.ALTERATION,
    Act.NOTICE_ACCEPTED: Class62.DISCLOSURE,
    Act.NOTICE_SENT_BY_HAND: Class62.DISCLOSURE,
    Act.NOTICE_FAILED: Class62.ALTERATION,
    Act.PROOF_SENT: Class62.DISCLOSURE,
    Act.PROOF_FAILED: Class62.ALTERATION,
    Act.NOTICE_CAME_BACK: Class62.ALTERATION,
    Act.MAIL_KEPT: Class62.COLLECTION,
    Act.MAIL_CONSULTED: Class62.CONSULTATION,
    Act.MAIL_ATTACHED: Class62.ALTERATION,
    Act.MAIL_SET_ASIDE: Class62.ALTERATION,
    Act.MAIL_READ: Class62.ALTERATION,
    Act.MAIL_FORGOTTEN: Class62.ERASURE,
    Act.ANSWER_RECORDED: Class62.COLLECTION,
    Act.ANSWER_GIVEN: Class62.COLLECTION,
    Act.LINK_TAKEN_BACK: Class62.ALTERATION,
    Act.ORDER_REVIEW_ASKED: Class62.COLLECTION,
    Act.ORDER_REVIEWED: Class62.ALTERATION,
    Act.SILENCE_RECORDED: Class62.ALTERATION,
    Act.STEP_PUT_OFF: Class62.ALTERATION,
    Act.CHECK_RECORDED: Class62.COLLECTION,
    Act.REFERRAL_CLOSED: Class62.ALTERATION,
    Act.REFERRAL_WITHDRAWN: Class62.ALTERATION,
    Act.REFERRAL_REOPENED: Class62.ALTERATION,
    Act.REFERRAL_HANDED_OVER: Class62.ALTERATION,
    Act.NOTE_WRITTEN: Class62.COLLECTION,
    Act.CAPTURE_TAKEN: Class62.COLLECTION,
    Act.CAPTURE_TIMESTAMPED: Class62.ALTERATION,
    Act.CAPTURE_CONSULTED: Class62.CONSULTATION,
    Act.CAPTURE_STOPPED: Class62.ERASURE,
    Act.CAPTURE_HANDED_OVER: Class62.DISCLOSURE,
    Act.EXPORT_ASKED: Class62.ALTERATION,
    Act.EXPORT_ALLOWED: Class62.ALTERATION,
    Act.EXPORT_REFUSED: Class62.ALTERATION,
    Act.EXPORT_TAKEN: Class62.DISCLOSURE,
    Act.ABSENCE_SET: Class62.NONE,
    Act.ABSENCE_ENDED: Class62.NONE,
    Act.REFERRAL_CONSULTED: Class62.CONSULTATION,
    Act.LIST_CONSULTED: Class62.CONSULTATION,
    Act.CONSULTATIONS_REPEATED: Class62.CONSULTATION,
    Act.ATTEMPT_REFUSED: Class62.NONE,
    Act.ATTEMPTS_REPEATED: Class62.NONE,
    Act.LOG_CONSULTED: Class62.CONSULTATION,
    Act.LOG_EXPORTED: Class62.DISCLOSURE,
    Act.KEY_ROTATED: Class62.NONE,
    Act.LOG_BEGUN: Class62.NONE,
    Act.SCHEDULE_PROPOSED: Class62.NONE,
    Act.SCHEDULE_APPROVED: Class62.NONE,
    Act.RECORD_DATED: Class62.ALTERATION,
    Act.RECORD_RESTRICTED: Class62.ALTERATION,
    Act.ERASURE_DUE: Class62.ALTERATION,
    Act.REVIEW_RECORDED: Class62.ALTERATION,
    Act.REVIEW_CONFIRMED: Class62.ALTERATION,
    Act.REVIEW_DECLINED: Class62.ALTERATION,
    Act.HOLD_PLACED: Class62.ALTERATION,
    Act.HOLD_END_ASKED: Class62.ALTERATION,
    Act.HOLD_ENDED: Class62.ALTERATION,
    Act.CONTENT_DISPOSED: Class62.ERASURE,
    Act.RECORD_DISPOSED: Class62.ERASURE,
    Act.TRACES_FORGOTTEN: Class62.ERASURE,
    Act.DOCUMENT_WRITTEN: Class62.NONE,
    Act.DOCUMENT_ADVISED: Class62.NONE,
    Act.ICO_ADVICE_RECORDED: Class62.NONE,
    Act.DOCUMENT_APPROVED: Class62.NONE,
    Act.TRAINING_RECORDED: Class62.NONE,
    Act.INSTRUCTIONS_ACCEPTED: Class62.NONE,
    Act.ERRATUM_WRITTEN: Class62.NONE,
    Act.ERRATUM_PUBLISHED: Class62.NONE,
    Act.SCRUTINY_RECORDED: Class62.NONE,
    Act.SCRUTINY_TOLD: Class62.NONE,
    Act.SCRUTINY_NONE: Class62.NONE,
    Act.BREACH_OPENED: Class62.NONE,
    Act.BREACH_NOTED: Class62.NONE,
    Act.BREACH_TOLD: Class62.NONE,
    Act.BREACH_NOT_TOLD: Class62.NONE,
    Act.BREACH_SETTLED: Class62.NONE,
    Act.BREACH_PEOPLE_TOLD: Class62.NONE,
    Act.BREACH_CLOSED: Class62.NONE,
    Act.YEARLY_PREPARED: Class62.NONE,
    Act.YEARLY_PUBLISHED: Class62.NONE,
    Act.QUESTION_ANSWERED: Class62.NONE,
    Act.FIGURE_PUBLISHED: Class62.NONE,
    Act.CORRECTION_WRITTEN: Class62.NONE,
    Act.FIGURE_CORRECTED: Class62.NONE,
    Act.CORRECTION_DECLINED: Class62.NONE,
    Act.CORRECTION_WITHDRAWN: Class62.NONE,
    Act.QUARTER_SETTLED: Class62.NONE,
    Act.PERSON_SOUGHT: Class62.CONSULTATION,
    Act.PEOPLE_TOLD_APART: Class62.ALTERATION,
    Act.JOINING_PROPOSED: Class62.ALTERATION,
    Act.JOINING_REFUSED: Class62.ALTERATION,
    Act.PEOPLE_JOINED: Class62.COMBINATION,
    Act.PEOPLE_TAKEN_APART: Class62.COMBINATION,
    Act.TELLING_DECIDED: Class62.ALTERATION,
    Act.NOT_TELLING_CONFIRMED: Class62.ALTERATION,
    Act.NOT_TELLING_REFUSED: Class62.ALTERATION,
    Act.PERSON_PROPOSED: Class62.COLLECTION,
    Act.PERSON_AUTHORISED: Class62.ALTERATION,
    Act.PERSON_REFUSED: Class62.ERASURE,
    Act.PERSON_CONSULTED: Class62.CONSULTATION,
    Act.STATEMENT_ADDED: Class62.COLLECTION,
    Act.STATEMENT_VERIFIED: Class62.ALTERATION,
    Act.ROLE_CHANGE_ASKED: Class62.ALTERATION,
    Act.ROLE_CHANGED: Class62.ALTERATION,
    Act.ROLE_CHANGE_REFUSED: Class62.ALTERATION,
    Act.ACCURACY_CONTESTED: Class62.ALTERATION,
    Act.ACCURACY_CONFIRMED: Class62.ALTERATION,
    Act.PERSON_CORRECTED: Class62.ALTERATION,
    Act.PERSON_RESTRICTED: Class62.ALTERATION,
    Act.LIFTING_ASKED: Class62.ALTERATION,
    Act.RESTRICTION_LIFTED: Class62.ALTERATION,
    Act.PURPOSE_ASKED: Class62.ALTERATION,
    Act.PURPOSE_ALLOWED: Class62.ALTERATION,
    Act.PURPOSE_REFUSED: Class62.ALTERATION,
    Act.IMPORT_BROUGHT: Class62.COLLECTION,
    Act.IMPORT_CONFIRMED: Class62.ALTERATION,
    Act.IMPORT_CONSULTED: Class62.CONSULTATION,
    Act.IMPORT_PASSED: Class62.ALTERATION,
    Act.IMPORT_REJECTED: Class62.ERASURE,
    Act.IMPORT_PERSON_SETTLED: Class62.ERASURE,
    Act.IMPORT_ERASED: Class62.ERASURE,
    Act.LIFTING_REFUSED: Class62.ALTERATION,
    Act.AGREEMENT_PROPOSED: Class62.NONE,
    Act.AGREEMENT_SIGNED: Class62.NONE,
    Act.AGREEMENT_ENDED: Class62.NONE,
    Act.KIND_ASKED: Class62.NONE,
    Act.KIND_OPENED: Class62.NONE,
    Act.KIND_CLOSED: Class62.NONE,
    Act.PACKAGE_BUILT: Class62.ALTERATION,
    Act.PACKAGE_PROPOSED: Class62.ALTERATION,
    Act.PACKAGE_APPROVED: Class62.ALTERATION,
    Act.PACKAGE_REFUSED: Class62.ALTERATION,
    Act.PACKAGE_DROPPED: Class62.ALTERATION,
    Act.PACKAGE_DISCLOSED: Class62.DISCLOSURE,
    Act.PACKAGE_RECALLED: Class62.ALTERATION,
    Act.DISCLOSURES_FORGOTTEN: Class62.ERASURE,
    Act.SUPERSEDED_FORGOTTEN: Class62.ERASURE,
    Act.RECALL_ASKED: Class62.ALTERATION,
    Act.RECALL_SENT: Class62.ALTERATION,
    Act.RECALL_FAILED: Class62.ALTERATION,
    Act.RECALL_ACKNOWLEDGED: Class62.COLLECTION,
    Act.ORIGINATOR_TOLD: Class62.ALTERATION,
    Act.REPORT_RECEIVED: Class62.COLLECTION,
    Act.REPORT_SIGNPOSTED: Class62.COLLECTION,
    Act.REPORT_OPENED: Class62.ALTERATION,
    Act.REPORT_CONSULTED: Class62.CONSULTATION,
    # What the reporter said is destroyed as it is settled.
    Act.REPORT_LOGGED: Class62.ERASURE,
    Act.REPORT_JOINED: Class62.ERASURE,
    Act.REPORT_SET_ASIDE: Class62.ERASURE,
    Act.REPORT_LAPSED: Class62.ERASURE,
    Act.REPORT_TAKEN_UP: Class62.COLLECTION,
    Act.REPORTS_FORGOTTEN: Class62.ERASURE,
    Act.REPORTER_TOLD: Class62.DISCLOSURE,
    Act.REPORTER_NOT_TOLD: Class62.ALTERATION,
    Act.REPORTER_FORGOTTEN: Class62.ERASURE,
    Act.WITHDRAWAL_OWED: Class62.ALTERATION,
    Act.POSTER_ASKED: Class62.COLLECTION,
    Act.POSTERS_ANSWERED: Class62.DISCLOSURE,
    Act.POSTERS_FORGOTTEN: Class62.ERASURE,
    Act.TELLING_WITHHELD: Class62.ALTERATION,
    Act.TELLING_RESUMED: Class62.ALTERATION,
    Act.CHALLENGE_MADE: Class62.COLLECTION,
    Act.CHALLENGE_SETTLED: Class62.ALTERATION,
    Act.CHALLENGER_TOLD: Class62.DISCLOSURE,
    Act.CHALLENGER_NOT_TOLD: Class62.ALTERATION,
    Act.CHALLENGER_FORGOTTEN: Class62.ERASURE,
    Act.FOI_RECEIVED: Class62.COLLECTION,
    Act.FOI_LOGGED: Class62.COLLECTION,
    Act.FOI_CONSULTED: Class62.CONSULTATION,
    Act.FOI_REQUESTER_CONSULTED: Class62.CONSULTATION,
    Act.FOI_REQUESTER_CORRECTED: Class62.ALTERATION,
    Act.FOI_STEP_TAKEN: Class62.ALTERATION,
    Act.FOI_ESTIMATED: Class62.ALTERATION,
    Act.FOI_RECORD_HELD: Class62.ALTERATION,
    Act.FOI_PART_WRITTEN: Class62.ALTERATION,
    Act.FOI_PART_CHANGED: Class62.ALTERATION,
    Act.FOI_PART_REMOVED: Class62.ALTERATION,
    Act.FOI_PART_ANSWERED: Class62.ALTERATION,
    Act.FOI_PART_CONFIRMED: Class62.ALTERATION,
    Act.FOI_PART_DECLINED: Class62.ALTERATION,
    Act.FOI_REPLY_PROPOSED: Class62.ALTERATION,
    Act.FOI_REPLY_APPROVED: Class62.ALTERATION,
    Act.FOI_REPLY_CORRECTED: Class62.DISCLOSURE,
    Act.FOI_REPLY_RETURNED: Class62.ALTERATION,
    Act.FOI_LETTER_SENT: Class62.DISCLOSURE,
    Act.FOI_LETTER_FAILED: Class62.ALTERATION,
    Act.FOI_FORGOTTEN: Class62.ERASURE,
    Act.FOI_REQUESTER_FORGOTTEN: Class62.ERASURE,
    Act.FOI_DISCLOSURES_FORGOTTEN: Class62.ERASURE,
    Act.RIGHTS_ASKED: Class62.COLLECTION,
    Act.RIGHTS_CONSULTED: Class62.CONSULTATION,
    Act.RIGHTS_MOVED: Class62.COLLECTION,
    Act.RIGHTS_WITHDRAWN: Class62.COLLECTION,
    Act.RIGHTS_SOUGHT: Class62.CONSULTATION,
    Act.RIGHTS_FOUND: Class62.ALTERATION,
    Act.RIGHTS_MARKED: Class62.ALTERATION,
    Act.RIGHTS_UNMARKED: Class62.ALTERATION,
    Act.RIGHTS_REVIEWED: Class62.ALTERATION,
    Act.RIGHTS_REVIEW_CONFIRMED: Class62.ALTERATION,
    Act.RIGHTS_REVIEW_RETURNED: Class62.ALTERATION,
    Act.RIGHTS_LETTER_WRITTEN: Class62.ALTERATION,
    Act.RIGHTS_LETTER_APPROVED: Class62.ALTERATION,
    Act.RIGHTS_LETTER_RETURNED: Class62.ALTERATION,
    Act.RIGHTS_LETTER_ASKED: Class62.ALTERATION,
    Act.RIGHTS_LETTER_SENT: Class62.DISCLOSURE,
    Act.RIGHTS_LETTER_FAILED: Class62.ALTERATION,
    Act.RIGHTS_UNREACHED: Class62.ALTERATION,
    Act.RIGHTS_PACK_DRAWN: Class62.CONSULTATION,
    Act.RIGHTS_FORGOTTEN: Class62.ERASURE,
    Act.BREACH_FORGOTTEN: Class62.ERASURE,
    Act.EQUALITY_FORGOTTEN: Class62.ERASURE,
}
