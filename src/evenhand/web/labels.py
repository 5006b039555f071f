"""What the codes of the rules are called on the pages, the same in every room."""

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from evenhand.queries.platforms import lawbook
from evenhand.rules.answers import DSA, AnswerKind, Outcome, PlatformStatus, Seen, WhyDeclined
from evenhand.rules.assessments import Child, Expression, Ground, ReportedTo
from evenhand.rules.clocks import NextStep
from evenhand.rules.gate import Proof
from evenhand.rules.holds import HoldKind
from evenhand.rules.intake import ContentType
from evenhand.rules.lawbook import Fill
from evenhand.rules.mail import MailKind
from evenhand.rules.notice_forms import NoticeForm, ReportKind, Told
from evenhand.rules.notices import Delivery, NoticeKind, Transport
from evenhand.rules.officers import ROLE_NAMES, Permission, Role
from evenhand.rules.oversight import LogPurpose
from evenhand.rules.own_errors import OwnError
from evenhand.rules.referrals import Decision, State, TriageOutcome
from evenhand.rules.triage import EmergencyStep
from evenhand.web import counted_labels
from evenhand.web.components import Params, render
from evenhand.web.words import Words


class Tag(NamedTuple):
    """A short word on a colour; the colour never says anything that the word does not."""

    text: Words
    colour: str = ""

    @property
    def params(self) -> Params:
        """Give it as the GOV.UK component takes it."""
        return {"text": self.text, "classes": f"govuk-tag--{self.colour}" if self.colour else ""}

    @property
    def status(self) -> Params:
        """Give it as the status of a task: drawn once, where a list would draw it for each."""
        return {"html": render("tag", self.params)}


HOLDS: Mapping[HoldKind, Words] = {
    HoldKind.EVIDENCE: later("Needed as evidence"),
    HoldKind.RIGHTS: later("A person asks for, or disputes, what is held of them"),
    HoldKind.FOI: later("A request for information"),
}
STATES: Mapping[State, Tag] = {
    State.LOGGED: Tag(later("Logged"), "blue"),
    State.TRIAGED: Tag(later("Triaged"), "blue"),
    State.ASSESSING: Tag(later("Being assessed"), "blue"),
    State.AWAITING_APPROVAL: Tag(later("Waiting for approval"), "yellow"),
    State.RETURNED: Tag(later("Returned"), "orange"),
    State.APPROVED: Tag(later("Approved"), "teal"),
    State.SENT: Tag(later("Sent"), "teal"),
    State.UNDELIVERABLE: Tag(later("Could not be delivered"), "red"),
    State.ACKNOWLEDGED: Tag(later("Acknowledged"), "teal"),
    State.DECIDED: Tag(later("Decided by the platform"), "yellow"),
    State.CHECKED: Tag(later("Checked"), "purple"),
    State.NO_RESPONSE: Tag(later("No response"), "orange"),
    State.CLOSED: Tag(later("Closed"), "grey"),
    State.NOT_FOR_US: Tag(later("Not for us"), "grey"),
    State.DUPLICATE: Tag(later("Duplicate"), "grey"),
    State.NOT_REFERRED: Tag(later("Not referred"), "grey"),
    State.STATUTORY_ROUTE: Tag(later("Statutory route"), "grey"),
    State.WITHDRAWN: Tag(later("Withdrawn"), "grey"),
    State.REOPENED: Tag(later("Reopened"), "orange"),
    State.UNDER_CHALLENGE: Tag(later("Under challenge"), "yellow"),
}
PLATFORM_STATUSES: Mapping[PlatformStatus, Tag] = {
    status: Tag(counted_labels.STATUSES[status], colour)
    for status, colour in {
        PlatformStatus.NONE_YET: "grey",
        PlatformStatus.ACKNOWLEDGED: "blue",
        PlatformStatus.RESTRICTED_IN_FULL: "green",
        PlatformStatus.RESTRICTED_IN_PART: "green",
        PlatformStatus.DECLINED: "orange",
        PlatformStatus.ALREADY_GONE: "grey",
        PlatformStatus.GONE_REASON_UNKNOWN: "grey",
        PlatformStatus.REFERRED_ELSEWHERE: "grey",
        PlatformStatus.REINSTATED: "orange",
        PlatformStatus.NO_RESPONSE: "orange",
    }.items()
}
DELIVERIES: Mapping[Delivery, Tag] = {
    Delivery.QUEUED: Tag(later("Being sent"), "blue"),
    Delivery.ACCEPTED: Tag(later("Accepted by their mail server"), "green"),
    Delivery.FAILED: Tag(later("Not delivered"), "red"),
}
EMERGENCY = Tag(later("Emergency"), "red")
EMERGENCY_STEPS: Mapping[EmergencyStep, Words] = {
    EmergencyStep.CONTROL_ROOM: later("The force control room was told"),
    EmergencyStep.CALLED_999: later("999 was rung"),
    EmergencyStep.PLATFORM_DISCLOSURE: later("The platform was asked for emergency disclosure"),
    EmergencyStep.OTHER_FORCE: later("Another force was told"),
    EmergencyStep.SAFEGUARDING: later("A safeguarding body was told"),
    EmergencyStep.NO_LIFE_AT_RISK: later("It was found that no life is at risk"),
}
NEXT_STEPS: Mapping[NextStep, Words] = {
    NextStep.TRIAGE: later("Triage"),
    NextStep.ASSESS: later("Assess"),
    NextStep.DECIDE: later("Decide"),
    NextStep.SEND: later("Send"),
    NextStep.CHASE: later("Remind the platform"),
    NextStep.CHECK: later("Look again"),
    NextStep.CLOSE: later("Close"),
}
OVERDUE: Mapping[NextStep, Words] = {
    NextStep.TRIAGE: later("To triage"),
    NextStep.ASSESS: later("To assess"),
    NextStep.DECIDE: later("To decide"),
    NextStep.SEND: later("To send"),
    NextStep.CHASE: later("To remind the platform of"),
    NextStep.CHECK: later("To look at again"),
    NextStep.CLOSE: later("To close"),
}
TRIAGE_OUTCOMES: Mapping[TriageOutcome, Words] = {
    TriageOutcome.PROCEED: later("Assess it"),
    TriageOutcome.NOT_FOR_US: later("It is not for us"),
    TriageOutcome.DUPLICATE: later("It is a duplicate"),
    TriageOutcome.EMERGENCY: later("Emergency: a life is at risk"),
}
DECISIONS: Mapping[Decision, Words] = {
    Decision.APPROVE: later("Approved"),
    Decision.RETURN: later("Returned for more work"),
    Decision.REFUSE: later("Refused"),
}
ANSWER_KINDS: Mapping[AnswerKind, Words] = {
    AnswerKind.ACKNOWLEDGED: later("Acknowledgement"),
    AnswerKind.DECIDED: later("Decision"),
}
OUTCOMES: Mapping[Outcome, Words] = {
    Outcome.RESTRICTED_IN_FULL: later("Restricted in full"),
    Outcome.RESTRICTED_IN_PART: later("Restricted in part"),
    Outcome.DECLINED: later("Declined: it stays up"),
    Outcome.ALREADY_GONE: later("Already gone before they looked"),
    Outcome.GONE_REASON_UNKNOWN: later("Gone, and nobody knows why"),
    Outcome.REFERRED_ELSEWHERE: later("They sent us to somebody else"),
    Outcome.REINSTATED: later("Put back after it had been restricted"),
}
SEEN: Mapping[Seen, Words] = {
    Seen.VISIBLE: later("Anyone can still see it"),
    Seen.NOT_VISIBLE: later("It cannot be seen any more"),
    Seen.AGE_GATED: later("Only after an age check"),
    Seen.GEO_LIMITED: later("Not from this country"),
}
CONTENT_TYPES: Mapping[ContentType, Words] = {
    ContentType.VIDEO: later("Video"),
    ContentType.IMAGE: later("Image"),
    ContentType.TEXT: later("Text"),
    ContentType.AUDIO: later("Audio"),
    ContentType.SYNTHETIC_MEDIA: later("Synthetic media (made or changed by a machine)"),
    ContentType.PRODUCT: later("Product or listing"),
    ContentType.APP: later("App"),
    ContentType.OTHER: later("Something else"),
}
GROUNDS: Mapping[Ground, Words] = counted_labels.GROUNDS
EXPRESSIONS: Mapping[Expression, Words] = {
    Expression.ARTISTIC: later("Artistic"),
    Expression.JOURNALISTIC: later("Journalistic"),
    Expression.POLITICAL: later("Political"),
    Expression.RELIGIOUS: later("Religious"),
}
CHILDREN: Mapping[Child, Words] = {
    Child.NO: later("No"),
    Child.LIKELY: later("Likely"),
    Child.YES: later("Yes"),
}
NOTICE_KINDS: Mapping[NoticeKind, Words] = {
    NoticeKind.REFERRAL: later("Referral"),
    NoticeKind.CHASE: later("Reminder"),
    NoticeKind.PROOF: later("Proof of an earlier message"),
    NoticeKind.WITHDRAWAL: later("Withdrawal"),
}
PROOFS: Mapping[Proof, Words] = {
    Proof.AWAITED: later("It goes with the message once witnesses have cosigned the log"),
    Proof.ENCLOSED: later("It went with the message: witnesses had cosigned the log"),
    Proof.OWED: later(
        "The message went out before witnesses had cosigned the log, and says so. The proof follows"
    ),
    Proof.FOLLOWED: later("It followed in a message of its own, once witnesses had cosigned"),
    Proof.MISSING: later("The message went out without it, and it could not be sent afterwards"),
}
NOTICE_FORMS: Mapping[NoticeForm, Words] = {
    NoticeForm.PLAIN: later("Plain text"),
    NoticeForm.ARTICLE_16: later("Notice after Article 16 of the DSA, with a file"),
    NoticeForm.WEAPONS: later("Content removal notice (Crime and Policing Act 2026 s.21)"),
    NoticeForm.XARF: later("XARF report, with a file"),
}
NOT_IN_FORCE = later(
    "Whether section 21 is in force has not been verified. Send this notice only if your lawyer has"
    " confirmed that it is, and that you are an authorised officer."
)
REPORT_KINDS: Mapping[ReportKind, Words] = {
    ReportKind.PHISHING: later("Phishing"),
    ReportKind.FRAUD_INVESTMENT: later("Fraud: investment"),
    ReportKind.FRAUD_ROMANCE: later("Fraud: romance"),
    ReportKind.FRAUD_TECH_SUPPORT: later("Fraud: false technical support"),
    ReportKind.FRAUD_LOTTERY: later("Fraud: lottery"),
    ReportKind.FRAUD_ADVANCE_FEE: later("Fraud: fee in advance"),
    ReportKind.FRAUD_CRYPTOCURRENCY: later("Fraud: cryptocurrency"),
    ReportKind.FRAUD_SHOPPING: later("Fraud: shopping"),
    ReportKind.FRAUD_CHARITY: later("Fraud: charity"),
    ReportKind.FRAUD_EMPLOYMENT: later("Fraud: employment"),
    ReportKind.FRAUD_GOVERNMENT: later("Fraud: somebody posing as an authority"),
    ReportKind.FRAUD_OTHER: later("Fraud: another kind"),
    ReportKind.CSEM_GROOMING: later("Sexual exploitation of a child: grooming"),
    ReportKind.CSEM_SOLICITATION: later("Sexual exploitation of a child: solicitation"),
    ReportKind.CSEM_SEXTORTION: later("Sexual exploitation of a child: sextortion"),
    ReportKind.CSEM_TRAFFICKING: later("Sexual exploitation of a child: trafficking"),
    ReportKind.DATA_PASTE_SITE: later("Set of personal data: on a paste site"),
    ReportKind.DATA_FORUM_POST: later("Set of personal data: in a forum or post"),
    ReportKind.DATA_INTENTIONAL_LEAK: later("Set of personal data: leaked on purpose"),
    ReportKind.DATA_OTHER: later("Set of personal data: exposed in another way"),
}
TOLD: Mapping[Told, Words] = {
    Told.ADDRESS: later("The address of the content"),
    Told.REFERENCE: later("The desk’s reference"),
    Told.SEEN: later("When it was seen"),
    Told.HARM: later("The harm"),
    Told.DSA_CODES: later("The codes of the DSA Transparency Database"),
    Told.EVIDENCE: later("What in the content shows it"),
    Told.LAW: later("The law"),
    Told.LAW_WHY: later("Why the content breaks the law"),
    Told.POLICY: later("The clause of the policy"),
    Told.POLICY_VERSION: later("The version of the policy"),
    Told.POLICY_WHY: later("Why the content breaks the policy"),
    Told.DESK: later("The name of this desk"),
    Told.CONTACT: later("The desk’s e-mail address"),
    Told.GOOD_FAITH: later("The declaration of good faith"),
    Told.ANSWER_LINK: later("The link at which the platform can answer"),
}
WHY_DECLINED: Mapping[WhyDeclined, Words] = {
    WhyDeclined.WRONG: later("They find that it breaks neither the law nor their terms"),
    WhyDeclined.IMPRECISE: later("Our notice was not precise enough, or gave too few reasons"),
    WhyDeclined.DUPLICATE: later("They had decided about it before"),
    WhyDeclined.NOT_SAID: later("They gave another reason, or none"),
}
OWN_ERRORS: Mapping[OwnError, Words] = {
    OwnError.WRONG: later("Declined as wrong"),
    OwnError.IMPRECISE: later("Declined as imprecise"),
    OwnError.DUPLICATE: later("Declined as a duplicate"),
    OwnError.ALREADY_GONE: later("Already gone"),
}
TRANSPORTS: Mapping[Transport, Words] = {
    Transport.EMAIL: later("E-mail"),
    Transport.PORTAL: later("The platform’s form, filled in by hand"),
}
FILLS: Mapping[Fill, Words] = {
    Fill.ADDRESS: later("The address of the content"),
    Fill.CONTENT_ID: later("The platform’s id of the content"),
    Fill.REFERENCE: later("Our reference"),
    Fill.HARM: later("The harm, in our words"),
    Fill.THEIR_HARM: later("The harm, as the platform’s policy names it"),
    Fill.SEEN: later("When we saw it"),
    Fill.EVIDENCE: later("What in the content shows the harm"),
    Fill.LAW: later("The law that we rely on"),
    Fill.LAW_WHY: later("Why that law applies"),
    Fill.POLICY: later("The clause of the platform’s policy"),
    Fill.POLICY_VERSION: later("The version of the policy"),
    Fill.POLICY_WHY: later("Why the content breaks the policy"),
    Fill.EXPLANATION: later("All reasons as one text; in a reminder, the reminder"),
    Fill.DESK: later("The name of this desk"),
    Fill.CONTACT: later("The desk’s e-mail address"),
    Fill.DECLARATION: later("The declaration of good faith"),
}
REPORTED_TO: Mapping[ReportedTo, Words] = {
    ReportedTo.IWF: later("the Internet Watch Foundation"),
    ReportedTo.NCA: later("the National Crime Agency"),
    ReportedTo.OTHER: later("another body named by law"),
}
STATEMENT_PARTS: Mapping[str, Words] = {
    "restriction": later("What they did, where and for how long"),
    "facts": later("The facts and circumstances they give"),
    "automated_means": later("What they say about automated means"),
    "redress": later("How their decision can be challenged"),
    DSA: later("Statement for the DSA Transparency Database"),
}
UNKNOWN_STATUS = "unknown"
NOT_READ = Tag(later("Not read"), "blue")
MAIL_KINDS: Mapping[MailKind, Words] = {
    MailKind.LETTER: later("Letter"),
    MailKind.AUTO_REPLY: later("Reply of a machine"),
    MailKind.BOUNCE: later("Came back: it could not be delivered"),
    MailKind.DELIVERY: later("Report on the delivery"),
}
MAILBOX_FAULTS: Mapping[str, Words] = {
    "unreachable": later("its server could not be reached"),
    "refused": later("its server refused what was asked"),
    "no_such_mailbox": later("there is no such mailbox"),
    "not_let_in": later("its name, password or token is refused"),
    "no_token": later("there is no token to open it with"),
    "unusable": later("its server does not say how it numbers messages"),
    "folder_unusable": later("the folder cannot be read or written to"),
    "file_unreadable": later("a file in the folder cannot be read"),
}
FAILURES: Mapping[str, Words] = {
    "came_back": later("An earlier message came back before it was sent"),
    "unreachable": later("The mail server could not be reached"),
    "withdrawn": later("The referral was withdrawn before it was sent"),
    "answered": later("The platform answered before it was sent"),
    "challenged": later("Somebody challenged the referral before it was sent"),
    "unwitnessed": later("No witnesses cosigned the log within a day"),
    "signoff": later("The sign-off of this platform ended or changed before it was sent"),
    "fault": later("This desk’s own software failed while sending it"),
    "synthetic": later("The mail server did not take it (made-up case of a demo)"),
}
ACTS: Mapping[Permission, Words] = {
    Permission.LIST_REFERRALS: later("List referrals"),
    Permission.READ_REFERRAL: later("Open a referral"),
    Permission.READ_WORDS: later("Read addresses and words"),
    Permission.READ_HISTORY: later("Read the history of a referral"),
    Permission.LOG: later("Log content"),
    Permission.TRIAGE: later("Triage"),
    Permission.ASSESS: later("Assess"),
    Permission.STATUTORY_ROUTE: later("Take the statutory route"),
    Permission.DECIDE: later("Decide"),
    Permission.SEND: later("Send to a platform"),
    Permission.CHASE: later("Remind a platform"),
    Permission.SNOOZE: later("Put a step off"),
    Permission.RECORD_ANSWER: later("Record a platform’s answer"),
    Permission.READ_MAIL: later("Read mail that came in"),
    Permission.SORT_MAIL: later("Attach mail to a referral, or set it aside"),
    Permission.CHECK: later("Look again at the content"),
    Permission.CLOSE: later("Close"),
    Permission.WITHDRAW: later("Withdraw"),
    Permission.REOPEN: later("Reopen"),
    Permission.HAND_OVER: later("Hand work over"),
    Permission.WRITE_NOTE: later("Write a note"),
    Permission.TAKE_CAPTURE: later("Keep a capture"),
    Permission.OPEN_CAPTURE: later("Open a capture"),
    Permission.STOP_CAPTURE: later("Stop a capture as illegal imagery"),
    Permission.MANAGE_ABSENCE: later("Enter a colleague’s absence"),
    Permission.READ_PLATFORMS: later("Read what the desk keeps of platforms"),
    Permission.EDIT_PLATFORM: later("Change what the desk keeps of a platform"),
    Permission.SIGN_OFF_PLATFORM: later("Sign off a platform"),
    Permission.LIST_OFFICERS: later("List officers"),
    Permission.MANAGE_OFFICERS: later("Manage officers and tokens"),
    Permission.READ_RULES: later("Read the rules"),
    Permission.OVERSEE: later("Oversee the log"),
    Permission.READ_WHO: later("Read in the log who did what"),
    Permission.LIST_KEPT: later("List what is due for review or disposal"),
    Permission.REVIEW: later("Review whether a record is kept"),
    Permission.READ_REVIEWS: later("Read reviews and holds"),
    Permission.CONFIRM_REVIEW: later("Confirm a review, and release a disposal"),
    Permission.PLACE_HOLD: later("Place a hold, and ask for its end"),
    Permission.LIFT_HOLD: later("End a hold"),
    Permission.READ_CERTIFICATES: later("Read certificates of disposal"),
    Permission.PROPOSE_SCHEDULE: later("Propose figures of the retention schedule"),
    Permission.APPROVE_SCHEDULE: later("Approve figures of the retention schedule"),
    Permission.IMPORT: later("Bring an old system over and pass its records"),
    Permission.TAKE_REPORT: later("Open and settle a report from the public"),
    Permission.SETTLE_CHALLENGE: later("Settle a challenge to a referral"),
    Permission.READ_RIGHTS: later("Read requests of people about their data"),
    Permission.HANDLE_RIGHTS: later("Work on requests of people about their data"),
    Permission.APPROVE_RIGHTS: later("Answer, as the second officer, what people are written"),
    Permission.REVIEW_ORDER: later("Review a content removal notice"),
    Permission.WITHHOLD_TELLING: later("Keep a referral from posters on a ground in law"),
    Permission.PROPOSE_PERSON: later("Propose a person or a role"),
    Permission.AUTHORISE_PERSON: later("Authorise a person or a role"),
    Permission.READ_PERSON: later("Open a person’s record"),
    Permission.READ_IDENTITY: later("Read who a person is"),
    Permission.READ_RESTRICTED: later("Read a restricted record"),
    Permission.READ_CONTACT: later("Read how a victim or witness is reached"),
    Permission.READ_REPORTER_CONTACT: later("Read how a reporter is reached"),
    Permission.ADD_STATEMENT: later("Add a statement about a person"),
    Permission.CONTEST_ACCURACY: later("Say that something about a person is wrong"),
    Permission.CORRECT_PERSON: later("Correct a person’s record"),
    Permission.RESTRICT_PERSON: later("Restrict a person’s record"),
    Permission.ASK_TO_LIFT: later("Ask to lift a restriction"),
    Permission.LIFT_RESTRICTION: later("Lift a restriction"),
    Permission.ASK_PURPOSE: later("Ask for another purpose"),
    Permission.ANSWER_PURPOSE: later("Allow another purpose"),
    Permission.READ_AGREEMENTS: later("Read agreements"),
    Permission.PROPOSE_AGREEMENT: later("Propose an agreement"),
    Permission.SIGN_AGREEMENT: later("Sign an agreement"),
    Permission.END_AGREEMENT: later("End an agreement"),
    Permission.SHARE: later("Share under an agreement"),
    Permission.APPROVE_SHARE: later("Approve a package"),
    Permission.APPROVE_CHILD_SHARE: later("Approve a package about somebody under 18"),
    Permission.READ_DISCLOSURES: later("Read what has left the desk"),
    Permission.READ_DOCUMENTS: later("Read the desk’s documents before they are in force"),
    Permission.WRITE_DOCUMENT: later("Write a document of the desk, or a correction"),
    Permission.ADVISE_DOCUMENT: later("Advise on a document of the desk"),
    Permission.APPROVE_DOCUMENT: later("Approve a document of the desk"),
    Permission.READ_TRAINING: later("Read the register of training"),
    Permission.RECORD_TRAINING: later("Record the training of an officer"),
    Permission.ACCEPT_INSTRUCTIONS: later("Accept the instructions of the desk"),
    Permission.RECORD_SCRUTINY: later("Keep the register of scrutiny from outside"),
    Permission.REPORT_BREACH: later("Record a breach of personal data"),
    Permission.READ_BREACHES: later("Read breaches of personal data"),
    Permission.KEEP_BREACHES: later("Keep the register of breaches"),
    Permission.TALLY: later("Add to the equality tally"),
    Permission.READ_DISPARITY: later("Read what stands out in the work"),
    Permission.FIND_PERSON: later("Find a person by an exact key"),
    Permission.JOIN_PEOPLE: later("Say whether two records are one person’s"),
    Permission.DECIDE_TELLING: later("Decide whether a person is told"),
    Permission.CONFIRM_NOT_TELLING: later("Confirm that a person is not told"),
    Permission.PROPOSE_OPENING: later("Propose to open a restored desk"),
    Permission.ATTEST_OPENING: later("Attest that a restored desk may open"),
    Permission.READ_FOI: later("Read requests for information"),
    Permission.ANSWER_FOI: later("Answer requests for information"),
    Permission.READ_REQUESTER: later("See who asked for information"),
    Permission.APPROVE_FOI: later("Approve, as a second officer, what is refused and each reply"),
    Permission.ASK_QUESTIONS: later("Ask a question of the library, and get its exact answer"),
    Permission.PUBLISH_FIGURES: later("Publish a figure, and propose its correction"),
    Permission.CONFIRM_CORRECTION: later("Confirm or decline the correction of a published figure"),
}
"""What each permission allows: what officers look for, and what they are refused."""
LOG_PURPOSES: Mapping[LogPurpose, Words] = {
    LogPurpose.LAWFULNESS: later("To check that processing is lawful"),
    LogPurpose.SELF_MONITORING: later("To monitor the desk itself, or for discipline"),
    LogPurpose.SECURITY: later("To keep personal data whole and secure"),
    LogPurpose.PROCEEDINGS: later("For criminal proceedings"),
}
ROLES: Mapping[Role, Words] = {role: later(name) for role, name in ROLE_NAMES.items()}


def platform_tag(status: PlatformStatus, *, sent: bool) -> Tag:
    """Say how the platform stands to it; one that was not asked has not failed to answer."""
    if status is PlatformStatus.NONE_YET and not sent:
        return Tag(_("Nothing sent"), "grey")
    return PLATFORM_STATUSES[status]


def harm_name(code: str | None) -> str:
    """Give a harm's code and title."""
    if code is None:
        return _("Not assessed yet")
    known = lawbook().harms.get(code)
    return f"{code} {_(known.title)}" if known else code


def failure(code: str) -> Words:
    """Say why a message was not delivered: a cause of ours, or the mail server's status."""
    return FAILURES.get(code) or _("The mail server answered %(code)s") % {"code": code}


def came_back(code: str) -> str:
    """Say what a mail server reported later of a message that another had taken."""
    if code == UNKNOWN_STATUS:
        return _("A mail server reports that it could not be delivered")
    return _("A mail server reports that it could not be delivered: %(code)s") % {"code": code}


def statement_part(name: str) -> Words:
    """Name a part of a statement of reasons; a part not asked for keeps its own name."""
    return STATEMENT_PARTS.get(name, name)
