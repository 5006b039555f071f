"""An assessment in the making: one officer's kept answers, what they amount to, what they lack."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Self, TypeVar

from django.forms import Field
from django.http import QueryDict
from django.utils import timezone

from evenhand.queries import platforms
from evenhand.queries.referral import ReferralInFull
from evenhand.rules.assessments import (
    KINDS,
    Assessment,
    Child,
    Expression,
    Ground,
    check_assessment,
    questions,
)
from evenhand.rules.harms import Harm, check_can_be_referred
from evenhand.rules.lawbook import Lawbook
from evenhand.rules.officers import Acting
from evenhand.rules.refusals import Refused
from evenhand.rules.texts import LONG
from evenhand.web.act_forms import with_plain_lines
from evenhand.web.assessments.forms import PLAIN, HarmForm, LawForm
from evenhand.web.assessments.steps import ANSWERS, ORDER, Step
from evenhand.web.assessments.suggestions import Suggestions
from evenhand.web.drafting import keep, kept
from evenhand.web.forms import HouseForm, ManyField
from evenhand.web.referrals.happened import QUESTIONS

_CHOICE = TypeVar("_CHOICE", bound=StrEnum)


def draft_of(referral: ReferralInFull, number: int | None = None) -> str:
    """Name the kept answers of an assessment: the next one, unless a number is given.

    The number is in the name, so that a draft never passes for a later assessment.
    """
    number = referral.last_assessment + 1 if number is None else number
    return f"assess {referral.fact.reference} {number}"


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers to any pages of an assessment about content on a platform."""

    platform: str
    today: date
    answers: QueryDict
    book: Lawbook

    def form(self, step: Step, *, filled: bool = True) -> HouseForm:
        """Make the form of a page with its answers: filled in and sent, or only to be shown."""
        data = self.answers if filled else None
        if step is Step.HARM:
            form: HouseForm = HarmForm(data, book=self.book)
        elif step is Step.LAW:
            ground = self.ground or Ground.BOTH
            form = LawForm(data, ground=ground, suggested=self.suggested)
        else:
            form = PLAIN[step](data)
        form.initial = {name: self._shown(name, field) for name, field in form.fields.items()}
        return form

    def checked(self, step: Step) -> tuple[HouseForm, Refused | None]:
        """Give a page's form, and what the rules say against its answers."""
        form = self.form(step)
        against = [it for it in self._against() if it.at in ANSWERS[step] and it.at in form.fields]
        return form, against[0].with_others(against[1:]) if against else None

    def is_answered(self, step: Step) -> bool:
        """Say whether a page has everything that it asks."""
        form, against = self.checked(step)
        return form.is_valid() and against is None

    @property
    def unanswered(self) -> Sequence[Step]:
        """Give the pages that lack an answer, in order."""
        return [step for step in ORDER if not self.is_answered(step)]

    @property
    def harm(self) -> Harm | None:
        """Give the harm that was chosen, if there is such a harm."""
        return self.book.harms.get(self._one("harm"))

    @property
    def ground(self) -> Ground | None:
        """Give the ground that was chosen."""
        return _choice(Ground, self._one("ground"))

    @property
    def suggested(self) -> Suggestions:
        """Give what the law data suggests for the chosen harm."""
        if self.harm is None:
            return Suggestions((), ())
        return Suggestions.of(self.book, self.harm, self.platform, today=self.today)

    @property
    def statutory_route_only(self) -> bool:
        """Say whether any harm that was chosen is for the statutory route alone."""
        chosen = [self._one("harm"), *self.answers.getlist("also_harms")]
        harms = (self.book.harms.get(code) for code in chosen)
        return any(harm.statutory_route_only for harm in harms if harm)

    def assessment(self) -> Assessment:
        """Give what the answers amount to; what was not asked is left out."""
        expression = frozenset(
            kind
            for word in self.answers.getlist("expression")
            if (kind := _choice(Expression, word))
        )
        ground = self.ground or Ground.TERMS
        child = _choice(Child, self._one("child"))
        asked = questions(ground, expression, child)
        harm = self._one("harm")
        return Assessment(
            harm=harm,
            also_harms=tuple(it for it in self.answers.getlist("also_harms") if it != harm),
            ground=ground,
            expression=expression,
            child=child or Child.NO,
            **{name: self.text(name) if name in asked else "" for name in KINDS},
        )

    def text(self, name: str) -> str:
        """Give the text of an answer, put together with what was chosen from the suggestions."""
        own = with_plain_lines(self._one(name))
        match name:
            case "provision":
                chosen = self.answers.getlist("provision_from")
                return self.suggested.provision_text(chosen, own)
            case "policy_clause":
                return self.suggested.policy_text(self._one("policy_from"), own)
            case "policy_version":
                return self.suggested.policy_version(self._one("policy_from"), own.strip())
            case _:
                return own

    def _against(self) -> Iterable[Refused]:
        harm = self.harm
        if harm is None:
            return ()
        try:
            check_can_be_referred(harm)
            check_assessment(self.assessment(), terms_only=harm.terms_only)
        except Refused as refused:
            return refused.every
        return ()

    def _one(self, name: str) -> str:
        return self.answers.get(name) or ""

    def _shown(self, name: str, field: Field) -> str | list[str]:
        return self.answers.getlist(name) if isinstance(field, ManyField) else self._one(name)


@dataclass(frozen=True, slots=True)
class Work(Answers):
    """The answers so far about one referral, on whatever page they were given."""

    referral: ReferralInFull
    acting: Acting

    @classmethod
    def of(cls, referral: ReferralInFull, acting: Acting) -> Self:
        """Give what this officer has kept; before that, what was submitted last."""
        answers = kept(draft_of(referral), acting) or _submitted_last(referral)
        return cls._with(answers, referral, acting)

    @classmethod
    def overtaken(cls, referral: ReferralInFull, acting: Acting) -> Self | None:
        """Give what this officer had kept and never sent when a colleague sent theirs."""
        answers = kept(draft_of(referral, referral.last_assessment), acting)
        return cls._with(answers, referral, acting) if answers else None

    @classmethod
    def _with(cls, answers: QueryDict, referral: ReferralInFull, acting: Acting) -> Self:
        platform, today = referral.fact.platform, timezone.localdate(acting.at)
        return cls(platform, today, answers, platforms.lawbook_for(platform), referral, acting)

    def with_page(self, step: Step, sent: QueryDict) -> Self:
        """Take the answers of one page in place of those given there before, and keep them.

        What is longer than an answer can be is shown again, and not kept.
        """
        answers, kept_ones = self.answers.copy(), self.answers.copy()
        for name in self.form(step).fields:
            given = sent.getlist(name)
            answers.setlist(name, given)
            if all(len(with_plain_lines(it)) <= LONG for it in given):
                kept_ones.setlist(name, given)
        reference = self.referral.fact.reference
        keep(draft_of(self.referral), kept_ones, self.acting, about=reference)
        return replace(self, answers=answers)

    def written(self) -> dict[str, str]:
        """Give the officer's own words so far, question by question, to be read and copied."""
        found = {str(QUESTIONS[name]): self.text(name) for name in KINDS}
        return {question: text for question, text in found.items() if text.strip()}


def _choice(choices: type[_CHOICE], word: str) -> _CHOICE | None:
    return choices(word) if word in list(choices) else None


def _submitted_last(referral: ReferralInFull) -> QueryDict:
    """Begin an assessment that came back with what was said in it the last time."""
    answers = QueryDict(mutable=True)
    made = referral.assessments[-1].answers if referral.assessments else None
    if made is None:
        return answers
    for name in KINDS:
        answers[name] = getattr(made, name)
    for name, value in (("harm", made.harm), ("ground", made.ground), ("child", made.child)):
        answers[name] = value
    answers.setlist("expression", sorted(made.expression))
    answers.setlist("also_harms", list(made.also_harms))
    return answers
