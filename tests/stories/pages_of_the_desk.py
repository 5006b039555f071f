"""Every page of the desk, found from its addresses: which there are, and one example of each."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.test import override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from evenhand.actions import (
    breaches,
    captures,
    challenges,
    figures,
    imports,
    imports_passing,
    order_reviews,
    people,
    people_corrections,
    people_restrictions,
    people_statements,
    public_reports,
    referrals,
    rights,
    rights_letters,
    rights_reviews,
    saved_lists,
    schedules,
)
from evenhand.actions.referrals import Admitted
from evenhand.queries import groups
from evenhand.queries import imports as quarantine
from evenhand.queries.people import one as look_at
from evenhand.rules.assurance import DocumentKind
from evenhand.rules.challenges import ChallengeStanding, Settlement, Withholding
from evenhand.rules.foi import FoiStep
from evenhand.rules.notification import RestrictionGround
from evenhand.rules.officers import WORKER, Acting, Officer, Permission, may
from evenhand.rules.people import Proposal, Restriction
from evenhand.rules.people_finding import Key
from evenhand.rules.questions import By, Question
from evenhand.rules.referrals import State
from evenhand.rules.retention import Figures
from evenhand.rules.rights import Withheld
from evenhand.rules.yearly import ReportKind
from evenhand.store.combinations import CombinationRow
from evenhand.store.exports import ExportRow
from evenhand.store.figures import ErratumRow
from evenhand.store.officers import OfficerRow
from evenhand.store.originators import OriginatorNoticeRow
from evenhand.store.people import PersonLinkRow, PersonRow
from evenhand.store.platform_links import address_of
from evenhand.store.referrals import ReferralRow
from evenhand.store.retention import DisposalRow, HoldRow
from evenhand.store.schedules import ScheduleVersionRow
from evenhand.store.sharing import AgreementRow, DisclosureRow, RecallRow
from evenhand.store.yearly import YearlyReportRow
from evenhand.web.assessments.steps import Step
from evenhand.web.groups.work import SHARED_STEPS, GroupWork
from tests.actions.asking_rights import GIVEN, requested, restriction
from tests.actions.foi import answered, on_paper, replied
from tests.actions.reporting import reported
from tests.actions.reviewing_rights import LIFTED, posted, reviewed
from tests.actions.test_breaches import VICTIMS
from tests.actions.test_breaches import reported as a_breach
from tests.actions.test_figures import wrong_and_right
from tests.actions.test_imports import OLD, records
from tests.actions.test_order_reviews import given
from tests.actions.test_originators import corrected
from tests.actions.test_scrutiny import recorded
from tests.arriving import have_come
from tests.builders import ADA, ANSWERS, DEE, GUS, RIA, RON, SAM, fact, intake, proposal
from tests.captures import kept
from tests.journeys import Desk, challenged
from tests.letters import letter
from tests.mail import mail_server
from tests.web.people import logged, now

Reports = Sequence[Mapping[str, str]]
Made = dict[tuple[object, UUID], Sequence[Mapping[str, Any]]]
"""What was made as an example for an officer: opening one of its pages changes nothing of it."""
REFERENCE = "reference"
NUMBERS = count(1)
PROGRAMS = ("api/", "platform/")
# What is no page: plain text, a file, or an answer to a script.
NO_PAGES = frozenset(
    {
        "certificate_receipt",
        "figure_file",
        "figure_receipt",
        "capture_still",
        "health-live",
        "health-ready",
        "mail_file",
        "mail_whole",
        "log_checkpoint",
        "log_policy",
        "log_tile",
        "mfa_download_recovery_codes",
        "mfa_login_webauthn",
        "package_file",
        "package_proof",
        "package_receipt",
        "package_schema",
        "person_receipt",
        "platform_receipt",
        "public_catalogue",
        "public_yearly_csv",
        "public_yearly_json",
        "public_yearly_metadata",
        "receipt",
        "rights_pack",
        "rights_pack_json",
        "rights_pack_pdf",
        "rights_pack_schema",
        "schema",
        "ropa_file",
        "security_txt",
    }
)
# What never answers 200 to opening it, and what it answers.
NEVER_OPENED = {
    "account_email_verification_sent": 404,
    "account_set_password": 404,
    "account_sign_out_everywhere": 405,
    "account_sign_out_one": 405,
    "act_on_agreement": 405,
    "act_on_kind": 405,
    "act_on_package": 405,
    "approve_package": 405,
    "close_breach": 405,
    "confirm_correction": 405,
    "withdraw_correction": 405,
    "publish_figure": 405,
    "end_platform_token": 405,
    "foi_approve": 405,
    "foi_confirm": 405,
    "foi_letter": 405,
    "foi_letter_sent": 405,
    "end_sign_off": 405,
    "mail_came_back": 405,
    "mail_read": 405,
    "publish_erratum": 405,
    "accept_instructions": 405,
    "publish_yearly": 405,
    "rights_acknowledge": 405,
    "rights_give": 405,
    "put_reminder_away": 405,
    "oversight_compare": 405,
    "remove_list": 405,
    "stop_capture": 405,
    "take_export": 405,
    "send_recall": 405,
}
# Reached on the way through signing in, only with a second factor, or as the result of sending
# many at once, or where a withdrawal is owed: other tests take that way.
ON_ANOTHER_WAY = frozenset(
    {
        "batch_done",
        "group_done",
        "mfa_authenticate",
        "mfa_deactivate_totp",
        "mfa_edit_webauthn",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_remove_webauthn",
        "mfa_view_recovery_codes",
        "reminded",
        "tell_withdrawal",
        "tell_withdrawal_by_form",
    }
)
OF_ITS_OWN = {
    "order_asked": Permission.RECORD_ANSWER,
    "order_review": Permission.REVIEW_ORDER,
    "tell_again": Permission.WITHHOLD_TELLING,
}
"""Pages of a referral that stands in a way of its own, made for who may open them."""
MAIL = b"Subject: [2026-000001] Request\r\nTo: abuse@hub.example\r\n\r\nPlease look.\r\n"


@dataclass(frozen=True, slots=True)
class Address:
    """A named address and what it needs to be filled in."""

    name: str
    needs: frozenset[str]

    @property
    def is_of_a_referral(self) -> bool:
        return REFERENCE in self.needs


def addresses() -> list[Address]:
    """Find every named address outside the APIs."""
    found = {it.name: it for it in _named(get_resolver().url_patterns)}
    return sorted(found.values(), key=lambda it: it.name)


def _named(patterns: Sequence[object]) -> Iterator[Address]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver) and not str(pattern.pattern).startswith(PROGRAMS):
            yield from _named(pattern.url_patterns)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield Address(pattern.name, frozenset(pattern.pattern.converters))


def a_mail() -> str:
    """Put a mail where the demo's sink would."""
    folder = Path(settings.HOME) / "mail"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "20261122T120000-1.eml").write_bytes(MAIL)
    return "20261122T120000-1"


def a_saved_list(officer: Officer) -> str:
    """Have an officer save a list, where their roles let them; else name one that is not there."""
    if not may(officer, Permission.LIST_REFERRALS):
        return str(uuid4())
    acting = Acting(officer=officer, at=now())
    return str(saved_lists.add("My list", {"state": "logged"}, acting=acting))


def a_group(officer: Officer) -> dict[str, str]:
    """Have an officer begin to assess two of their referrals together, where their roles let them.

    Gives the group and one of its referrals.
    """
    group = uuid4()
    if not may(officer, Permission.ASSESS):
        return {"group": str(group), "member": "2026-000001"}
    references = [logged(officer), logged(officer)]
    acting = Acting(officer=officer, at=now())
    GroupWork.begin(groups.members(references, acting=acting), group, acting)
    return {"group": str(group), "member": references[0]}


def an_old_system(officer: Officer) -> dict[str, str]:
    """Have an officer bring an old system over, where their roles let them.

    Gives a file that is not confirmed, one that is, a record that waits and a passed one's person.
    """
    names = ("to_confirm", "run", "waits", "person")
    if not may(officer, Permission.IMPORT):
        return {it: str(uuid4()) for it in names}
    acting = Acting(officer=officer, at=now())
    to_confirm, run = (imports.bring(OLD, "old.xlsx", acting=acting) for _ in range(2))
    imports.confirm(run, quarantine.to_confirm(run, acting=acting).suggested, acting=acting)
    person, waits, *_ = records(run)
    address, said = f"https://site{uuid4().hex}.example/1", intake(observed_at=acting.at)
    content = Admitted(referrals.admit(address, said, acting=acting), address)
    imports_passing.pass_on(person, content, said, acting=acting)
    return {it: str(ref) for it, ref in zip(names, (to_confirm, run, waits, person), strict=True)}


def _of_an_old_system(name: str, *which: str) -> Callable[[Officer], Sequence[Mapping[str, str]]]:
    def find(officer: Officer) -> Sequence[Mapping[str, str]]:
        made = an_old_system(officer)
        return [{name: made[it]} for it in which]

    return find


def _a_challenge(officer: Officer, *, settled: bool = False) -> Reports:
    """Have a referral sent and challenged; and Gus, who had no part in it, reject that."""
    if not may(officer, Permission.SETTLE_CHALLENGE):
        return [{"challenge": str(uuid4())}]
    known = set(OfficerRow.objects.values_list("id", flat=True))
    here = Desk(now=now() - timedelta(days=30), here=known)
    made = challenged(here, here.brought_to(State.CHECKED))
    if settled:
        how = Settlement(standing=ChallengeStanding.REJECTED, reasons="So.", told="So.")
        challenges.settle(made, how, acting=here.by(GUS))
    return [{"challenge": str(made)}]


def _an_order(page: str) -> Callable[[Officer], Sequence[Mapping[str, str]]]:
    """Have a content removal notice given, and a review of it asked for."""

    def find(officer: Officer) -> Sequence[Mapping[str, str]]:
        if not may(officer, OF_ITS_OWN[page]):
            return [{"reference": "2026-000001"}]
        known = set(OfficerRow.objects.values_list("id", flat=True))
        here = Desk(now=now() - timedelta(hours=5), here=known)
        with mail_server() as server, override_settings(SMTP_URL=server.address):
            reference = given(here, f"https://site{uuid4().hex}.example/1")
        if page == "order_review":
            order_reviews.record_asked(reference, "It is a prop.", acting=here.by(ADA))
        return [{"reference": reference}]

    return find


def _withheld(officer: Officer) -> Sequence[Mapping[str, str]]:
    """Have Dee keep a referral from posters."""
    if not may(officer, Permission.WITHHOLD_TELLING):
        return [{"reference": "2026-000001"}]
    reference, dee = logged(ADA), Acting(officer=DEE, at=now())
    until = now().date() + timedelta(days=30)
    said = Withholding(ground=RestrictionGround.CRIME, reasons="So.", until=until)
    challenges.withhold(reference, said, acting=dee)
    return [{"reference": reference}]


def _a_report(*, opened: bool, settled: bool = False) -> Callable[[Officer], Reports]:
    """Have somebody report content; and Ada open it, and set it aside."""

    def find(_officer: Officer) -> Reports:
        here = Desk(now=now(), here={ADA.ref})
        report = reported(here, danger_now=not settled)
        if opened:
            public_reports.open_report(report, acting=here.by(ADA))
        if settled:
            public_reports.set_aside(report, "Private.", signpost="ofcom", acting=here.by(ADA))
        return [{"report": str(report)}]

    return find


def _a_message(_officer: Officer) -> Sequence[Mapping[str, str]]:
    """Have a message come in that waits."""
    data = letter(f"Number {next(NUMBERS)}")
    mail = have_come(data, acting=Acting(officer=WORKER, at=now()))
    return [{"mail": str(mail), "number": "0"}]


def _looked_at(person: str, officer: Officer) -> str:
    """Have the officer look at somebody, if their roles let them."""
    if may(officer, Permission.READ_PERSON):
        look_at(person, "To see the page.", acting=Acting(officer=officer, at=now()))
    return person


def _somebody() -> Proposal:
    """Give somebody whose name nobody on record has."""
    return proposal(name=f"Noor Vantage {next(NUMBERS)}")


def _a_person(officer: Officer) -> str:
    """Have Ada propose somebody."""
    person = people.propose(logged(ADA), _somebody(), acting=Acting(officer=ADA, at=now()))
    return _looked_at(person, officer)


def _a_held_person(officer: Officer) -> str:
    person = _a_person(officer)
    people.authorise(person, ANSWERS, acting=Acting(officer=SAM, at=now()))
    return person


def _a_doubted_person(officer: Officer) -> dict[str, str]:
    """Have a name and a statement of somebody contested."""
    referral = logged(ADA)
    ada = Acting(officer=ADA, at=now())
    person = people.propose(referral, _somebody(), acting=ada)
    people_statements.add(person, fact(), referral=referral, acting=ada)
    people.authorise(person, ANSWERS, acting=Acting(officer=SAM, at=now()))
    [said] = look_at(person, "To see.", acting=ada).facts
    for about in ("name", "contact", str(said.id)):
        people_corrections.contest(person, about, "It may be wrong.", acting=ada)
    _looked_at(person, officer)
    return {"person": person, "statement": str(said.id)}


def _an_originator(_officer: Officer) -> Sequence[Mapping[str, str]]:
    """Have the name of somebody put right that came from another body."""
    known = OriginatorNoticeRow.objects.values_list("id", flat=True)
    before = set(known.all())
    name = f"Noor Vantage {next(NUMBERS)}"
    here = set(OfficerRow.objects.values_list("id", flat=True))
    corrected(Desk(now=now(), here=here), name=name)
    return [{"notice": str(it)} for it in set(known.all()) - before]


def _of_a_breach(_officer: Officer) -> Reports:
    """Have Ada record a breach, and Dee settle whom it touched."""
    here = Desk(now=now(), here=set(OfficerRow.objects.values_list("id", flat=True)))
    number = a_breach(here)
    group = breaches.settle_group(number, VICTIMS, acting=Acting(officer=DEE, at=now()))
    return [{"number": str(number), "group": str(group)}]


def _of_scrutiny(_officer: Officer) -> Reports:
    """Have somebody outside look at the desk."""
    here = set(OfficerRow.objects.values_list("id", flat=True))
    number = recorded(Desk(now=now() - timedelta(hours=1), here=here))
    return [{"number": str(number)}]


def _proposed_figures(_officer: Officer) -> Reports:
    """Have Ron propose figures of the retention schedule, in place of any that wait."""
    here = set(OfficerRow.objects.values_list("id", flat=True))
    acting = Desk(now=now(), here=here).by(RON)
    schedules.propose("D08", Figures(6, 12, 3, 6), "We need less.", acting=acting)
    waiting = ScheduleVersionRow.objects.get(schedule="D08", approved_at=None)
    return [{"code": "D08", "proposal": str(waiting.id)}]


def _a_figure(_officer: Officer) -> Reports:
    """Have a question asked and its answer given."""
    here = set(OfficerRow.objects.values_list("id", flat=True))
    question = Question(code="people", as_at=timezone.localdate(), by=(By.AGE,))
    given = figures.give(question, acting=Desk(now=now(), here=here).by(RIA))
    return [{"figure": str(given)}]


def _a_published_figure(officer: Officer) -> Reports:
    """Have a figure published, for everybody."""
    waiting = ErratumRow.objects.filter(confirmed_at=None, declined_at=None).first()
    if waiting is None:
        _a_correction(officer)
        waiting = ErratumRow.objects.get(confirmed_at=None, declined_at=None)
    return [{"figure": str(waiting.wrong_id)}]


def _a_correction(_officer: Officer) -> Reports:
    """Have a published figure found wrong, and the correction wait."""
    here = set(OfficerRow.objects.values_list("id", flat=True))
    acting = Desk(now=now(), here=here).by(RIA)
    waiting = ErratumRow.objects.filter(confirmed_at=None, declined_at=None).first()
    if waiting:
        return [{"erratum": str(waiting.id)}]
    pair = wrong_and_right(Desk(now=now(), here=here))
    return [{"erratum": str(figures.correct(*pair, "One was counted twice.", acting=acting))}]


def _a_restricted_person(officer: Officer) -> str:
    person = _a_held_person(officer)
    because = Restriction.UNLAWFUL
    dee = Acting(officer=DEE, at=now())
    people_restrictions.restrict(person, because, "No basis.", acting=dee)
    return person


def _found(officer: Officer) -> tuple[Desk, str, str]:
    """Have somebody ask about their data, and Ria find their record."""
    person = _a_held_person(officer)
    here = Desk(now=now(), here=set(OfficerRow.objects.values_list("id", flat=True)))
    request = requested(here)
    rights.search(request, Key(reference=person), acting=here.by(RIA))
    rights.settle_hit(request, person, is_theirs=True, reason="Theirs.", acting=here.by(RIA))
    return here, request, person


def _asked(officer: Officer) -> Mapping[str, str]:
    """Have somebody ask about their data, and Ria give the record to a second officer."""
    here, request, person = _found(officer)
    letter = rights_letters.propose(request, GIVEN, acting=here.by(RIA))
    row = str(PersonRow.objects.get(reference=person).id)
    names = {"asked": request, "person": person, "letter": str(letter)}
    return {**names, "table": "person", "row": row}


def _of_a_request(officer: Officer) -> Reports:
    return [_asked(officer)]


def _answered(officer: Officer) -> tuple[Desk, dict[str, str]]:
    """Have somebody answered of whose record something is held back by law."""
    here, request, person = _found(officer)
    row = PersonLinkRow.objects.filter(person__reference=person).earliest("at").id
    mark = restriction(here, Withheld.RESTRICTED_TOLD)
    rights.hold_back(request, person, f"person_link/{row}", mark, acting=here.by(RIA))
    posted(here, request)
    names = {"asked": request, "person": person, "table": "person_link", "row": str(row)}
    return here, names


def _of_a_review(officer: Officer) -> Reports:
    here, names = _answered(officer)
    piece = f"{names['table']}/{names['row']}"
    rights_reviews.look_again(names["asked"], piece, LIFTED, acting=here.by(RIA))
    return [names]


def _of_a_lifted_request(officer: Officer) -> Reports:
    here, names = _answered(officer)
    reviewed(here, names["asked"], f"{names['table']}/{names['row']}")
    return [names]


def a_record() -> str:
    """Name a record that has come to an end, if there is one."""
    ended = ReferralRow.objects.filter(schedule__isnull=False).order_by("number").first()
    return ended.reference if ended else "2026-000001"


def a_certificate() -> str:
    """Name a certificate, if there is one."""
    row = DisposalRow.objects.first()
    return row.reference if row else "C-AAAAAAAA"


def a_hold() -> dict[str, str]:
    """Name a hold that stands and its record, if there is one."""
    row = HoldRow.objects.filter(asked_by=None).first()
    if row is None or row.referral is None:
        return {"record": "2026-000001", "hold": str(uuid4())}
    return {"record": row.referral.reference, "hold": str(row.id)}


def _of_a_platform(_officer: Officer) -> Sequence[Mapping[str, str]]:
    return [{"code": "youtube"}]


def _of_a_person(_officer: Officer) -> Sequence[Mapping[str, str]]:
    """Name the newest record, where one of the tests has put somebody on record."""
    found = PersonRow.objects.order_by("proposed_at").last()
    return [{"person": found.reference if found else "P-22222222"}]


def _of_a_link(_officer: Officer) -> Sequence[Mapping[str, str]]:
    """Give the links of what was sent, if anything was."""
    sent = ReferralRow.objects.filter(sent_at__isnull=False).order_by("-number")
    return [{"token": address_of(it).rstrip("/").rpartition("/")[2]} for it in sent[:2]]


def _of_a_pair(_officer: Officer) -> Sequence[Mapping[str, str]]:
    return [{"ref": str(it)} for it in CombinationRow.objects.values_list("id", flat=True)]


def _of_a_document(**more: str) -> Callable[[Officer], Sequence[Mapping[str, str]]]:
    return lambda _officer: [{"kind": kind, "number": "1", **more} for kind in DocumentKind]


def _of_a_report_of_a_year(_officer: Officer, **which: object) -> Sequence[Mapping[str, Any]]:
    """Name every edition of a yearly report."""
    rows = YearlyReportRow.objects.filter(**which).values_list("kind", "last_month", "number")
    return [{"kind": kind, "last": last, "number": number} for kind, last, number in rows]


def _of_a_colleague(_officer: Officer) -> Sequence[Mapping[str, str]]:
    return [{"username": "ada"}]


def _agreements(_officer: Officer) -> Sequence[Mapping[str, str]]:
    return [{"agreement": it} for it in AgreementRow.objects.values_list("reference", flat=True)]


def _packages(**which: object) -> Callable[[Officer], Sequence[Mapping[str, str]]]:
    def found(_officer: Officer) -> Sequence[Mapping[str, str]]:
        rows = DisclosureRow.objects.filter(**which)
        return [{"package": it} for it in rows.values_list("reference", flat=True)]

    return found


def _recalls(_officer: Officer) -> Sequence[Mapping[str, str]]:
    return [{"recall": str(it.id)} for it in RecallRow.objects.all()]


def _exports(_officer: Officer) -> Sequence[Mapping[str, str]]:
    """Have Sid ask for an export."""
    asked = ExportRow.objects.values_list("id", flat=True)
    return [{"export": str(it)} for it in asked]


def _captures(_officer: Officer) -> Sequence[Mapping[str, str]]:
    """Have Ada keep a capture, and stop another."""
    reference, ada = logged(ADA), Acting(officer=ADA, at=now())
    stays, stopped = (kept(reference, acting=ada) for _ in range(2))
    captures.stop(stopped, acting=ada)
    return [{"capture": str(it)} for it in (stays, stopped)]


def _a_request(_officer: Officer) -> Reports:
    """Have Ria log a request for information, with a part that is answered."""
    here = Desk(now=now(), here=set(OfficerRow.objects.values_list("id", flat=True)))
    number = on_paper(here)
    answered(here, number)
    more = {"part": "1", "letter": "1", "code": "logged", "which": "documents"}
    return [{"number": number, **more}]


def _a_disclosure(_officer: Officer) -> Reports:
    """Have a request for information answered, by two officers."""
    here = Desk(now=now(), here=set(OfficerRow.objects.values_list("id", flat=True)))
    return [{"number": replied(here, on_paper(here)).number}]


def _steps(officer: Officer) -> Reports:
    [found] = _a_request(officer)
    return [{**found, "step": step} for step in FoiStep]


def _of_a_kind(_officer: Officer) -> Sequence[Mapping[str, str]]:
    return [{"kind": "housing"}]


def _needs_nothing(_officer: Officer) -> Reports:
    return [{}]


EXAMPLES: Mapping[str, Callable[[Officer], Sequence[Mapping[str, str]]]] = {
    "absence": _of_a_colleague,
    "advise_document": _of_a_document(),
    "approve_document": _of_a_document(),
    "confirm_not_telling": _of_a_person,
    "correct_document": _of_a_document(),
    "decide_telling": _of_a_person,
    "document_version": _of_a_document(),
    "ico_advice": _of_a_document(),
    "matches": _of_a_person,
    "pair": _of_a_pair,
    "telling_one": _of_a_person,
    "undo_pair": _of_a_pair,
    "confirm_correction": lambda _: [{"erratum": str(uuid4())}],
    "withdraw_correction": lambda _: [{"erratum": str(uuid4())}],
    "decline_correction": _a_correction,
    "publish_figure": lambda _: [{"figure": str(uuid4())}],
    "prepare_yearly": lambda _: [{"kind": kind} for kind in ReportKind],
    "public_document_version": _of_a_document(),
    "public_yearly": lambda it: _of_a_report_of_a_year(it, published_at__isnull=False),
    "publish_yearly": _of_a_report_of_a_year,
    "yearly_edition": _of_a_report_of_a_year,
    "register_table": lambda _: [{"table": it} for it in ("person", "machinery.draft")],
    "statistics_of_year": lambda _: [{"year": "2026"}],
    "public_document": lambda _: [{"kind": kind} for kind in DocumentKind],
    "publish_erratum": _of_a_document(erratum="1"),
    "accept_instructions": lambda _: [{"number": "1"}],
    "write_document": lambda _: [{"kind": kind} for kind in DocumentKind],
    "disclosure": _a_disclosure,
    "disclosures_page": lambda _: [{"page": "2"}],
    "foi_add_part": _a_request,
    "foi_approve": _a_request,
    "foi_change_part": _a_request,
    "foi_confirm": _a_request,
    "foi_cost": _a_request,
    "foi_count": _a_request,
    "foi_count_of": _a_request,
    "foi_decline": _a_request,
    "foi_give": _a_request,
    "foi_hold": _a_request,
    "foi_letter": _a_request,
    "foi_letter_sent": _a_request,
    "foi_neither": _a_request,
    "foi_not_held": _a_request,
    "foi_reach": _a_request,
    "foi_register": _a_request,
    "foi_register_of": _a_request,
    "foi_remove_part": _a_request,
    "foi_reply": _a_request,
    "foi_request": _a_request,
    "foi_requester": _a_request,
    "foi_return": _a_request,
    "foi_step": _steps,
    "foi_withhold": _a_request,
    "hand_over_several": _of_a_colleague,
    "account_sign_out_one": lambda _: [{"key": "1"}],
    "act_on_agreement": _agreements,
    "act_on_kind": _of_a_kind,
    "act_on_package": _packages(),
    "agreement": _agreements,
    "approve_package": _packages(),
    "assess_page": lambda _: [{"step": step} for step in Step],
    "order_asked": _an_order("order_asked"),
    "order_review": _an_order("order_review"),
    "tell_again": _withheld,
    "add_policy": _of_a_platform,
    "ask_export_of": lambda _: [{"referral": logged(ADA)}],
    "export": _exports,
    "take_export": _exports,
    "capture": _captures,
    "capture_still": _captures,
    "stop_capture": _captures,
    "change_agreement": _agreements,
    "change_form": _of_a_platform,
    "change_policy": lambda _: [{"code": "youtube", "place": "1"}],
    "change_reach": _of_a_platform,
    "certificate": lambda _: [{"number": a_certificate()}],
    "demo_mail": lambda _: [{"name": a_mail()}],
    "end_sign_off": _of_a_platform,
    **dict.fromkeys(
        ("group", "group_check", "group_end", "group_own"), lambda officer: [a_group(officer)]
    ),
    "group_shared": lambda officer: [
        {"group": a_group(officer)["group"], "step": step} for step in SHARED_STEPS
    ],
    **dict.fromkeys(("scrutiny_entry", "tell_scrutiny"), _of_scrutiny),
    **dict.fromkeys(
        (
            "breach",
            "breach_not_told",
            "close_breach",
            "note_breach",
            "settle_breach_group",
            "tell_breach",
            "tell_breach_group",
        ),
        _of_a_breach,
    ),
    **dict.fromkeys(("figure", "correct_figure"), _a_figure),
    "public_figure": _a_published_figure,
    "public_figures_page": lambda _: [{"page": "2"}],
    "ask_question": lambda _officer: [{"code": it} for it in ("people", "decisions")],
    "originator": _an_originator,
    "platform_address": _of_a_link,
    "platform_decided": _of_a_link,
    "platform_link": _of_a_link,
    "platform_question": _of_a_link,
    "platform_received": _of_a_link,
    "platform_review": _of_a_link,
    "schedule_approve": _proposed_figures,
    "schedule_propose": lambda _: [{"code": "D02"}],
    "kept": lambda _: [{"record": a_record()}],
    "kept_confirm": lambda _: [{"record": a_record()}],
    "kept_end_hold": lambda _: [a_hold()],
    "kept_hold": lambda _: [{"record": a_record()}],
    "kept_review": lambda _: [{"record": a_record()}],
    **dict.fromkeys(
        (
            "mail_attach",
            "mail_came_back",
            "mail_file",
            "mail_message",
            "mail_read",
            "mail_set_aside",
            "mail_whole",
        ),
        _a_message,
    ),
    "import_mapping": _of_an_old_system("run", "to_confirm"),
    "import_person": _of_an_old_system("record", "person"),
    "import_record": _of_an_old_system("record", "waits", "person"),
    "import_reject": _of_an_old_system("record", "waits"),
    "report": lambda officer: [
        *_a_report(opened=False)(officer),
        *_a_report(opened=True)(officer),
        *_a_report(opened=True, settled=True)(officer),
    ],
    "challenge": lambda officer: [*_a_challenge(officer), *_a_challenge(officer, settled=True)],
    "report_join": _a_report(opened=True),
    "report_log": _a_report(opened=True),
    "report_set_aside": _a_report(opened=True),
    "import_run": _of_an_old_system("run", "run"),
    **dict.fromkeys(
        (
            "add_statement",
            "answer_purpose",
            "ask_for_role",
            "ask_purpose",
            "contest_person",
            "person_history",
            "restrict_person",
            "verify_statement",
        ),
        lambda officer: [{"person": _a_held_person(officer)}],
    ),
    **dict.fromkeys(
        ("ask_to_lift", "lift_restriction"),
        lambda officer: [{"person": _a_restricted_person(officer)}],
    ),
    **dict.fromkeys(
        (
            "confirm_person",
            "correct_contact",
            "correct_person",
            "correct_statement",
            "decide_role",
            "person_contact",
        ),
        lambda officer: [_a_doubted_person(officer)],
    ),
    **dict.fromkeys(
        (
            "rights_acknowledge",
            "rights_answer",
            "rights_give",
            "rights_happened",
            "rights_hold_back",
            "rights_letter",
            "rights_pack",
            "rights_pack_json",
            "rights_pack_pdf",
            "rights_record",
            "rights_reply",
            "rights_request",
            "rights_search",
            "rights_send",
            "rights_whose",
            "rights_withdraw",
        ),
        _of_a_request,
    ),
    "rights_confirm_review": _of_a_review,
    "rights_further": _of_a_lifted_request,
    "rights_review": _of_a_lifted_request,
    "rights_unreached": _of_a_lifted_request,
    "authorise_person": lambda officer: [{"person": _a_person(officer)}],
    "person": lambda officer: [
        {"person": _a_held_person(officer)},
        {"person": _a_doubted_person(officer)["person"]},
        {"person": _a_restricted_person(officer)},
    ],
    "open_kind": _of_a_kind,
    "package": _packages(),
    "package_history": _packages(),
    "package_print": _packages(standing="released", carrier="printed", recallrow__isnull=True),
    "platform": _of_a_platform,
    "platform_tokens": _of_a_platform,
    "end_platform_token": lambda _: [{"code": "youtube", "token": str(uuid4())}],
    "platform_version": lambda _: [{"code": "youtube", "number": "1"}],
    "recall": _recalls,
    "remove_list": lambda officer: [{"ref": a_saved_list(officer)}],
    "rename_list": lambda officer: [{"ref": a_saved_list(officer)}],
    "send_recall": _recalls,
    "sign_off": lambda _: [{"code": code} for code in ("youtube", "other")],
}
"""What fills in an address that needs more than a reference."""


QUERIES = {
    "oversight_attempts": "?purpose=security",
    "oversight_lists": "?purpose=security",
    "oversight_record": "?purpose=security",
    "save_list": "?state=logged",
}
"""What an address asks for behind its question mark."""


def without_example() -> list[str]:
    """Name the addresses that nothing here can fill in."""
    return [
        it.name
        for it in addresses()
        if it.needs - {REFERENCE} and it.name not in {*EXAMPLES, *NO_PAGES, *ON_ANOTHER_WAY}
    ]


def examples(address: Address, officer: Officer, made: Made, **known: str) -> list[str]:
    """Fill an address in for an officer, in each way that there is an example of.

    Pages with the same example share the one that was made for this officer.
    """
    query = QUERIES.get(address.name, "")
    find = EXAMPLES.get(address.name, _needs_nothing)
    if (find, officer.ref) not in made:
        made[find, officer.ref] = find(officer)
    return [
        reverse(address.name, kwargs={name: it[name] for name in address.needs}) + query
        for it in ({**known, **found} for found in made[find, officer.ref])
    ]
