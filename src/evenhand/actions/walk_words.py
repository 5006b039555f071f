"""What the officers of invented referrals write: reasons, and an assessment from the law data."""

from collections.abc import Mapping
from datetime import date

from evenhand.rules.answers import Outcome
from evenhand.rules.assessments import Assessment, Child, Expression, Ground, questions
from evenhand.rules.content import identify
from evenhand.store.lawbook import lawbook

REASONS: Mapping[str, str] = {
    "again": "The earlier referral was about another moment of the same recording.",
    "duplicate": "A second report about an address that we have already.",
    "not_for_us": "Unkind, but neither against the law nor against the platform’s terms.",
    "approve": "I watched it whole and read the assessment. The request is necessary and narrow.",
    "return": "Please say where in the recording the threat is made, and quote it.",
    "refuse": "This is comment on a news story. A request would go further than we may.",
    "close": "The platform has decided, and a person has looked again. Nothing is left to do.",
    "withdraw": "New information: the person concerned posted it themselves, as a warning.",
    "reopen": "A member of the public told us that it can be seen again.",
    Outcome.RESTRICTED_IN_FULL: "Against our rules on violent speech. Removed.",
    Outcome.RESTRICTED_IN_PART: "Limited to adults.",
    Outcome.DECLINED: "We find no breach of our rules.",
    Outcome.ALREADY_GONE: "Deleted by the account before we looked.",
    Outcome.GONE_REASON_UNKNOWN: "No longer available.",
    Outcome.REFERRED_ELSEWHERE: "Please write to the company that runs the music library.",
    Outcome.REINSTATED: "Restored after an appeal.",
}
OPPOSITE = "It may be a performance or a joke among friends. Nobody says that they felt threatened."
OUTSIDE = "Nothing outside the content was used."
LESS_INTRUSIVE = "Doing nothing; waiting for the platform’s own checks. Neither ends the harm in time."
NECESSITY = "The content can be seen by anyone and is being shared. One address is asked about."
WEIGHING = "Opinion and art stay untouched: the request is about one passage that names a target."
CHILD_INTERESTS = "A child is better off without this in public. No name or face is in the notice."
OWN_POLICY = "The platform’s rule against content that harms others, as it read on the day."


def assessment_of(
    *,
    harm: str,
    address: str,
    ground: Ground,
    child: Child,
    expression: frozenset[Expression],
    evidence: str,
    opposite: str,
    on: date,
) -> Assessment:
    """Answer every question of an assessment, with the law data's provision and policy."""
    book = lawbook()
    kind = book.harm(harm)
    provision = next(iter(book.provisions_for(kind)), None)
    host = identify(address).platform
    platform = book.platform_at(host) or book.platform(host)
    policy = next(iter(platform.policies_for(kind, on=on)), None) if platform else None
    given = {
        "provision": provision.title if provision else kind.title,
        "provision_why": f"What is shown fits it: {evidence}",
        "policy_clause": policy.clause if policy else OWN_POLICY,
        "policy_version": policy.version if policy else f"as read on {on:%d %B %Y}",
        "policy_why": f"The clause speaks of just this: {evidence}",
        "evidence_inside": evidence,
        "evidence_outside": OUTSIDE,
        "supports_opposite": opposite or OPPOSITE,
        "less_intrusive": LESS_INTRUSIVE,
        "necessity": NECESSITY,
        "expression_weighing": WEIGHING,
        "child_interests": CHILD_INTERESTS,
    }
    asked = questions(ground, expression, child)
    return Assessment(
        harm=harm,
        ground=ground,
        child=child,
        expression=expression,
        **{name: text for name, text in given.items() if name in asked},
    )
