"""A group: referrals that one officer assesses together because they share law and reason.

Each keeps its own evidence, its own record, its own approval and its own notice.
"""

from collections.abc import Iterator, Mapping, Sequence

from evenhand.rules.assessments import Assessment
from evenhand.rules.referrals import MoveForbidden, Referral, State
from evenhand.rules.refusals import Refused, raise_all
from evenhand.rules.words import words

SMALLEST, LARGEST = 2, 20
GROUPABLE = frozenset({State.LOGGED, State.TRIAGED})
"""Where a referral can join a group: nobody has begun to assess it."""

OWN = ("evidence_inside", "evidence_outside", "supports_opposite", "child", "child_interests")
"""What is answered for each referral of a group by itself. All else is answered once."""

SHARED = (
    "harm",
    "also_harms",
    "ground",
    "provision",
    "provision_why",
    "policy_clause",
    "policy_version",
    "policy_why",
    "expression",
    "expression_weighing",
    "less_intrusive",
    "necessity",
)
"""What the referrals of a group have in common: the law, the reason, and their weighing."""

EVIDENCE = ("evidence_inside", "supports_opposite")
"""Words that are rarely the same for two contents."""


class GroupSize(Refused):
    """A group is small enough for its officer to look at every content in it."""

    code = "E-GRP-01"
    clause = words("DPA 2018 s.38(1): accurate; ECHR Article 10")
    verified = False


class GroupOfOnePlatform(Refused):
    """The referrals of a group are on one platform, because each platform has its own policy."""

    code = "E-GRP-02"
    clause = words("Oversight Board, UK drill music case: say whether law or policy")


class NotOneReason(Refused):
    """The referrals of a group share the harm, the law or policy, and the reason."""

    code = "E-GRP-03"


def check_group(referrals: Sequence[Referral]) -> None:
    """Refuse a choice of referrals that cannot be assessed together, every fault at once."""
    raise_all([*_size(len(referrals)), *_platforms(referrals), *_states(referrals)])


def check_still_group(referrals: Sequence[Referral]) -> None:
    """Refuse what is too many or on several platforms; some may have left the group meanwhile."""
    raise_all([*_size(len(referrals), least=1), *_platforms(referrals)])


def check_one_reason(assessments: Sequence[Assessment]) -> None:
    """Refuse assessments that do not share what a group shares."""
    shared = {tuple(getattr(one, name) for name in SHARED) for one in assessments}
    if len(shared) > 1:
        raise NotOneReason(
            words("These assessments differ in the harm, the law or policy, or the reason."),
            do=words("Assess those that differ by themselves."),
        )


def same_evidence(assessments: Mapping[str, Assessment]) -> dict[str, list[str]]:
    """Name the referrals whose own evidence is word for word that of another, by question.

    Nothing is refused: two copies of one film can be alike. A person is asked to look again.
    """
    found: dict[str, list[str]] = {}
    for name in EVIDENCE:
        said: dict[str, list[str]] = {}
        for reference, one in assessments.items():
            said.setdefault(" ".join(getattr(one, name).split()), []).append(reference)
        alike = [it for together in said.values() if len(together) > 1 for it in together]
        if alike:
            found[name] = sorted(alike)
    return found


def _size(count: int, *, least: int = SMALLEST) -> Iterator[Refused]:
    if not least <= count <= LARGEST:
        yield GroupSize(
            words("You selected {count}. A group has {least} to {most} referrals."),
            do=words("Select {least} to {most} of them. Assess a single one by itself."),
            at="references",
            count=str(count),
            least=str(SMALLEST),
            most=str(LARGEST),
        )


def _platforms(referrals: Sequence[Referral]) -> Iterator[Refused]:
    platforms = sorted({it.platform for it in referrals})
    if len(platforms) > 1:
        yield GroupOfOnePlatform(
            words("These referrals are on different platforms: {platforms}."),
            do=words("Select referrals on one platform. Make another group for the next."),
            at="references",
            platforms=", ".join(platforms),
        )


def _states(referrals: Sequence[Referral]) -> Iterator[Refused]:
    for one in referrals:
        if one.state not in GROUPABLE:
            yield MoveForbidden(
                words("Referral {reference} is “{here}”, so it cannot join a group."),
                do=words("Leave it out, and open it by itself."),
                at="references",
                reference=one.reference,
                here=one.state.replace("_", " "),
            )
