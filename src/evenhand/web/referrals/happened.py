"""What happened to a referral, step by step: assessments, decisions, messages, answers, checks."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from evenhand.queries.all_steps import Made
from evenhand.queries.first_look import EmergencyRecorded
from evenhand.queries.snoozes import SnoozeMade
from evenhand.queries.steps import (
    AnswerReceived,
    AssessmentMade,
    CheckMade,
    DecisionMade,
    HandedOver,
    MailReceived,
    MoveMade,
    NoteMade,
    NoticeSent,
)
from evenhand.rules.assessments import KINDS, Assessment, Kind
from evenhand.rules.notices import Delivery, Transport
from evenhand.rules.officers import WORKER
from evenhand.web import labels, times
from evenhand.web.components import Params
from evenhand.web.referrals.part import Part
from evenhand.web.sheets import link_row, row, tag_row, visible, words_row
from evenhand.web.statements import in_words
from evenhand.web.words import Words

QUESTIONS: Mapping[str, Words] = {
    "provision": later("Law relied on"),
    "provision_why": later("Why that law applies"),
    "policy_clause": later("Clause of the platform’s terms"),
    "policy_version": later("Version or date of the terms"),
    "policy_why": later("Why the content breaks that clause"),
    "evidence_inside": later("What in the content itself shows the harm"),
    "evidence_outside": later("What outside the content is relied on"),
    "supports_opposite": later("What supports the opposite view"),
    "expression_weighing": later("The expression weighed against the harm"),
    "less_intrusive": later("Less intrusive steps considered"),
    "necessity": later("Why the request is necessary and proportionate"),
    "child_interests": later("The best interests of the child"),
}
FACTS = {Kind.FACT: later("Facts"), Kind.ASSESSMENT: later("Assessments of the officer")}
MOVES: Mapping[str, Words] = {
    "triage_proceed": later("Triaged: to be assessed"),
    "triage_not_for_us": later("Triaged: not for us"),
    "triage_duplicate": later("Triaged: a duplicate"),
    "triage_emergency": later("Triaged: emergency, a life at risk"),
    "continue": later("Logged although the desk had the same content"),
    "closed": later("Closed"),
    "withdrawn": later("Withdrawn"),
    "reopened": later("Reopened"),
    "order_asked": later("The platform asks for a review of the content removal notice"),
    "order_confirmed": later("The content removal notice confirmed after its review"),
    "order_withdrawn": later("The content removal notice withdrawn after its review"),
    "link_taken_back": later("The platform’s link taken back"),
}


def _reason(reason: str | None, *, needed: bool = True) -> Iterator[Params]:
    """Show a reason to whoever may read it; going straight on to assess needs none."""
    if reason or (needed and reason is not None):
        yield words_row(_("Reason"), reason)
    elif reason is not None:
        yield row(_("Reason"), _("None needed: it went straight on to be assessed"))


def parts(steps: Iterable[Made]) -> list[Part]:
    """Show steps, each by its kind."""
    return [DRAWN[type(it)](it) for it in steps]


def _move(made: MoveMade) -> Part:
    """Show a move that was made for a reason."""
    rows = list(_reason(made.reason, needed=made.move != "triage_proceed"))
    return Part(headline(str(MOVES.get(made.move, made.move)), made.by, made.at), {"rows": rows})


def _decision(made: DecisionMade) -> Part:
    """Show what a second officer decided."""
    title = headline(str(labels.DECISIONS[made.decision]), made.by, made.at)
    return Part(title, {"rows": list(_reason(made.reason))})


def _answer(given: AnswerReceived) -> Part:
    """Show what the platform answered, in its words."""
    by = given.by or _("the platform itself, by the link of our notice")
    title = headline(str(labels.ANSWER_KINDS[given.kind]), by, given.at)
    return Part(title, {"rows": list(_answer_rows(given))})


def _check(made: CheckMade) -> Part:
    """Show what a person saw when looking again."""
    title = headline(_("Looked again"), made.by, made.at)
    return Part(title, {"rows": [row(_("Seen"), labels.SEEN[made.seen])]})


def _snooze(made: SnoozeMade) -> Part:
    """Show until when and why a next step was put off."""
    title = headline(_("Put off until %(day)s") % {"day": times.day(made.until)}, made.by, made.at)
    return Part(title, {"rows": [words_row(_("Reason"), made.reason)]})


def _handover(made: HandedOver) -> Part:
    """Show whose work the referral was, and why it changed hands."""
    rows = [
        row(_("From"), made.earlier_owner),
        row(_("To"), made.new_owner),
        words_row(_("Reason"), made.reason),
    ]
    title = headline(_("Handed over"), made.by or WORKER.name, made.at)
    return Part(title, {"rows": rows})


def _assessment(made: AssessmentMade) -> Part:
    title = _("Assessment %(number)d") % {"number": made.number}
    rows = [row(_("Harm"), labels.harm_name(made.harm))]
    if made.answers is None:
        return Part(headline(title, made.by, made.at), {"rows": rows})
    return Part(
        headline(title, made.by, made.at),
        {"rows": [*rows, *_choices(made.answers)]},
        [(FACTS[kind], {"rows": list(_texts(made.answers, kind))}) for kind in Kind],
    )


def _choices(given: Assessment) -> Iterator[Params]:
    if given.also_harms:
        names = ", ".join(labels.harm_name(it) for it in given.also_harms)
        yield row(_("Further harms"), names)
    yield row(_("Ground"), labels.GROUNDS[given.ground])
    kinds = sorted(str(labels.EXPRESSIONS[it]) for it in given.expression)
    yield row(_("Protected expression"), ", ".join(kinds) or _("None seen"))
    yield row(_("A child shown, or likely the poster"), labels.CHILDREN[given.child])


def _texts(given: Assessment, kind: Kind) -> Iterator[Params]:
    for name, its_kind in KINDS.items():
        if its_kind is kind and getattr(given, name):
            yield words_row(QUESTIONS[name], getattr(given, name))


def _notice(sent: NoticeSent) -> Part:
    rows = [
        tag_row(_("Delivery"), _delivery(sent)),
        words_row(_("To"), sent.recipient),
        row(_("By"), labels.TRANSPORTS[sent.transport]),
    ]
    if sent.form:
        rows.append(row(_("In which form"), labels.NOTICE_FORMS[sent.form]))
    if sent.settled_at:
        rows.append(row(_("Since"), times.moment(sent.settled_at)))
    if sent.witness:
        rows.append(row(_("Watched by"), _watched(sent)))
        rows.append(words_row(_("Reference that their form gave"), sent.their_reference))
    if sent.failure:
        rows.append(row(_("Why not"), labels.failure(sent.failure)))
    if sent.came_back:
        rows.append(row(_("Came back"), labels.came_back(sent.came_back)))
    if sent.proof and sent.delivery is not Delivery.FAILED:
        rows.append(row(_("Proof that it is in the log"), labels.PROOFS[sent.proof]))
    digest = {"text": sent.sha256, "classes": "eh-address"}
    rows.append({"key": {"text": _("SHA-256 of the exact message")}, "value": digest})
    title = headline(str(labels.NOTICE_KINDS[sent.kind]), sent.by, sent.at)
    return Part(title, {"rows": rows}, words=visible(sent.message or ""))


def _delivery(sent: NoticeSent) -> labels.Tag:
    if sent.transport is Transport.PORTAL:
        return labels.Tag(_("Sent by hand"), "green")
    return labels.DELIVERIES[sent.delivery]


def _watched(sent: NoticeSent) -> str:
    if not sent.witness_initials:
        return sent.witness or ""
    shown = {"name": sent.witness, "initials": sent.witness_initials}
    return _("%(name)s, who signed with %(initials)s") % shown


def _note(note: NoteMade) -> Part:
    told = ", ".join(note.mentions) or _("Nobody was told of it: it mentions no colleague")
    rows = [words_row(_("Note"), note.text), row(_("For"), told)]
    return Part(headline(_("Note"), note.by, note.at), {"rows": rows})


def _mail(received: MailReceived) -> Part:
    title = headline(str(labels.MAIL_KINDS[received.kind]), received.by or WORKER.name, received.at)
    return Part(title, {"rows": list(_mail_rows(received))})


def _mail_rows(received: MailReceived) -> Iterator[Params]:
    """Show of a message whom it says it is from, its subject, and who has read it."""
    yield words_row(_("From"), received.sender)
    yield words_row(_("Subject"), received.subject)
    if received.reason:
        yield words_row(_("Why it is here"), received.reason)
    if received.read_by and received.read_at:
        read = {"name": received.read_by, "moment": times.moment(received.read_at)}
        yield row(_("Read"), _("by %(name)s on %(moment)s") % read)
    else:
        yield tag_row(_("Read"), labels.NOT_READ)
    yield link_row(_("Message"), _("Open the message"), reverse("mail_message", args=[received.id]))


def _answer_rows(given: AnswerReceived) -> Iterator[Params]:
    if given.outcome:
        yield row(_("Outcome"), labels.OUTCOMES[given.outcome])
    if given.why_declined:
        yield row(_("Why they will not act"), labels.WHY_DECLINED[given.why_declined])
    if given.their_reference:
        yield words_row(_("Their reference"), given.their_reference)
    if given.ground_relied_on:
        yield words_row(_("Ground they rely on"), given.ground_relied_on)
    if isinstance(given.statement_of_reasons, Mapping):
        for name, text in given.statement_of_reasons.items():
            yield words_row(labels.statement_part(str(name)), in_words(text))
    if given.mail:
        to = reverse("mail_message", args=[given.mail])
        yield link_row(_("Message that gave it"), _("Open the message"), to)


def _emergency(recorded: EmergencyRecorded) -> Part:
    done = "; ".join(str(labels.EMERGENCY_STEPS[it]) for it in recorded.done)
    rows = [
        row(_("Done"), done),
        row(_("When"), times.moment(recorded.done_at)),
        words_row(_("Who was told"), recorded.told),
    ]
    if recorded.their_reference != "":
        rows.append(words_row(_("Their reference"), recorded.their_reference))
    if recorded.words != "":
        rows.append(words_row(_("What happened"), recorded.words))
    return Part(headline(_("Recorded"), recorded.by, recorded.at), {"rows": rows})


def headline(what: str, by: str, at: datetime) -> str:
    """Head what happened: what, by whom and when."""
    return _("%(what)s, by %(name)s on %(moment)s") % {
        "what": what,
        "name": by,
        "moment": times.moment(at),
    }


DRAWN: Mapping[type[Made], Callable[[Any], Part]] = {
    MoveMade: _move,
    EmergencyRecorded: _emergency,
    AssessmentMade: _assessment,
    DecisionMade: _decision,
    NoticeSent: _notice,
    AnswerReceived: _answer,
    CheckMade: _check,
    SnoozeMade: _snooze,
    HandedOver: _handover,
    NoteMade: _note,
    MailReceived: _mail,
}
