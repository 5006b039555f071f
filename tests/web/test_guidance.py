"""Guidance from the law data stands beside each question, closed, and costs no query."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django import forms

from evenhand.queries.exports import Exhibit
from evenhand.queries.platforms import guidance, lawbook
from evenhand.queries.referrals import Filter, find
from evenhand.queries.sharing import Choice
from evenhand.rules.assessments import Ground
from evenhand.rules.captures_formats import BY_FORMAT, Format
from evenhand.rules.content import identify
from evenhand.rules.imports import SheetRead
from evenhand.rules.imports_mapping import suggest
from evenhand.rules.people_roles import PersonRole
from evenhand.rules.public_rights import RightsKind
from evenhand.rules.referrals import State
from evenhand.web.answers.forms import AnswerForm, CheckForm
from evenhand.web.assessments.forms import (
    ChildForm,
    EvidenceForm,
    HarmForm,
    LawForm,
    RightsForm,
    StatutoryForm,
)
from evenhand.web.assessments.suggestions import Suggestions
from evenhand.web.challenges import forms as challenges
from evenhand.web.combinations import forms as joining
from evenhand.web.decisions.forms import DecideForm
from evenhand.web.disposal import forms as keeping
from evenhand.web.due.forms import PutOffForm, RemindForm
from evenhand.web.endings.forms import CloseForm, ReopenForm, WithdrawForm
from evenhand.web.forms import HouseForm, TickField
from evenhand.web.groups.forms import ChooseForm
from evenhand.web.groups.forms import OwnForm as GroupedForm
from evenhand.web.guidance import about_harm, beside
from evenhand.web.handover.forms import AbsenceForm, HandOverForm, SeveralForm
from evenhand.web.imports import forms as old_systems
from evenhand.web.notes.forms import NoteForm
from evenhand.web.notification import forms as telling
from evenhand.web.people import forms as people
from evenhand.web.people import statement_forms as statements
from evenhand.web.platforms.form_fields import FormFieldsForm
from evenhand.web.platforms.forms import AddForm, OwnForm, PolicyForm, ReachForm, SignOffForm
from evenhand.web.referrals.authority import AuthorityForm
from evenhand.web.referrals.batch_forms import Batch, BatchForm, Row
from evenhand.web.referrals.forms import LogForm
from evenhand.web.referrals.triage_forms import EmergencyForm, TriageForm
from evenhand.web.rights import forms as rights
from evenhand.web.saved_lists.forms import NameForm
from evenhand.web.sending.forms import ByHandForm
from evenhand.web.sharing import export_forms
from evenhand.web.sharing import forms as sharing
from evenhand.web.you.forms import SettingsForm
from tests.builders import ADA, CY, as_reader
from tests.journeys import Desk
from tests.rules.test_agreements import agreement
from tests.web.filling import fill
from tests.web.people import now, signed_in, text_of

pytestmark = pytest.mark.django_db
PAGES = {"send.notice", "send.order", "send.reminder", "send.withdrawal"}
HELP = 'class="govuk-details eh-help"'


def the_forms() -> Iterator[HouseForm]:
    book = lawbook()
    suggested = Suggestions.of(book, book.harm("V1"), "youtube", today=now().date())
    yield from (LogForm(), EmergencyForm(), TriageForm(same=["2026-000001"]))
    yield from (HarmForm(None, book=book), EvidenceForm(), RightsForm(), ChildForm())
    yield LawForm(None, ground=Ground.BOTH, suggested=suggested)
    yield from (StatutoryForm(), DecideForm(), AnswerForm(), CheckForm())
    yield from (CloseForm(), WithdrawForm(), ReopenForm())
    yield ByHandForm(sheet="", witnesses=(), now=now())
    yield from (AuthorityForm(None, {1: ["a"], 2: ["b"]}), BatchForm(None, two_known_already()))
    yield from (ChooseForm(None, ()), GroupedForm(), RemindForm(None, ()), PutOffForm())
    yield from (HandOverForm(), SeveralForm(None, lines=(), colleagues=()), NoteForm())
    yield from (AbsenceForm(colleagues=()), NameForm(), SettingsForm())
    yield from (AddForm(), OwnForm(), ReachForm(), SignOffForm(), FormFieldsForm(count=2))
    yield PolicyForm(book=book, is_new=False)
    yield from (challenges.SettleForm(), challenges.WithholdForm())
    yield from (rights.HappenedForm(), rights.HoldBackForm(), rights.HoldWholeBackForm())
    yield rights.LookAgainForm()
    yield rights.ReplyForm(kind=RightsKind.ACCESS)
    yield from the_forms_about_people()


def the_forms_about_people() -> Iterator[HouseForm]:
    yield from (people.LookForm(), people.AskPurposeForm(), people.AnswerPurposeForm())
    yield from (people.OpenForm(), people.RoleForm(), people.AuthoriseForm())
    yield from (people.AboutForm(role=it) for it in PersonRole)
    yield from (people.NewRoleForm(), people.DecideRoleForm(), people.AboutWhatForm())
    yield from (
        people.CorrectForm(),
        people.CorrectContactForm(),
        people.RestrictForm(),
        people.ForReasonForm(),
    )
    yield from (people.LiftForm(), statements.AddStatementForm(), statements.VerifyForm())
    yield statements.CorrectStatementForm()
    yield from (joining.FindForm(), joining.MatchForm(None, references=[]))
    yield from (joining.PairForm(), joining.UndoForm())
    yield from (sharing.AgreementForm(), sharing.OpenKindForm(), sharing.LookForm(agreements=[]))
    yield sharing.BuildForm(choice=Choice("", False, agreement(), (), (), more=False))
    yield from (sharing.OpenForm(), sharing.WrongForm(), sharing.ApproveForm())
    still = Exhibit(uuid4(), BY_FORMAT[Format.PNG], 1, datetime.now(UTC), "Ada")
    yield export_forms.AskForm(agreements=[], kept=[still])
    yield from (export_forms.WhichForm(), export_forms.AnswerForm())
    yield from (sharing.AcknowledgeForm(), sharing.ToldForm(), keeping.ReviewForm())
    yield from (keeping.ConfirmForm(), keeping.HoldForm(), keeping.AskForm())
    yield from (keeping.FiguresForm(), telling.DecideForm())
    yield from (telling.ConfirmForm(), mapping(), old_systems.PassForm())
    yield from (old_systems.RejectForm(), old_systems.PersonForm())


def mapping() -> HouseForm:
    sheets = [SheetRead(it, {1: ("Link", "Date")}, 1) for it in ("Old", "New")]
    return old_systems.MappingForm(None, sheets, suggest(sheets))


def two_known_already() -> Batch:
    address = "https://youtu.be/dQw4w9WgXcQ"
    Desk().log(address)
    earlier = find(Filter(), acting=as_reader(ADA)).lines
    return Batch([Row(number, address, "", identify(address), earlier) for number in (1, 2)])


def questions_of(form: HouseForm) -> set[str]:
    return {
        f"{form.asks}.{form.first_asked[bound.name]}"
        for bound in form.visible_fields()
        if bound.name in form.first_asked
        and not isinstance(bound.field, TickField | forms.FileField)
    }


def test_every_question_of_casework_has_guidance_and_no_guidance_lacks_its_question() -> None:
    asked = set[str]().union(*(questions_of(form) for form in the_forms()))
    assert set(guidance()) == asked | PAGES


def test_no_form_that_asks_is_left_out() -> None:
    asking = {it for it in below(HouseForm) if it.asks and not below(it)}
    looked_at = {type(it) for it in the_forms()}
    assert {it.__name__ for it in asking - looked_at} == set()


def below(form: type[HouseForm]) -> set[type[HouseForm]]:
    """Give every form made of this one."""
    return {it for one in form.__subclasses__() for it in (one, *below(one))}


def test_a_question_asked_in_many_rows_has_its_guidance_once() -> None:
    two_accounts = AuthorityForm(None, {1: ["a"], 2: ["b"]})
    assert [bool(beside(it)) for it in two_accounts] == [True, False]
    assert sum(bool(beside(it)) for it in FormFieldsForm(count=2)) == 4
    assert sum(bool(beside(it)) for it in mapping()) == 3


@pytest.fixture
def desk() -> Desk:
    return Desk(now=now() - timedelta(days=60))


def test_logging_has_help_beside_each_question_and_all_of_it_is_closed(desk: Desk) -> None:
    desk.by(ADA)
    page = text_of(signed_in(ADA).get("/log-content/"))
    assert page.count(HELP) == len(questions_of(LogForm()))
    assert "<details open" not in page
    assert "RIPA 2000 sections 26 and 48: public content only" in page
    assert "Rule E-PRIV-72." in page


def test_proposing_a_person_has_help_beside_each_question(desk: Desk) -> None:
    desk.assured()
    reference = desk.log("https://youtu.be/dQw4w9WgXcQ")
    address, client = f"/referrals/{reference}/people/new/", signed_in(ADA)
    page = text_of(client.get(address))
    assert page.count(HELP) == len(questions_of(people.RoleForm()))
    fill(client, address, role="suspect", necessity="She is threatened, and must be warned.")
    page = text_of(client.get(f"{address}about/"))
    assert page.count(HELP) == len(questions_of(people.AboutForm(role=PersonRole.SUSPECT)))
    assert "Rule E-SUS-14." in page


def test_the_pages_after_the_harm_say_what_the_law_data_knows_of_it(desk: Desk) -> None:
    reference = desk.log("https://youtu.be/dQw4w9WgXcQ")
    client = signed_in(ADA)
    assert "About the harm" not in text_of(client.get(assess_page(reference, "harm")))
    fill(client, assess_page(reference, "harm"), harm="V1", ground="both")
    for step in ("law", "evidence"):
        page = text_of(client.get(assess_page(reference, step)))
        assert "About the harm: V1 Threat to kill or of serious violence" in page
        assert lawbook().harm("V1").evidence in page


def assess_page(reference: str, step: str) -> str:
    return f"/referrals/{reference}/assess/{step}/"


def test_a_harm_is_told_with_what_is_not_verified_and_what_is_not_alleged() -> None:
    book = lawbook()
    threat, terms = about_harm(book.harm("V1"), book), about_harm(book.harm("X1"), book)
    unverified = [it for it in book.provisions_for(book.harm("V1")) if not it.verified]
    assert threat.count("Not verified") == len(unverified) + 1
    assert "None is alleged." in terms
    assert "Not verified" not in terms


def test_whoever_decides_sees_what_the_law_data_says_of_the_harm(desk: Desk) -> None:
    reference = desk.brought_to(State.AWAITING_APPROVAL)
    desk.by(CY)
    page = text_of(signed_in(CY).get(f"/referrals/{reference}/decide/"))
    assert "About the harm: " in page
    assert page.count(HELP) == len(questions_of(DecideForm()))
