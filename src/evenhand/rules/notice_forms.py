"""The forms that one assessment takes as a notice: which may be sent, and what each leaves out."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple

from evenhand.rules.assessments import Ground
from evenhand.rules.harms import Harm, XarfType
from evenhand.rules.messages import BONA_FIDE, Message, NoticeFacts
from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.words import words

WEAPONS_HARM = "W1"
WEAPONS_TIME = timedelta(hours=48)
"""How long a provider has from the moment that a content removal notice was given."""


class NoticeForm(StrEnum):
    """A form of notice by e-mail. Each is one file in ``transports``."""

    PLAIN = "plain"
    ARTICLE_16 = "article_16"
    WEAPONS = "weapons"
    XARF = "xarf"


FILES = (NoticeForm.ARTICLE_16, NoticeForm.XARF)
"""Forms with a file for a program: only a platform that takes such files gets them."""


class ReportKind(StrEnum):
    """What a XARF report says that it is about: its type, and the one detail that the type asks."""

    PHISHING = "phishing"
    FRAUD_INVESTMENT = "fraud:investment"
    FRAUD_ROMANCE = "fraud:romance"
    FRAUD_TECH_SUPPORT = "fraud:tech_support"
    FRAUD_LOTTERY = "fraud:lottery"
    FRAUD_ADVANCE_FEE = "fraud:advance_fee"
    FRAUD_CRYPTOCURRENCY = "fraud:cryptocurrency"
    FRAUD_SHOPPING = "fraud:shopping"
    FRAUD_CHARITY = "fraud:charity"
    FRAUD_EMPLOYMENT = "fraud:employment"
    FRAUD_GOVERNMENT = "fraud:government_impersonation"
    FRAUD_OTHER = "fraud:other"
    CSEM_GROOMING = "csem:grooming"
    CSEM_SOLICITATION = "csem:solicitation"
    CSEM_SEXTORTION = "csem:sextortion"
    CSEM_TRAFFICKING = "csem:trafficking"
    DATA_PASTE_SITE = "exposed_data:paste_site"
    DATA_FORUM_POST = "exposed_data:forum_post"
    DATA_INTENTIONAL_LEAK = "exposed_data:intentional_leak"
    DATA_OTHER = "exposed_data:other"

    @property
    def type(self) -> XarfType:
        """Give the type of report."""
        return XarfType(self.partition(":")[0])

    @property
    def detail(self) -> str:
        """Give the detail that the type asks; empty where it asks none."""
        return self.partition(":")[2]


class ChosenForm(NamedTuple):
    """The form that an officer chose; a XARF report also says what it is about."""

    form: NoticeForm = NoticeForm.PLAIN
    report_kind: ReportKind | None = None


PLAIN = ChosenForm()


class Told(StrEnum):
    """A part of what the desk knows about a referral that a notice may tell or leave out."""

    ADDRESS = "address"
    REFERENCE = "reference"
    SEEN = "seen"
    HARM = "harm"
    DSA_CODES = "dsa_codes"
    EVIDENCE = "evidence"
    LAW = "law"
    LAW_WHY = "law_why"
    POLICY = "policy"
    POLICY_VERSION = "policy_version"
    POLICY_WHY = "policy_why"
    DESK = "desk"
    CONTACT = "contact"
    GOOD_FAITH = "good_faith"
    ANSWER_LINK = "answer_link"


class FormNotAllowed(Refused):
    """A desk sends the forms of notice that its profile names: those that the law lets it send."""

    code = "E-NOTICE-01"
    clause = words("Rule of this desk: a power is used only by whoever has it")
    kind = Kind.CONFLICT


class FormDoesNotFit(Refused):
    """A form of notice is for certain harms and grounds, and for no other."""

    code = "E-NOTICE-02"
    clause = words("Crime and Policing Act 2026 s.21(5); types of XARF version 4")
    verified = False
    kind = Kind.CONFLICT


class NotForWeapons(FormDoesNotFit):
    """A content removal notice is for the unlawful marketing of weapons, and says which law."""

    clause = words("Crime and Policing Act 2026 s.21(5)")


class NotForXarf(FormDoesNotFit):
    """A XARF report is for harms that it has a type for."""

    clause = words("Types of XARF version 4")


class FormNotTaken(Refused):
    """A file goes to a platform that takes such files, as is kept of it."""

    code = "E-NOTICE-03"
    kind = Kind.CONFLICT


class ReportKindMissing(Refused):
    """A person says what a XARF report is about; it is never worked out."""

    code = "E-NOTICE-04"


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that goes with a message. ``kind`` is its media type."""

    name: str
    kind: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Rendering:
    """A notice in one form: its text, and the files that go with it."""

    message: Message
    enclosed: tuple[Enclosure, ...] = ()

    @property
    def readable(self) -> str:
        """Give all that the notice says: its text, and its files as they are."""
        files = (it.data.decode() for it in self.enclosed)
        return "\n".join([self.message.subject, self.message.body, *files])


def kinds_for(harm: Harm) -> tuple[ReportKind, ...]:
    """Give the kinds of XARF report that a harm may be reported as."""
    return tuple(it for it in ReportKind if it.type in harm.xarf)


def why_not(
    form: NoticeForm,
    facts: NoticeFacts,
    *,
    allowed: Collection[NoticeForm],
    taken: Collection[NoticeForm],
) -> Refused | None:
    """Say why a notice cannot be sent in a form; None where it can.

    ``allowed`` are the forms of the desk's profile, ``taken`` those that the platform takes. A
    content removal notice asks for nobody's leave, and every platform takes plain text.
    """
    if form not in allowed:
        return FormNotAllowed(
            words("This desk may not send a notice in this form."),
            do=words("Choose another form. The desk’s profile names those that it may send."),
            at="form",
        )
    misfit = next(_misfits(form, facts), None)
    if misfit:
        return misfit
    if form in FILES and form not in taken:
        return FormNotTaken(
            words("The platform is not known to take notices in this form."),
            do=words("Choose another form, or have the platform’s page say that it takes it."),
            at="form",
        )
    return None


def check_form(
    chosen: ChosenForm,
    facts: NoticeFacts,
    *,
    allowed: Collection[NoticeForm],
    taken: Collection[NoticeForm],
) -> None:
    """Refuse a form that may not be sent, that does not fit, or that lacks what it asks."""
    form, report_kind = chosen
    refused = why_not(form, facts, allowed=allowed, taken=taken)
    if refused:
        raise refused
    if form is NoticeForm.XARF and report_kind not in kinds_for(facts.harm):
        raise ReportKindMissing(
            words("The report does not say what it is about."),
            do=words("Choose what the report is about, from the list for this harm."),
            at="report_kind",
        )


def _misfits(form: NoticeForm, facts: NoticeFacts) -> Iterator[FormDoesNotFit]:
    if form is NoticeForm.WEAPONS:
        if facts.harm.code != WEAPONS_HARM:
            yield NotForWeapons(
                words("A content removal notice is for the unlawful marketing of weapons alone."),
                do=words("Choose another form."),
                at="form",
            )
        if facts.ground is Ground.TERMS:
            yield NotForWeapons(
                words("A content removal notice says which law the content breaks."),
                do=words("Choose another form, or assess the content against the law."),
                at="form",
            )
    if form is NoticeForm.XARF and not kinds_for(facts.harm):
        yield NotForXarf(
            words("XARF has no type of report for this harm."),
            do=words("Choose another form."),
            at="form",
        )


def left_out(facts: NoticeFacts, said: str) -> tuple[Told, ...]:
    """Say which parts of a notice do not stand in what a form says, wherever they might stand."""
    return tuple(part for part, text in _parts(facts).items() if text and text not in said)


def _parts(facts: NoticeFacts) -> Mapping[Told, str]:
    return {
        Told.ADDRESS: facts.url,
        Told.REFERENCE: facts.reference,
        Told.SEEN: facts.observed,
        Told.HARM: facts.harm.title,
        Told.DSA_CODES: facts.harm.dsa_category,
        Told.EVIDENCE: facts.evidence,
        Told.LAW: facts.provision,
        Told.LAW_WHY: facts.provision_why,
        Told.POLICY: facts.policy_clause,
        Told.POLICY_VERSION: facts.policy_version,
        Told.POLICY_WHY: facts.policy_why,
        Told.DESK: facts.desk,
        Told.CONTACT: facts.contact,
        Told.GOOD_FAITH: BONA_FIDE,
        Told.ANSWER_LINK: facts.answer_at,
    }
