"""The acts on one person's record, a page each."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods

from evenhand.actions import (
    people,
    people_contacts,
    people_corrections,
    people_restrictions,
    people_roles,
    people_statements,
    people_verifying,
    purposes,
)
from evenhand.actions.people_corrections import Why
from evenhand.actions.people_storing import Identity
from evenhand.queries.people import LinkShown, PersonInFull, StatementShown
from evenhand.rules.holds import Evidence
from evenhand.rules.officers import Acting, Permission
from evenhand.rules.originators import Originator
from evenhand.rules.people import Answers, RestrictedBecause, Restriction
from evenhand.rules.people_changes import IdentityPart, NewRole
from evenhand.rules.people_roles import ROLE_WORDS, PersonRole
from evenhand.rules.people_statements import Standing
from evenhand.rules.purposes import PURPOSE_WORDS, Purpose, PurposeChange
from evenhand.web.fields import Option
from evenhand.web.people import forms, statement_forms
from evenhand.web.people.one_act import PersonAct, page
from evenhand.web.people.present import option_of
from evenhand.web.people.words import BECAUSE, PARTS
from evenhand.web.sheets import Sheet

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def authorise(request: HttpRequest, person: str) -> HttpResponse:
    """Authorise or refuse a proposed record as its second officer."""
    return page(request, person, _AUTHORISE)


@require_http_methods(METHODS)
def add_statement(request: HttpRequest, person: str) -> HttpResponse:
    """Add a fact or an assessment."""
    return page(request, person, _STATEMENT)


@require_http_methods(METHODS)
def verify(request: HttpRequest, person: str) -> HttpResponse:
    """Say that a statement is still right, after another look at its source."""
    return page(request, person, _VERIFY)


@require_http_methods(METHODS)
def ask_for_role(request: HttpRequest, person: str) -> HttpResponse:
    """Ask that somebody be something else in a referral."""
    return page(request, person, _ROLE)


@require_http_methods(METHODS)
def decide_role(request: HttpRequest, person: str) -> HttpResponse:
    """Authorise or refuse a new role as the second officer."""
    return page(request, person, _DECIDE_ROLE)


@require_http_methods(METHODS)
def contest(request: HttpRequest, person: str) -> HttpResponse:
    """Say that a name, an age, a contact or a statement may be wrong."""
    return page(request, person, _CONTEST)


@require_http_methods(METHODS)
def confirm(request: HttpRequest, person: str) -> HttpResponse:
    """Say that what was contested is right."""
    return page(request, person, _CONFIRM)


@require_http_methods(METHODS)
def correct_identity(request: HttpRequest, person: str) -> HttpResponse:
    """Put a contested name or age right."""
    return page(request, person, _CORRECT)


@require_http_methods(METHODS)
def correct_contact(request: HttpRequest, person: str) -> HttpResponse:
    """Put right how somebody is reached."""
    return page(request, person, _CORRECT_CONTACT)


@require_http_methods(METHODS)
def correct_statement(request: HttpRequest, person: str, statement: UUID) -> HttpResponse:
    """Put a right statement in the place of a contested one."""

    def do(person: str, form: Any, acting: Acting) -> None:
        given = form.cleaned_data
        people_corrections.correct_statement(
            person,
            str(statement),
            form.as_statement(),
            _why(given),
            seen_version=given["version"],
            acting=acting,
        )

    def begin(found: PersonInFull) -> dict[str, object]:
        said = [it for it in _statements(found) if it.id == statement]
        return statement_forms.filled(said[0]) if said else {}

    act = PersonAct(
        permission=Permission.CORRECT_PERSON,
        form=statement_forms.CorrectStatementForm,
        sheet=Sheet(title=_("Correct a statement"), button=_("Put it right")),
        do=do,
        done=_("The statement is corrected."),
        begin=begin,
    )
    return page(request, person, act)


@require_http_methods(METHODS)
def restrict(request: HttpRequest, person: str) -> HttpResponse:
    """Keep a record from being used."""
    return page(request, person, _RESTRICT)


@require_http_methods(METHODS)
def ask_to_lift(request: HttpRequest, person: str) -> HttpResponse:
    """Ask that a restricted record be used again."""
    return page(request, person, _ASK_TO_LIFT)


@require_http_methods(METHODS)
def lift(request: HttpRequest, person: str) -> HttpResponse:
    """Answer whether a restricted record is used again."""
    return page(request, person, _LIFT)


@require_http_methods(METHODS)
def ask_purpose(request: HttpRequest, person: str) -> HttpResponse:
    """Ask that a record may be used for another purpose."""
    return page(request, person, _ASK_PURPOSE)


@require_http_methods(METHODS)
def answer_purpose(request: HttpRequest, person: str) -> HttpResponse:
    """Answer whether a record may be used for another purpose."""
    return page(request, person, _ANSWER_PURPOSE)


def _authorise(person: str, form: Any, acting: Acting) -> None:
    given = form.cleaned_data
    seen = given["version"]
    if given["decision"] == "refuse":
        people.refuse(person, given["reason"], seen_version=seen, acting=acting)
        return
    answers = Answers(
        necessary=given["necessary"],
        role_right=given["role_right"],
        less_would_do=given["less_would_do"],
    )
    people.authorise(person, answers, seen_version=seen, acting=acting)


def _add_statement(person: str, form: Any, acting: Acting) -> None:
    given = form.cleaned_data
    people_statements.add(
        person,
        form.as_statement(),
        referral=given["referral"],
        seen_version=given["version"],
        acting=acting,
    )


def _verify(person: str, form: Any, acting: Acting) -> None:
    given = form.cleaned_data
    people_verifying.verify(
        person, UUID(given["about"]), given["reason"], seen_version=given["version"], acting=acting
    )


def _ask_for_role(person: str, form: Any, acting: Acting) -> None:
    given = form.cleaned_data
    new = NewRole(
        role=PersonRole(given["role"]),
        necessity=given["necessity"],
        grounds=form.as_grounds(),
        welfare_reason=given["welfare_reason"],
        best_interests=given["best_interests"],
    )
    people_roles.ask(
        person, new, referral=given["referral"], seen_version=given["version"], acting=acting
    )


def _decide_role(person: str, form: Any, acting: Acting) -> None:
    given = form.cleaned_data
    act = people_roles.refuse if given["decision"] == "refuse" else people_roles.authorise
    act(
        person,
        given["reason"],
        referral=given["referral"],
        seen_version=given["version"],
        acting=acting,
    )


def _contest(person: str, form: Any, acting: Acting) -> None:
    given = form.cleaned_data
    people_corrections.contest(
        person, given["about"], given["reason"], seen_version=given["version"], acting=acting
    )


def _confirm(person: str, form: Any, acting: Acting) -> None:
    given = form.cleaned_data
    people_corrections.confirm(
        person, given["about"], given["reason"], seen_version=given["version"], acting=acting
    )


def _why(given: Mapping[str, Any]) -> Why:
    return Why(
        reason=given["reason"],
        evidence=given["evidence"],
        best_interests=given.get("best_interests", ""),
        welfare_reason=given.get("welfare_reason", ""),
        originator=Originator(body=given["originator"], their_reference=given["their_reference"]),
    )


def _correct(person: str, form: Any, acting: Acting) -> None:
    given = form.cleaned_data
    people_corrections.correct_identity(
        person,
        Identity(given["name"], form.age(timezone.localdate(acting.at))),
        _why(given),
        seen_version=given["version"],
        acting=acting,
    )


def _correct_contact(person: str, form: Any, acting: Acting) -> None:
    given = form.cleaned_data
    people_contacts.correct_contact(
        person, given["contact"], _why(given), seen_version=given["version"], acting=acting
    )


def _restrict(person: str, form: Any, acting: Acting) -> None:
    given = form.cleaned_data
    people_restrictions.restrict(
        person,
        Restriction(given["because"]),
        given["reason"],
        evidence=Evidence(
            their_reference=given["their_reference"],
            owner=given["owner"],
            expires_on=given["expires_on"],
        ),
        seen_version=given["version"],
        acting=acting,
    )


def _ask_to_lift(person: str, form: Any, acting: Acting) -> None:
    given = form.cleaned_data
    people_restrictions.ask_to_lift(
        person, given["reason"], seen_version=given["version"], acting=acting
    )


def _lift(person: str, form: Any, acting: Acting) -> None:
    given = form.cleaned_data
    people_restrictions.lift(
        person,
        given["reason"],
        agreed=given["agreed"] == forms.YES,
        notice=given["notice"],
        seen_version=given["version"],
        acting=acting,
    )


def _ask_purpose(person: str, form: Any, acting: Acting) -> None:
    given = dict(form.cleaned_data)
    seen = given.pop("version")
    change = PurposeChange(**{**given, "purpose": Purpose(given["purpose"])})
    purposes.ask(person, change, seen_version=seen, acting=acting)


def _answer_purpose(person: str, form: Any, acting: Acting) -> None:
    given = form.cleaned_data
    purposes.answer(
        person,
        Purpose(given["purpose"]),
        given["reason"],
        agreed=given["agreed"] == forms.YES,
        seen_version=given["version"],
        acting=acting,
    )


def _offer_purposes(form: Any, found: PersonInFull) -> None:
    waits = [it.purpose for it in found.purposes if it.approved is None]
    form.fields["purpose"].offer([Option(it.value, later(PURPOSE_WORDS[it])) for it in waits])


def _offer_referrals(form: Any, found: PersonInFull) -> None:
    form.fields["referral"].offer(_links(it for it in found.links if not it.ended_at))


def _offer_new_roles(form: Any, found: PersonInFull) -> None:
    form.fields["referral"].offer(_links(it for it in found.links if it.waits))


def _links(links: Iterable[LinkShown]) -> list[Option]:
    return [
        Option(it.referral, it.referral, later(ROLE_WORDS[it.role]))
        for it in {it.referral: it for it in links}.values()
    ]


def _statements(found: PersonInFull) -> list[StatementShown]:
    return [*found.facts, *found.assessments]


def _what_stands(found: PersonInFull) -> list[Option]:
    said = [it for it in _statements(found) if it.standing is Standing.STANDING]
    return [Option(str(it.id), option_of(it)) for it in said]


def _offer_statements(form: Any, found: PersonInFull) -> None:
    form.fields["about"].offer(_what_stands(found))


def _offer_what_stands(form: Any, found: PersonInFull) -> None:
    parts = [Option(it.value, PARTS[it]) for it in IdentityPart]
    form.fields["about"].offer([*parts, *_what_stands(found)])


def _offer_what_is_contested(form: Any, found: PersonInFull) -> None:
    parts = [Option(it.value, PARTS[it]) for it in IdentityPart if it in found.contested]
    said = [it for it in _statements(found) if it.standing is Standing.CONTESTED]
    form.fields["about"].offer([*parts, *(Option(str(it.id), option_of(it)) for it in said)])


def _offer_reasons(form: Any, _found: PersonInFull) -> None:
    form.fields["because"].offer(
        [Option(it.value, BECAUSE[RestrictedBecause(it)]) for it in Restriction]
    )


def _as_known(found: PersonInFull) -> dict[str, object]:
    age = found.age
    known: dict[str, object] = {"name": found.name}
    if age is not None:
        known |= {
            "age_basis": age.basis,
            "birth_date": age.birth_date,
            "age_value": age.value,
            "age_as_at": age.as_at,
        }
    return known


_AUTHORISE = PersonAct(
    permission=Permission.AUTHORISE_PERSON,
    form=forms.AuthoriseForm,
    sheet=Sheet(
        title=later("Authorise a person’s record"),
        button=later("Save the decision"),
        lines=(later("Answer in your own words. What you decide is yours alone."),),
    ),
    do=_authorise,
    done=later("Your decision is recorded."),
)
_STATEMENT = PersonAct(
    permission=Permission.ADD_STATEMENT,
    form=statement_forms.AddStatementForm,
    sheet=Sheet(
        title=later("Add a statement"),
        button=later("Add the statement"),
        lines=(later("One thing at a time: a fact and an opinion of it are two statements."),),
    ),
    do=_add_statement,
    done=later("The statement is added."),
    fit=_offer_referrals,
)
_VERIFY = PersonAct(
    permission=Permission.ADD_STATEMENT,
    form=statement_forms.VerifyForm,
    sheet=Sheet(
        title=later("Verify a statement again"),
        button=later("It is still right"),
        lines=(later("Look at its source now. If it is not right any more, contest it instead."),),
    ),
    do=_verify,
    done=later("The statement is verified. It may leave for 7 days."),
    fit=_offer_statements,
)
_ROLE = PersonAct(
    permission=Permission.PROPOSE_PERSON,
    form=forms.NewRoleForm,
    sheet=Sheet(
        title=later("Ask for another role"),
        button=later("Ask a second officer"),
        lines=(later("Nothing changes until a second officer authorises it."),),
    ),
    do=_ask_for_role,
    done=later("A second officer has to authorise the new role within 72 hours."),
    fit=_offer_referrals,
)
_DECIDE_ROLE = PersonAct(
    permission=Permission.AUTHORISE_PERSON,
    form=forms.DecideRoleForm,
    sheet=Sheet(title=later("Decide on a new role"), button=later("Save the decision")),
    do=_decide_role,
    done=later("Your decision is recorded."),
    fit=_offer_new_roles,
)
_CONTEST = PersonAct(
    permission=Permission.CONTEST_ACCURACY,
    form=forms.AboutWhatForm,
    sheet=Sheet(
        title=later("Say that something is wrong"),
        button=later("Contest it"),
        lines=(later("It is not relied on or shared until a second officer settles it."),),
    ),
    do=_contest,
    done=later("It is contested. A second officer has to settle it."),
    fit=_offer_what_stands,
)
_CONFIRM = PersonAct(
    permission=Permission.CORRECT_PERSON,
    form=forms.AboutWhatForm,
    sheet=Sheet(title=later("Confirm what was contested"), button=later("Confirm it")),
    do=_confirm,
    done=later("It stands again."),
    fit=_offer_what_is_contested,
)
_CORRECT = PersonAct(
    permission=Permission.CORRECT_PERSON,
    form=forms.CorrectForm,
    sheet=Sheet(
        title=later("Correct the name or age"),
        button=later("Put it right"),
        lines=(later("The wrong one is gone then, unless it is evidence."),),
    ),
    do=_correct,
    done=later("It is corrected."),
    begin=_as_known,
)
_CORRECT_CONTACT = PersonAct(
    permission=Permission.CORRECT_PERSON,
    form=forms.CorrectContactForm,
    sheet=Sheet(
        title=later("Correct how they are reached"),
        button=later("Put it right"),
        lines=(later("The wrong one is gone then, unless it is evidence."),),
    ),
    do=_correct_contact,
    done=later("It is corrected."),
)
_RESTRICT = PersonAct(
    permission=Permission.RESTRICT_PERSON,
    form=forms.RestrictForm,
    sheet=Sheet(
        title=later("Restrict a record"),
        button=later("Restrict it"),
        lines=(
            later(
                "It is kept. Until two people lift this, only records reviewers, rights officers"
                " and the data protection officer read it."
            ),
        ),
    ),
    do=_restrict,
    done=later("The record is restricted."),
    fit=_offer_reasons,
)
_ASK_TO_LIFT = PersonAct(
    permission=Permission.ASK_TO_LIFT,
    form=forms.ForReasonForm,
    sheet=Sheet(
        title=later("Ask to lift the restriction"),
        button=later("Ask for it"),
        lines=(
            later(
                "If it was contested whether the record is right, a letter to the person is"
                " written. A rights officer posts it before the restriction is lifted."
            ),
        ),
    ),
    do=_ask_to_lift,
    done=later(
        "The data protection officer has to answer within 72 hours. If there is a letter to the"
        " person, it is at the end of the record, for a rights officer to post now."
    ),
)
_LIFT = PersonAct(
    permission=Permission.LIFT_RESTRICTION,
    form=forms.LiftForm,
    sheet=Sheet(
        title=later("Lift the restriction"),
        button=later("Save the answer"),
        lines=(
            later("The letter that the person gets first is at the end of the record, if any."),
        ),
    ),
    do=_lift,
    done=later("Your answer is recorded."),
)
_ASK_PURPOSE = PersonAct(
    permission=Permission.ASK_PURPOSE,
    form=forms.AskPurposeForm,
    sheet=Sheet(
        title=later("Ask for another purpose"),
        button=later("Ask a second officer"),
        lines=(later("Until it is allowed, the record is not used for anything else."),),
    ),
    do=_ask_purpose,
    done=later("The data protection officer has to answer within 72 hours."),
)
_ANSWER_PURPOSE = PersonAct(
    permission=Permission.ANSWER_PURPOSE,
    form=forms.AnswerPurposeForm,
    sheet=Sheet(title=later("Answer for another purpose"), button=later("Save the answer")),
    do=_answer_purpose,
    done=later("Your answer is recorded."),
    fit=_offer_purposes,
)
