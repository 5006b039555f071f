"""The history of a referral, told from the log: a sentence for each entry."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext

from evenhand.ledger.acts import Act
from evenhand.queries.history import EntryLine
from evenhand.rules.answers import AnswerKind, Outcome, Seen
from evenhand.rules.challenges import ChallengeStanding
from evenhand.rules.content import WHOLE_ACCOUNT
from evenhand.rules.gate import unwitnessed
from evenhand.rules.mail import MailKind
from evenhand.rules.notices import NoticeKind
from evenhand.rules.officers import Role
from evenhand.rules.referrals import TriageOutcome
from evenhand.web import labels, times
from evenhand.web.words import Words

SENTENCES: Mapping[Act, Words] = {
    Act.DESK_OPENED: later("opened this desk"),
    Act.DESK_BACKED_UP: later("made a backup of this desk"),
    Act.DESK_RESTORED: later("restored this desk from a backup"),
    Act.DESK_KEPT_CLOSED: later("kept this desk closed after it was restored"),
    Act.OPENING_PROPOSED: later("proposed to open this desk after it was restored"),
    Act.OPENING_ATTESTED: later("attested what was restored, and opened this desk"),
    Act.OFFICER_ADDED: later("added an officer"),
    Act.OFFICER_RETIRED: later("retired an officer"),
    Act.OFFICER_FORGOTTEN: later("erased the name and account of an officer who left"),
    Act.TOKEN_CREATED: later("made an API token"),
    Act.TOKEN_REVOKED: later("ended an API token"),
    Act.PLATFORM_EDITED: later("changed what the desk keeps of a platform"),
    Act.PLATFORM_SIGNED_OFF: later("signed off a platform"),
    Act.SIGN_OFF_ENDED: later("ended the sign-off of a platform"),
    Act.PLATFORM_TOKEN_MADE: later("made a token for a platform’s program"),
    Act.PLATFORM_TOKEN_ENDED: later("ended a token of a platform’s program"),
    Act.INTAKE_REFUSED: later("was refused when logging content"),
    Act.REFERRAL_LOGGED: later("logged this content"),
    Act.REFERRAL_TRIAGED: later("triaged it"),
    Act.EMERGENCY_RECORDED: later("recorded what was done for the life at risk"),
    Act.LOOKS_FORGOTTEN: later("forgot looks at accounts that were past their time"),
    Act.ERASURE_DUE: later("found that a record is to be erased"),
    Act.TRACES_FORGOTTEN: later("forgot who was disposed of more than 12 months ago"),
    Act.ASSESSMENT_STARTED: later("began to assess it"),
    Act.ASSESSMENT_SUBMITTED: later("submitted an assessment"),
    Act.STATUTORY_ROUTE_TAKEN: later("sent it by the statutory route and destroyed its words"),
    Act.REFERRAL_APPROVED: later("approved it"),
    Act.REFERRAL_RETURNED: later("returned it for more work"),
    Act.REFERRAL_REFUSED: later("refused to refer it"),
    Act.NOTICE_REQUESTED: later("asked for a message to be sent to the platform"),
    Act.NOTICE_ACCEPTED: later("handed a message to the platform’s mail server"),
    Act.NOTICE_SENT_BY_HAND: later("sent it by the platform’s form, watched by a second officer"),
    Act.NOTICE_FAILED: later("could not deliver a message to the platform"),
    Act.PROOF_SENT: later("sent the platform the proof of an earlier message"),
    Act.PROOF_FAILED: later("could not send the platform the proof of an earlier message"),
    Act.NOTICE_CAME_BACK: later("recorded that a message to the platform came back"),
    Act.MAIL_KEPT: later("kept mail that came in"),
    Act.MAIL_CONSULTED: later("looked at mail that came in"),
    Act.MAIL_ATTACHED: later("attached mail that came in"),
    Act.MAIL_SET_ASIDE: later("set mail aside that came in"),
    Act.MAIL_READ: later("read mail that came in"),
    Act.MAIL_FORGOTTEN: later("erased mail of no referral after its 90 days"),
    Act.ANSWER_RECORDED: later("recorded what the platform answered"),
    Act.ANSWER_GIVEN: later("took the answer that the platform gave by the link of our notice"),
    Act.ORDER_REVIEW_ASKED: later("took that the platform asks for a review of the notice"),
    Act.ORDER_REVIEWED: later("reviewed the content removal notice"),
    Act.LINK_TAKEN_BACK: later("took back the link by which the platform could answer"),
    Act.SILENCE_RECORDED: later("noted that the platform has not answered"),
    Act.STEP_PUT_OFF: later("put the next step off"),
    Act.CHECK_RECORDED: later("looked again"),
    Act.REFERRAL_CLOSED: later("closed it"),
    Act.REFERRAL_WITHDRAWN: later("withdrew it"),
    Act.REFERRAL_REOPENED: later("reopened it"),
    Act.REFERRAL_HANDED_OVER: later("handed it over"),
    Act.NOTE_WRITTEN: later("wrote a note to colleagues"),
    Act.CAPTURE_TAKEN: later("kept a capture of the content"),
    Act.CAPTURE_TIMESTAMPED: later("had a capture timestamped by an authority outside"),
    Act.CAPTURE_CONSULTED: later("opened a capture of the content"),
    Act.CAPTURE_STOPPED: later("stopped a capture as illegal imagery: nobody opens it any more"),
    Act.EXPORT_ASKED: later("asked to export the referral"),
    Act.EXPORT_ALLOWED: later("approved an export of the referral"),
    Act.EXPORT_REFUSED: later("refused an export of the referral"),
    Act.EXPORT_TAKEN: later("took an export of the referral out, sealed for its recipient"),
    Act.CAPTURE_HANDED_OVER: later("handed a stopped capture over, sealed for the police"),
    Act.ABSENCE_SET: later("entered an absence"),
    Act.ABSENCE_ENDED: later("ended an absence"),
    Act.REFERRAL_CONSULTED: later("looked at it"),
    Act.LIST_CONSULTED: later("looked at a list of referrals"),
    Act.CONSULTATIONS_REPEATED: later("looked again within ten minutes"),
    Act.ATTEMPT_REFUSED: later("was refused"),
    Act.ATTEMPTS_REPEATED: later("tried again within ten minutes, and was refused"),
    Act.LOG_CONSULTED: later("read the log about it"),
    Act.LOG_EXPORTED: later("took the log away as a bundle"),
    Act.KEY_ROTATED: later("began to sign the log with a new key"),
    Act.LOG_BEGUN: later("began a new log, which continues one that could not go on"),
    Act.SCHEDULE_PROPOSED: later("proposed new figures of the retention schedule"),
    Act.SCHEDULE_APPROVED: later("approved new figures of the retention schedule"),
    Act.RECORD_DATED: later("gave it its days of review and disposal"),
    Act.RECORD_RESTRICTED: later("closed it, as nobody had reviewed it in time"),
    Act.REVIEW_RECORDED: later("reviewed whether it is kept"),
    Act.REVIEW_CONFIRMED: later("confirmed that it is kept"),
    Act.REVIEW_DECLINED: later("declined what a review had proposed"),
    Act.HOLD_PLACED: later("placed a hold on it"),
    Act.HOLD_END_ASKED: later("asked for a hold on it to end"),
    Act.HOLD_ENDED: later("ended a hold on it"),
    Act.CONTENT_DISPOSED: later("disposed of its content"),
    Act.RECORD_DISPOSED: later("disposed of it"),
    Act.FOI_RECEIVED: later("asked the desk for information"),
    Act.FOI_LOGGED: later("logged a request for information"),
    Act.FOI_CONSULTED: later("looked at a request for information"),
    Act.FOI_REQUESTER_CONSULTED: later("looked at who asked for information"),
    Act.FOI_REQUESTER_CORRECTED: later("corrected how who asked for information is reached"),
    Act.FOI_STEP_TAKEN: later("entered a step of a request for information"),
    Act.FOI_ESTIMATED: later("estimated what answering a request would cost"),
    Act.FOI_RECORD_HELD: later("held a record that a request for information is about"),
    Act.FOI_PART_WRITTEN: later("wrote down a part of a request for information"),
    Act.FOI_PART_ANSWERED: later("answered a part of a request for information"),
    Act.FOI_PART_CONFIRMED: later("confirmed what is not given of a request for information"),
    Act.FOI_PART_CHANGED: later("changed a part of a request for information"),
    Act.FOI_PART_REMOVED: later("removed a part of a request for information"),
    Act.FOI_PART_DECLINED: later("declined what was not to be given of a request"),
    Act.FOI_REPLY_PROPOSED: later("wrote a reply to a request for information"),
    Act.FOI_REPLY_APPROVED: later("approved a reply to a request for information"),
    Act.FOI_REPLY_CORRECTED: later(
        "approved and published a correction of a reply to a request for information"
    ),
    Act.FOI_REPLY_RETURNED: later("gave a reply to a request for information back"),
    Act.FOI_LETTER_SENT: later("sent a letter about a request for information"),
    Act.FOI_LETTER_FAILED: later("could not send a letter about a request for information"),
    Act.FOI_FORGOTTEN: later("erased a request for information after its time"),
    Act.FOI_REQUESTER_FORGOTTEN: later("erased who had asked for information"),
    Act.FOI_DISCLOSURES_FORGOTTEN: later("took old replies out of the disclosure log"),
    Act.IMPORT_BROUGHT: later("brought a file of an old system into quarantine"),
    Act.IMPORT_CONFIRMED: later("said what the columns of an old system’s file mean"),
    Act.IMPORT_CONSULTED: later("looked at what an old system says"),
    Act.IMPORT_PASSED: later("passed a record of an old system"),
    Act.IMPORT_REJECTED: later("rejected a record of an old system and destroyed its words"),
    Act.IMPORT_PERSON_SETTLED: later("destroyed what an old system says of a person"),
    Act.IMPORT_ERASED: later("erased what was left of an old system after its 90 days"),
    Act.PERSON_PROPOSED: later("proposed a person for the record"),
    Act.PERSON_AUTHORISED: later("authorised a person’s record"),
    Act.PERSON_REFUSED: later("refused a person’s record, and what was proposed was destroyed"),
    Act.PERSON_CONSULTED: later("looked at a person’s record"),
    Act.STATEMENT_ADDED: later("added a statement about a person"),
    Act.STATEMENT_VERIFIED: later("verified a statement about a person again"),
    Act.ROLE_CHANGE_ASKED: later("asked that a person’s role be changed"),
    Act.ROLE_CHANGED: later("authorised another role of a person"),
    Act.ROLE_CHANGE_REFUSED: later("refused another role of a person"),
    Act.ACCURACY_CONTESTED: later("said that something about a person may be wrong"),
    Act.ACCURACY_CONFIRMED: later("confirmed what was contested about a person"),
    Act.PERSON_CORRECTED: later("corrected a person’s record"),
    Act.PERSON_RESTRICTED: later("restricted a person’s record"),
    Act.LIFTING_ASKED: later("asked to lift the restriction of a person’s record"),
    Act.RESTRICTION_LIFTED: later("lifted the restriction of a person’s record"),
    Act.LIFTING_REFUSED: later("kept a person’s record restricted"),
    Act.PURPOSE_ASKED: later("asked to use a person’s record for another purpose"),
    Act.PURPOSE_ALLOWED: later("allowed another purpose for a person’s record"),
    Act.PURPOSE_REFUSED: later("refused another purpose for a person’s record"),
    Act.AGREEMENT_PROPOSED: later("proposed an agreement"),
    Act.AGREEMENT_SIGNED: later("signed an agreement"),
    Act.AGREEMENT_ENDED: later("ended an agreement"),
    Act.KIND_ASKED: later("asked to open a closed kind of recipient"),
    Act.KIND_OPENED: later("opened a closed kind of recipient"),
    Act.KIND_CLOSED: later("closed a kind of recipient"),
    Act.PACKAGE_BUILT: later("built a package"),
    Act.PACKAGE_PROPOSED: later("asked for a package to be approved"),
    Act.PACKAGE_APPROVED: later("approved a package"),
    Act.PACKAGE_REFUSED: later("refused a package"),
    Act.PACKAGE_DROPPED: later("dropped a package"),
    Act.PACKAGE_DISCLOSED: later("handed a package over"),
    Act.PACKAGE_RECALLED: later("recalled a package that was wrong"),
    Act.DISCLOSURES_FORGOTTEN: later("forgot what was shared long ago"),
    Act.SUPERSEDED_FORGOTTEN: later("forgot what was replaced long ago"),
    Act.RECALL_ASKED: later("asked for a recall to be sent"),
    Act.RECALL_SENT: later("sent a recall"),
    Act.RECALL_FAILED: later("could not send a recall"),
    Act.RECALL_ACKNOWLEDGED: later("recorded that a recall was acknowledged"),
    Act.ORIGINATOR_TOLD: later("told the body that wrong data came from"),
    Act.REPORT_RECEIVED: later("reported content at the public door"),
    Act.REPORT_SIGNPOSTED: later("was sent from the public door to who deals with it"),
    Act.REPORT_OPENED: later("opened a report from the public"),
    Act.REPORT_CONSULTED: later("looked at a report from the public"),
    Act.REPORT_LOGGED: later("logged a report from the public and destroyed its words"),
    Act.REPORT_JOINED: later(
        "joined a report from the public to a referral and destroyed its words"
    ),
    Act.REPORT_SET_ASIDE: later("set a report from the public aside and destroyed its words"),
    Act.REPORT_LAPSED: later("erased a report from the public that nobody had settled in time"),
    Act.REPORT_TAKEN_UP: later("took up a report from the public about it"),
    Act.REPORTS_FORGOTTEN: later("forgot reports from the public of more than 6 months ago"),
    Act.REPORTER_TOLD: later("told a reporter what became of the report"),
    Act.REPORTER_NOT_TOLD: later("could not tell a reporter what became of the report"),
    Act.REPORTER_FORGOTTEN: later("erased how a reporter is reached"),
    Act.WITHDRAWAL_OWED: later("noted that the platform is to be told that it is withdrawn"),
    Act.POSTER_ASKED: later("asked at the public door whether content was ours"),
    Act.POSTERS_ANSWERED: later("answered those who had asked whether content was ours"),
    Act.POSTERS_FORGOTTEN: later("forgot questions whether content was ours, after 6 months"),
    Act.TELLING_WITHHELD: later("kept it from posters on a ground in law"),
    Act.TELLING_RESUMED: later("ended that it is kept from posters"),
    Act.CHALLENGE_MADE: later("challenged it at the public door"),
    Act.CHALLENGE_SETTLED: later("settled a challenge to it"),
    Act.RIGHTS_ASKED: later("took a request about data"),
    Act.RIGHTS_CONSULTED: later("looked at a request about data"),
    Act.RIGHTS_MOVED: later("entered what happened to a request about data"),
    Act.RIGHTS_WITHDRAWN: later("recorded that a request about data was withdrawn"),
    Act.RIGHTS_SOUGHT: later("searched for whoever asked about their data"),
    Act.RIGHTS_FOUND: later("said whether a record is of whoever asked about their data"),
    Act.RIGHTS_MARKED: later("held a piece of a record back from whoever asked"),
    Act.RIGHTS_UNMARKED: later("gave a piece of a record to whoever asked after all"),
    Act.RIGHTS_REVIEWED: later("looked again at what was held back from whoever asked"),
    Act.RIGHTS_REVIEW_CONFIRMED: later("confirmed a review of what was held back"),
    Act.RIGHTS_REVIEW_RETURNED: later("returned a review of what was held back"),
    Act.RIGHTS_LETTER_WRITTEN: later("wrote a letter about a request about data"),
    Act.RIGHTS_LETTER_APPROVED: later("approved a letter about a request about data"),
    Act.RIGHTS_LETTER_RETURNED: later("gave a letter about a request about data back"),
    Act.RIGHTS_LETTER_ASKED: later("asked for a letter about a request about data to be sent"),
    Act.RIGHTS_LETTER_SENT: later("sent a letter about a request about data"),
    Act.RIGHTS_LETTER_FAILED: later("could not send a letter about a request about data"),
    Act.RIGHTS_UNREACHED: later("recorded that whoever asked about their data cannot be reached"),
    Act.RIGHTS_PACK_DRAWN: later("drew the pack of a request about data"),
    Act.RIGHTS_FORGOTTEN: later("erased a request about data past its last day"),
    Act.CHALLENGER_TOLD: later("told a challenger that it was settled"),
    Act.CHALLENGER_NOT_TOLD: later("could not tell a challenger that it was settled"),
    Act.CHALLENGER_FORGOTTEN: later("erased how a challenger is reached"),
    Act.DOCUMENT_WRITTEN: later("wrote a version of a document"),
    Act.DOCUMENT_ADVISED: later("advised on a document"),
    Act.ICO_ADVICE_RECORDED: later("recorded the Information Commissioner’s advice"),
    Act.DOCUMENT_APPROVED: later("put a document in force"),
    Act.TRAINING_RECORDED: later("recorded that an officer was trained"),
    Act.INSTRUCTIONS_ACCEPTED: later("accepted the instructions of the desk"),
    Act.ERRATUM_WRITTEN: later("wrote a correction of a document"),
    Act.ERRATUM_PUBLISHED: later("published a correction of a document"),
    Act.SCRUTINY_RECORDED: later("recorded scrutiny from outside"),
    Act.SCRUTINY_TOLD: later("recorded what came of scrutiny from outside"),
    Act.SCRUTINY_NONE: later("recorded that there was no scrutiny of a kind"),
    Act.BREACH_OPENED: later("recorded a breach of personal data"),
    Act.BREACH_NOTED: later("added to the record of a breach"),
    Act.BREACH_TOLD: later("told the Information Commissioner of a breach"),
    Act.BREACH_NOT_TOLD: later("recorded why the Commissioner is not told of a breach"),
    Act.BREACH_SETTLED: later("settled whether people are told of a breach"),
    Act.BREACH_PEOPLE_TOLD: later("told people of a breach"),
    Act.BREACH_CLOSED: later("closed a breach"),
    Act.BREACH_FORGOTTEN: later("erased what was said of a breach long ago"),
    Act.EQUALITY_FORGOTTEN: later("erased counts of the equality tally of long ago"),
    Act.YEARLY_PREPARED: later("prepared a yearly report"),
    Act.YEARLY_PUBLISHED: later("published a yearly report"),
    Act.QUESTION_ANSWERED: later("answered a question with an exact figure"),
    Act.FIGURE_PUBLISHED: later("published a figure"),
    Act.CORRECTION_WRITTEN: later("wrote a correction of a published figure"),
    Act.FIGURE_CORRECTED: later("confirmed and published a correction of a figure"),
    Act.CORRECTION_DECLINED: later("declined a correction of a published figure"),
    Act.CORRECTION_WITHDRAWN: later("withdrew a correction of a published figure"),
    Act.QUARTER_SETTLED: later("settled what is published of people in a quarter"),
    Act.PERSON_SOUGHT: later("looked for a person by an exact key"),
    Act.PEOPLE_TOLD_APART: later("told two people of the same name apart"),
    Act.JOINING_PROPOSED: later("proposed to join two records"),
    Act.JOINING_REFUSED: later("refused to join two records"),
    Act.PEOPLE_JOINED: later("joined two records as one person’s"),
    Act.PEOPLE_TAKEN_APART: later("took two records apart again"),
    Act.TELLING_DECIDED: later("decided whether a person is told"),
    Act.NOT_TELLING_CONFIRMED: later("confirmed that a person is not told"),
    Act.NOT_TELLING_REFUSED: later("refused that a person is not told"),
}
ANSWERED: Mapping[str, Words] = {
    **{it.value: labels.ANSWER_KINDS[it] for it in AnswerKind},
    **{it.value: labels.OUTCOMES[it] for it in Outcome},
}
OUTCOMES: Mapping[Act, Mapping[str, Words]] = {
    Act.REFERRAL_LOGGED: {WHOLE_ACCOUNT: later("a whole account is meant")},
    Act.REFERRAL_TRIAGED: {
        TriageOutcome.PROCEED: later("it is to be assessed"),
        TriageOutcome.NOT_FOR_US: later("it is not for this desk"),
        TriageOutcome.DUPLICATE: later("it is a duplicate"),
        TriageOutcome.EMERGENCY: later("a life was at risk, which came first"),
    },
    Act.NOTICE_REQUESTED: {it.value: labels.NOTICE_KINDS[it] for it in NoticeKind},
    Act.NOTICE_SENT_BY_HAND: {it.value: labels.NOTICE_KINDS[it] for it in NoticeKind},
    Act.NOTICE_ACCEPTED: {
        **{it.value: labels.NOTICE_KINDS[it] for it in NoticeKind},
        unwitnessed(NoticeKind.REFERRAL): later("Referral, before witnesses had cosigned the log"),
        unwitnessed(NoticeKind.CHASE): later("Reminder, before witnesses had cosigned the log"),
        unwitnessed(NoticeKind.WITHDRAWAL): later(
            "Withdrawal, before witnesses had cosigned the log"
        ),
    },
    Act.PROOF_SENT: {it.value: labels.NOTICE_KINDS[it] for it in NoticeKind},
    Act.ANSWER_RECORDED: ANSWERED,
    Act.ANSWER_GIVEN: ANSWERED,
    Act.MAIL_KEPT: {it.value: labels.MAIL_KINDS[it] for it in MailKind},
    Act.MAIL_ATTACHED: {it.value: labels.MAIL_KINDS[it] for it in MailKind},
    Act.MAIL_READ: {it.value: labels.MAIL_KINDS[it] for it in MailKind},
    Act.CHECK_RECORDED: {it.value: labels.SEEN[it] for it in Seen},
    Act.CHALLENGE_SETTLED: {
        ChallengeStanding.UPHELD: later("upheld"),
        ChallengeStanding.UPHELD_IN_PART: later("upheld in part"),
        ChallengeStanding.REJECTED: later("rejected"),
    },
}


@dataclass(frozen=True, slots=True)
class Told:
    """An entry as the page tells it."""

    number: int
    name: str
    sentence: str
    when: str
    small: str


def told(lines: Sequence[EntryLine]) -> list[Told]:
    """Tell the entries: who did what with which outcome, when, and what the log holds of it."""
    following = [*lines[1:], None]
    return [
        Told(line.number, line.name, _sentence(line, after), times.moment(line.at), _small(line))
        for line, after in zip(lines, following, strict=True)
    ]


def _sentence(line: EntryLine, after: EntryLine | None) -> str:
    who = _who(line)
    if _went_straight_on(line, after):
        return _("%(who)s went straight on to assess it, which triages it") % {"who": who}
    did = _("%(who)s %(did)s") % {"who": who, "did": SENTENCES[line.act]}
    outcome = _outcome(line)
    return f"{did}: {outcome}" if outcome else did


def _went_straight_on(line: EntryLine, after: EntryLine | None) -> bool:
    """Say whether it was triaged only by beginning to assess it, at the same moment."""
    begun = after is not None and after.act is Act.ASSESSMENT_STARTED and after.at == line.at
    return line.act is Act.REFERRAL_TRIAGED and begun


def _who(line: EntryLine) -> str:
    if line.role is None:
        return line.who
    return _("%(name)s, %(role)s,") % {"name": line.who, "role": labels.ROLES[Role(line.role)]}


def _outcome(line: EntryLine) -> str:
    match line.act:
        case Act.ASSESSMENT_SUBMITTED:
            return labels.harm_name(line.outcome.upper() if line.outcome else None)
        case Act.NOTICE_FAILED | Act.PROOF_FAILED:
            return str(labels.failure(line.outcome or ""))
        case _:
            known = OUTCOMES.get(line.act, {})
            return str(known.get(line.outcome or "", ""))


def _small(line: EntryLine) -> str:
    parts = [
        _("Entry %(entry)s of the log") % {"entry": line.name},
        ngettext("%(count)d row changed", "%(count)d rows changed", line.rows_changed)
        % {"count": line.rows_changed},
    ]
    if line.version:
        parts.append(_("version %(version)d") % {"version": line.version})
    if line.words_committed:
        parts.append(_("with a reason in their own words"))
    return " · ".join(parts)
