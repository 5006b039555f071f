"""What the officers of invented referrals write: reasons, and an assessment from the law data."""

from collections.abc import Mapping
from datetime import date

from evenhand.actions.stories import Story
from evenhand.rules.answers import Outcome
from evenhand.rules.assessments import Assessment, questions
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
LESS_INTRUSIVE = "Doing nothing, or waiting for the platform’s own checks. Both come too late."
NECESSITY = "The content can be seen by anyone and is being shared. One address is asked about."
WEIGHING = "Opinion and art stay untouched: the request is about one passage that names a target."
CHILD_INTERESTS = "A child is better off without this in public. No name or face is in the notice."
OWN_POLICY = "The platform’s rule against content that harms others, as it read on the day."


def assessment_of(story: Story, *, on: date) -> Assessment:
    """Answer every question of an assessment, with the law data's provision and policy."""
    asked = questions(story.ground, story.expression, story.child)
    given = {name: text if name in asked else "" for name, text in _answers(story, on).items()}
    return Assessment(
        harm=story.harm,
        ground=story.ground,
        child=story.child,
        expression=story.expression,
        provision=given["provision"],
        provision_why=given["provision_why"],
        policy_clause=given["policy_clause"],
        policy_version=given["policy_version"],
        policy_why=given["policy_why"],
        evidence_inside=given["evidence_inside"],
        evidence_outside=given["evidence_outside"],
        supports_opposite=given["supports_opposite"],
        less_intrusive=given["less_intrusive"],
        necessity=given["necessity"],
        expression_weighing=given["expression_weighing"],
        child_interests=given["child_interests"],
    )


def _answers(story: Story, on: date) -> Mapping[str, str]:
    book = lawbook()
    kind = book.harm(story.harm)
    provision = next(iter(book.provisions_for(kind)), None)
    host = identify(story.address).platform
    platform = book.platform_at(host) or book.platform(host)
    policy = next(iter(platform.policies_for(kind, on=on)), None) if platform else None
    evidence = story.evidence or story.description
    return {
        "provision": provision.title if provision else kind.title,
        "provision_why": f"What is shown fits it: {evidence}",
        "policy_clause": policy.clause if policy else OWN_POLICY,
        "policy_version": policy.version if policy else f"as read on {on:%d %B %Y}",
        "policy_why": f"The clause speaks of just this: {evidence}",
        "evidence_inside": evidence,
        "evidence_outside": OUTSIDE,
        "supports_opposite": story.opposite or OPPOSITE,
        "less_intrusive": LESS_INTRUSIVE,
        "necessity": NECESSITY,
        "expression_weighing": WEIGHING,
        "child_interests": CHILD_INTERESTS,
    }
