"""A group in the making: what is answered once for all of it, and what for each referral."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone

from evenhand.actions import drafts
from evenhand.actions.groups import Grouped
from evenhand.queries import groups, platforms
from evenhand.queries.groups import Member
from evenhand.rules.groups import OWN
from evenhand.rules.lawbook import Lawbook
from evenhand.rules.officers import Acting
from evenhand.rules.referrals import NotFound
from evenhand.rules.refusals import Refused
from evenhand.rules.words import words
from evenhand.web.assessments.steps import Step
from evenhand.web.assessments.work import Answers
from evenhand.web.drafting import as_sent, group_draft, keep
from evenhand.web.groups.forms import OwnForm

SHARED_STEPS: Sequence[Step] = (Step.HARM, Step.LAW, Step.RIGHTS)
OWN_STEPS: Sequence[Step] = (Step.EVIDENCE, Step.CHILD)


@dataclass(frozen=True, slots=True)
class GroupWork:
    """One officer's kept answers about a group. Each referral's own stand apart from the rest."""

    group: UUID
    acting: Acting
    members: Sequence[Member]
    shared: QueryDict
    own: Mapping[str, QueryDict]
    book: Lawbook

    @classmethod
    def begin(cls, members: Sequence[Member], group: UUID, acting: Acting) -> None:
        """Begin a group of these referrals, with nothing answered."""
        for it in members:
            seen = QueryDict(mutable=True)
            seen["version"] = str(it.fact.version)
            reference = it.fact.reference
            keep(group_draft(group, reference), seen, acting, about=reference)

    @classmethod
    def of(cls, group: UUID, acting: Acting) -> Self:
        """Give what this officer has kept about a group. Raises NotFound."""
        found = drafts.load_all(group_draft(group), officer=acting.officer.ref)
        shared = as_sent(found.pop(group_draft(group), {}))
        own = {form.rpartition(" ")[2]: as_sent(kept) for form, kept in found.items()}
        members = groups.members(list(own), acting=acting)
        if not members:
            raise NotFound(
                words("There is no such group of yours. It may be sent, or 30 days old."),
                do=words("Choose the referrals again. What was sent is on record with each."),
            )
        book = platforms.lawbook_for(members[0].fact.platform)
        return cls(group, acting, members, shared, own, book)

    @property
    def references(self) -> list[str]:
        """Name the referrals of the group."""
        return [it.fact.reference for it in self.members]

    def member(self, reference: str) -> Member:
        """Give one referral of the group. Raises NotFound."""
        for it in self.members:
            if it.fact.reference == reference:
                return it
        raise NotFound(
            words("This referral is not in this group, or not any more."),
            do=words("Go back to the group, or open the referral by itself."),
        )

    def answers(self, reference: str = "") -> Answers:
        """Give the answers about one referral, or those that all share."""
        together = self.shared.copy()
        if reference:
            for name in OWN:
                together.setlist(name, self.own[reference].getlist(name))
        platform, today = self.members[0].fact.platform, timezone.localdate(self.acting.at)
        return Answers(platform, today, together, self.book)

    def with_shared(self, step: Step, sent: QueryDict) -> Self:
        """Take the answers of one shared page in place of those given there before."""
        shared = self.shared.copy()
        for name in self.answers().form(step).fields:
            shared.setlist(name, sent.getlist(name))
        return replace(self, shared=shared)

    def keep_shared(self) -> None:
        """Keep the shared answers. They are about every referral of the group."""
        about = tuple(self.references)
        keep(group_draft(self.group), self.shared, self.acting, about=about)

    def with_own(self, reference: str, sent: QueryDict) -> Self:
        """Take one referral's own answers in place of those given before, and keep them."""
        own = QueryDict(mutable=True)
        for name in OwnForm.base_fields:
            own.setlist(name, sent.getlist(name))
        keep(group_draft(self.group, reference), own, self.acting, about=reference)
        return replace(self, own={**self.own, reference: own})

    def own_form(self, reference: str, *, filled: bool) -> OwnForm:
        """Make the form of one referral with its answers, at the version that is shown now."""
        data, version = self.own[reference].copy(), self.member(reference).fact.version
        if not filled:
            data["version"] = str(version)
        form = OwnForm(data if filled else None)
        form.initial = {name: data.get(name) or "" for name in form.fields}
        return form

    def against(self, reference: str) -> list[Refused]:
        """Say what the rules have against one referral's own answers."""
        answers = self.answers(reference)
        found = (answers.checked(step)[1] for step in OWN_STEPS)
        return [one for refused in found if refused for one in refused.every]

    def is_answered(self, reference: str) -> bool:
        """Say whether one referral's own questions are all answered."""
        own = self.own_form(reference, filled=True)
        return own.is_valid() and not self.against(reference)

    def is_stale(self, member: Member) -> bool:
        """Say whether a referral changed since the officer last looked at it here."""
        return self.own[member.fact.reference].get("version") != str(member.fact.version)

    @property
    def unanswered_steps(self) -> Sequence[Step]:
        """Give the shared pages that lack an answer, in order."""
        answers = self.answers()
        if answers.harm is None:
            return SHARED_STEPS
        return [step for step in SHARED_STEPS if not answers.is_answered(step)]

    @property
    def unanswered(self) -> Sequence[str]:
        """Name the referrals whose own questions lack an answer, in order."""
        return [it for it in self.references if not self.is_answered(it)]

    def grouped(self) -> list[Grouped]:
        """Give each referral's own assessment, at the version that the officer saw."""
        return [
            Grouped(it, self.answers(it).assessment(), self._seen(it)) for it in self.references
        ]

    def _seen(self, reference: str) -> int:
        form = self.own_form(reference, filled=True)
        return int(form.cleaned_data["version"]) if form.is_valid() else 0
