"""What happened to a referral, step by step: assessments, decisions, messages, answers, checks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from evenhand.queries.notes import NoteMade
from evenhand.queries.referral import (
    AnswerReceived,
    AssessmentMade,
    NoticeSent,
    ReferralInFull,
)
from evenhand.rules.assessments import KINDS, Assessment, Kind
from evenhand.rules.notices import Transport
from evenhand.rules.officers import WORKER
from evenhand.web import labels, times
from evenhand.web.components import Params
from evenhand.web.sheets import row, tag_row, visible, words_row
from evenhand.web.words import Words


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that happened: who and when, what is safe to see, and what may distress."""

    title: str
    rows: Params
    hidden: Sequence[tuple[Words, Params]] = ()
    words: str = ""


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
}


def assessments(referral: ReferralInFull) -> list[Part]:
    """Show the assessments, the newest first, facts and assessments told apart."""
    return [_assessment(it) for it in reversed(referral.assessments)]


def decisions(referral: ReferralInFull) -> list[Part]:
    """Show what second officers decided."""
    return [
        Part(
            headline(str(labels.DECISIONS[it.decision]), it.by, it.at),
            {"rows": list(_reason(it.reason))},
        )
        for it in referral.decisions
    ]


def notices(referral: ReferralInFull) -> list[Part]:
    """Show what was sent, what became of it, and the exact message with its digest."""
    return [_notice(it) for it in referral.notices]


def answers(referral: ReferralInFull) -> list[Part]:
    """Show what the platform answered, in its words."""
    return [
        Part(
            headline(str(labels.ANSWER_KINDS[it.kind]), it.by, it.at),
            {"rows": list(_answer_rows(it))},
        )
        for it in referral.answers
    ]


def checks(referral: ReferralInFull) -> list[Part]:
    """Show what people saw when they looked again."""
    return [
        Part(
            headline(_("Looked again"), it.by, it.at),
            {"rows": [row(_("Seen"), labels.SEEN[it.seen])]},
        )
        for it in referral.checks
    ]


def moves(referral: ReferralInFull) -> list[Part]:
    """Show the moves that were made for a reason."""
    return [
        Part(
            headline(str(MOVES.get(it.move, it.move)), it.by, it.at),
            {"rows": list(_reason(it.reason, needed=it.move != "triage_proceed"))},
        )
        for it in referral.moves
    ]


def snoozes(referral: ReferralInFull) -> list[Part]:
    """Show how often and why a next step was put off."""
    return [
        Part(
            headline(_("Put off until %(day)s") % {"day": times.day(it.until)}, it.by, it.at),
            {"rows": [words_row(_("Reason"), it.reason)]},
        )
        for it in referral.waiting.snoozes
    ]


def _reason(reason: str | None, *, needed: bool = True) -> Iterator[Params]:
    """Show a reason to whoever may read it; going straight on to assess needs none."""
    if reason or (needed and reason is not None):
        yield words_row(_("Reason"), reason)
    elif reason is not None:
        yield row(_("Reason"), _("None needed: it went straight on to be assessed"))


def notes(referral: ReferralInFull) -> list[Part]:
    """Show notes, oldest first, with whom they mention."""
    return [_note(it) for it in referral.notes]


def handovers(referral: ReferralInFull) -> list[Part]:
    """Show whose work the referral was, and why it changed hands."""
    return [
        Part(
            headline(_("Handed over"), it.by or WORKER.name, it.at),
            {
                "rows": [
                    row(_("From"), it.earlier_owner),
                    row(_("To"), it.new_owner),
                    words_row(_("Reason"), it.reason),
                ]
            },
        )
        for it in referral.handovers
    ]


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
    if sent.settled_at:
        rows.append(row(_("Since"), times.moment(sent.settled_at)))
    if sent.witness:
        rows.append(row(_("Watched by"), _watched(sent)))
        rows.append(words_row(_("Reference that their form gave"), sent.their_reference))
    if sent.failure:
        rows.append(row(_("Why not"), labels.failure(sent.failure)))
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


def _answer_rows(given: AnswerReceived) -> Iterator[Params]:
    if given.outcome:
        yield row(_("Outcome"), labels.OUTCOMES[given.outcome])
    if given.their_reference:
        yield words_row(_("Their reference"), given.their_reference)
    if given.ground_relied_on:
        yield words_row(_("Ground they rely on"), given.ground_relied_on)
    if isinstance(given.statement_of_reasons, Mapping):
        for name, text in given.statement_of_reasons.items():
            yield words_row(labels.statement_part(str(name)), str(text))


def headline(what: str, by: str, at: datetime) -> str:
    """Head what happened: what, by whom and when."""
    return _("%(what)s, by %(name)s on %(moment)s") % {
        "what": what,
        "name": by,
        "moment": times.moment(at),
    }
