"""What is asked about people."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from evenhand.queries.platforms import lawbook
from evenhand.rules.people import check_necessity
from evenhand.rules.people_ages import BASIS_WORDS, OLDEST, Age, AgeBasis
from evenhand.rules.people_grounds import GROUND_WORDS, Ground, Grounds
from evenhand.rules.people_roles import ACCUSED, ROLE_WORDS, WITH_CONTACT, PersonRole
from evenhand.rules.purposes import OTHERS, PURPOSE_WORDS
from evenhand.rules.refusals import Refused
from evenhand.rules.texts import SHORT
from evenhand.web.act_forms import ActForm, ReasonField
from evenhand.web.faults import RefusalError
from evenhand.web.forms import (
    DayField,
    HouseForm,
    LineField,
    ManyField,
    NumberField,
    OneField,
    Option,
    SelectField,
    WordsField,
)
from evenhand.web.people.words import options

YES, NO = "yes", "no"


def offences() -> list[Option]:
    """Offer the provisions that the desk's law data knows."""
    known = lawbook().provisions.values()
    return [Option("", _("Choose an offence")), *(Option(it.code, it.title) for it in known)]


def purpose_field() -> SelectField:
    """Ask for which purpose something is done; nothing chosen is the desk's own."""
    return SelectField(
        label=_("For which purpose? (optional)"),
        hint=_(
            "Leave it for this desk’s own: to prevent harm by having content removed. Any other has"
            " to be allowed for this record first."
        ),
        options=options(PURPOSE_WORDS),
        required=False,
    )


class LookForm(HouseForm):
    """Why somebody looks at a person. It is asked before anything is shown."""

    asks = "look"
    reason = LineField(
        label=_("Why do you look at this person?"),
        hint=_("Say what you need to know, and for what. It is kept with the record and the log."),
        missing=_("Enter why you look at this person"),
        longest=500,
    )
    purpose = purpose_field()


class AskPurposeForm(ActForm):
    """For what else a record is to be used, and why that is lawful."""

    asks = "purpose"
    purpose = OneField(
        label=_("For which purpose is this record to be used?"),
        options=[Option(it.value, _(PURPOSE_WORDS[it])) for it in OTHERS],
        missing=_("Select the purpose"),
    )
    law = WordsField(label=_("Which law allows it?"), missing=_("Enter the law"), rows=2)
    necessity = WordsField(
        label=_("Why is it necessary?"), missing=_("Enter why it is necessary"), rows=4
    )
    proportionality = WordsField(
        label=_("Why is it proportionate?"), missing=_("Enter why it is proportionate"), rows=4
    )


class AnswerPurposeForm(ActForm):
    """Whether a record may be used for the other purpose that was asked for."""

    asks = "purpose"
    purpose = OneField(label=_("For which purpose?"), options=[], missing=_("Select the purpose"))
    agreed = OneField(
        label=_("May it be used for that?"),
        options=[Option(YES, _("Yes")), Option(NO, _("No"))],
        missing=_("Select whether it may"),
        inline=True,
    )
    reason = ReasonField(label=_("Why? In your own words"), needed=_("Enter why"), rows=4)


class OpenForm(HouseForm):
    """Which record to open. Only its exact reference leads to it."""

    asks = "record"
    reference = LineField(
        label=_("Reference of the record"),
        hint=_("For example, P-7K3M9XQA"),
        missing=_("Enter the reference of the record"),
        longest=20,
        width=10,
        spellcheck=False,
        autocomplete="off",
    )


class RoleForm(HouseForm):
    """What somebody is in this referral, and why they must be on record."""

    asks = "person"
    role = OneField(
        label=_("What is this person in this referral?"),
        hint=_("Nothing is chosen for you. A follower, a friend or a listener is none of these."),
        options=options(ROLE_WORDS),
        missing=_("Select what this person is"),
    )
    necessity = WordsField(
        label=_("Why must this person be on record?"),
        hint=_("Say what could not be done without it. If nothing, do not go on."),
        missing=_("Enter why this person must be on record"),
        rows=5,
    )

    def clean_necessity(self) -> str:
        """Ask the rule before the next step, which has no field for it."""
        necessity: str = self.cleaned_data["necessity"]
        try:
            check_necessity(necessity)
        except Refused as refused:
            raise RefusalError(refused) from refused
        return necessity


class GroundsFields(HouseForm):
    """What an accusation rests on."""

    offence = SelectField(label=_("Which offence?"), options=[], required=False)
    grounds = ManyField(
        label=_("Which objective grounds are there?"),
        hint=_("Choose all that are true. If none is, this person is not a suspect."),
        options=options(GROUND_WORDS),
        required=False,
        small=True,
    )
    grounds_on = DayField(
        label=_("Since which day has the desk had these grounds?"),
        hint=_("Of somebody convicted: the day of the conviction. For example, 27 3 2026"),
        called=_("The day"),
        required=False,
    )
    grounds_words = WordsField(
        label=_("What shows them?"),
        hint=_("Say it so that somebody else can check it."),
        required=False,
        rows=5,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "offence" in self.fields:
            self.fields["offence"].offer(offences())  # type: ignore[attr-defined]

    def as_grounds(self) -> Grounds:
        """Give them as the rules take them."""
        given = self.cleaned_data
        return Grounds(
            offence=given.get("offence", ""),
            codes=frozenset(Ground(it) for it in given.get("grounds", ())),
            on=given.get("grounds_on"),
            in_words=given.get("grounds_words", ""),
        )


class IdentityFields(HouseForm):
    """Who somebody is: a name only if it is needed, and how old."""

    name = LineField(
        label=_("Name"),
        hint=_("Only if somebody must be protected or handed over by it. Else leave it empty."),
        required=False,
        spellcheck=False,
        autocomplete="off",
    )
    age_basis = OneField(
        label=_("How is the age known?"),
        hint=_("Somebody of unknown age is treated as a child."),
        options=options(BASIS_WORDS),
        missing=_("Select how the age is known"),
    )
    birth_date = DayField(
        label=_("Birth date, if it is known"), called=_("The birth date"), required=False
    )
    age_value = NumberField(
        label=_("Or the age in whole years"),
        called=_("The age"),
        most=OLDEST,
        required=False,
        width=3,
    )
    age_as_at = DayField(
        label=_("On which day was that known?"),
        hint=_("Today, if you leave it empty."),
        called=_("The day"),
        required=False,
    )

    def age(self, today: date) -> Age:
        """Give the age as the rules take it."""
        given = self.cleaned_data
        return Age(
            basis=AgeBasis(given["age_basis"]),
            as_at=given["age_as_at"] or today,
            birth_date=given["birth_date"],
            value=given["age_value"],
        )


def best_interests() -> WordsField:
    """Ask what is in a child's best interests."""
    return WordsField(
        label=_("If they are or may be under 18: what is in their best interests?"),
        hint=_("Say also why a name is needed, if you give one."),
        required=False,
        rows=4,
    )


def originator() -> LineField:
    """Ask from which other body something wrong came."""
    return LineField(
        label=_("If the wrong one came from another body: which?"),
        hint=_("A sharing officer tells it by the next working day."),
        called=_("The body"),
        required=False,
        longest=SHORT,
    )


def their_reference() -> LineField:
    """Ask under which reference that body sent it."""
    return LineField(
        label=_("The reference under which that body sent it"),
        called=_("The reference"),
        required=False,
        longest=SHORT,
    )


def evidence() -> LineField:
    """Ask under which reference the wrong one is kept, if it is."""
    return LineField(
        label=_("If the wrong one is evidence: its reference"),
        hint=_("It is then kept, restricted. Else it is gone."),
        required=False,
    )


def how_known() -> ReasonField:
    """Ask how it is known what is right."""
    return ReasonField(
        label=_("How do you know what is right?"), needed=_("Enter how you know it"), rows=4
    )


def welfare_reason() -> WordsField:
    """Ask for which need of a child under ten."""
    return WordsField(
        label=_("If they are under ten: for which need of theirs?"), required=False, rows=3
    )


class AboutForm(IdentityFields, GroundsFields):
    """Who somebody is, what an accusation rests on, and what protects them."""

    asks = "person"
    contact = LineField(
        label=_("How can they be reached?"),
        hint=_("Only if they must be warned or answered."),
        required=False,
        spellcheck=False,
        autocomplete="off",
    )
    best_interests = best_interests()
    welfare_reason = welfare_reason()
    knows = OneField(
        label=_("Does this person know of the record?"),
        options=[Option(YES, _("Yes")), Option(NO, _("No"))],
        missing=_("Select whether they know"),
        inline=True,
    )

    def __init__(self, *args: Any, role: PersonRole, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fit_to_role(self, role)


def fit_to_role(form: HouseForm, role: PersonRole) -> None:
    """Leave out what is not asked about somebody in this role."""
    left_out = [] if role in WITH_CONTACT else ["contact"]
    if role is PersonRole.REPORTER:
        left_out.append("name")
        contact = form.fields["contact"]
        assert isinstance(contact, LineField)  # noqa: S101 - tells the type
        hint = _("Their name and how they are reached. It is kept in a vault, away from referrals.")
        contact.look = {**contact.look, "hint": hint}
    if role not in ACCUSED:
        left_out += ["offence", "grounds", "grounds_on", "grounds_words"]
    for name in left_out:
        form.fields.pop(name, None)


class AuthoriseForm(ActForm):
    """The second officer's answers to the test questions, or why it is refused."""

    asks = "authorise"
    decision = OneField(
        label=_("What do you decide?"),
        options=[
            Option("authorise", _("Authorise"), _("The person is on record from now on.")),
            Option("refuse", _("Refuse"), _("Everything that was proposed is destroyed.")),
        ],
        missing=_("Select what you decide"),
    )
    necessary = WordsField(
        label=_("If you authorise it: what could not be done without this record?"),
        required=False,
        rows=3,
    )
    role_right = WordsField(
        label=_("How do you know that the role is right?"), required=False, rows=3
    )
    less_would_do = WordsField(label=_("Would less than this do?"), required=False, rows=3)
    reason = WordsField(label=_("If you refuse it: why?"), required=False, rows=3)


class NewRoleForm(ActForm, GroundsFields):
    """What somebody shall be from now on, and why."""

    asks = "person"
    referral = OneField(
        label=_("In which referral?"), options=[], missing=_("Select the referral"), small=True
    )
    role = OneField(
        label=_("What is this person there?"),
        options=options(ROLE_WORDS),
        missing=_("Select what this person is"),
    )
    necessity = WordsField(
        label=_("Why must this person be on record as that?"),
        missing=_("Enter why this person must be on record"),
        rows=4,
    )
    best_interests = best_interests()
    welfare_reason = welfare_reason()
    field_order = ("referral", "role", "necessity")


class DecideRoleForm(ActForm):
    """Whether a new role comes into force."""

    asks = "roles"
    referral = OneField(
        label=_("Which new role?"), options=[], missing=_("Select the new role"), small=True
    )
    decision = OneField(
        label=_("What do you decide?"),
        options=[
            Option("authorise", _("Authorise"), _("It takes the place of the role so far.")),
            Option("refuse", _("Refuse"), _("What was written for it is destroyed.")),
        ],
        missing=_("Select what you decide"),
    )
    reason = ReasonField(
        label=_("Why? In your own words"), needed=_("Enter why you decide so"), rows=4
    )


class AboutWhatForm(ActForm):
    """What of the record, and why."""

    asks = "contest"
    about = OneField(label=_("What is it about?"), options=[], missing=_("Select what it is about"))
    reason = ReasonField(label=_("Why? In your own words"), needed=_("Enter why"), rows=4)


class CorrectForm(ActForm, IdentityFields):
    """The right name and age."""

    asks = "person"
    best_interests = best_interests()
    welfare_reason = welfare_reason()
    originator = originator()
    their_reference = their_reference()
    evidence = evidence()
    reason = how_known()


class CorrectContactForm(ActForm):
    """How somebody is reached."""

    asks = "person"
    contact = LineField(
        label=_("How can they be reached?"),
        hint=_("Leave it empty if nobody knows: then none is kept."),
        required=False,
        spellcheck=False,
        autocomplete="off",
    )
    originator = originator()
    their_reference = their_reference()
    evidence = evidence()
    reason = how_known()


class RestrictForm(ActForm):
    """Why a record is kept but not used."""

    asks = "restrict"
    because = OneField(label=_("Why?"), options=[], missing=_("Select why"))
    their_reference = LineField(
        label=_("If it is evidence: the reference of the court or the exhibit"),
        hint=_("It is then held, too: nobody disposes of it while the hold is in force."),
        called=_("The reference"),
        required=False,
        longest=SHORT,
    )
    owner = LineField(
        label=_("If it is evidence: who answers for it"),
        called=_("Who answers for it"),
        required=False,
        longest=SHORT,
    )
    expires_on = DayField(
        label=_("If it is evidence: the last day of the hold"),
        hint=_("Within 12 months."),
        called=_("The last day of the hold"),
        required=False,
    )
    reason = ReasonField(label=_("In your own words"), needed=_("Enter why"), rows=4)


class ForReasonForm(ActForm):
    """A reason in own words."""

    asks = "lift"
    reason = ReasonField(label=_("Why? In your own words"), needed=_("Enter why"), rows=4)


class LiftForm(ForReasonForm):
    """Whether a restricted record is used again."""

    agreed = OneField(
        label=_("May it be used again?"),
        options=[Option(YES, _("Yes")), Option(NO, _("No"))],
        missing=_("Select whether it may"),
        inline=True,
    )
    notice = LineField(
        label=_("The reference of the letter by which the person was told"),
        hint=_(
            "Needed where it was contested whether the record is right. Leave it empty where two"
            " people decided, on a ground in law, that the person is not told."
        ),
        required=False,
    )
    field_order = ("agreed", "notice", "reason")
