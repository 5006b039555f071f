"""What the codes of the rights desk are called on its pages."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as later

from evenhand.queries.rights_reviews import Waits
from evenhand.rules.clocks_events import Happened
from evenhand.rules.clocks_rights import MoreTime
from evenhand.rules.public_rights import RightsKind
from evenhand.rules.rights import CameBy, RightsStanding, Withheld
from evenhand.rules.rights_replies import LetterKind, LetterStanding, RightsOutcome, Route
from evenhand.rules.rights_reviews import RestrictionOutcome, ReviewStanding
from evenhand.web.labels import Tag
from evenhand.web.words import Words

KINDS: Mapping[RightsKind, Words] = {
    RightsKind.ACCESS: later("Access"),
    RightsKind.RECTIFICATION: later("Rectification"),
    RightsKind.ERASURE: later("Erasure"),
    RightsKind.RESTRICTION: later("Restriction"),
    RightsKind.COMPLAINT: later("Complaint"),
}
CAME_BY: Mapping[CameBy, Words] = {
    CameBy.FORM: later("By the public form"),
    CameBy.MAIL: later("By e-mail"),
    CameBy.PAPER: later("On paper"),
}
OUTCOMES: Mapping[RightsOutcome, Words] = {
    RightsOutcome.GIVEN: later("Given in full"),
    RightsOutcome.GIVEN_IN_PART: later("Given in part"),
    RightsOutcome.NOTHING_TO_GIVE: later("Nothing to give"),
    RightsOutcome.GRANTED: later("Granted"),
    RightsOutcome.GRANTED_IN_PART: later("Granted in part"),
    RightsOutcome.REFUSED: later("Refused"),
    RightsOutcome.UNFOUNDED: later("Manifestly unfounded or excessive"),
}
OF_A_COMPLAINT: Mapping[RightsOutcome, Words] = {
    RightsOutcome.GRANTED: later("Upheld"),
    RightsOutcome.GRANTED_IN_PART: later("Upheld in part"),
    RightsOutcome.REFUSED: later("Not upheld"),
}
OUTCOME_HINTS: Mapping[RightsOutcome, Words] = {
    RightsOutcome.GIVEN: later("Nothing is held back of which they are told."),
    RightsOutcome.GIVEN_IN_PART: later("They are told that some of it is held back, and why."),
    RightsOutcome.NOTHING_TO_GIVE: later(
        "Nothing is theirs, or all of it is held back without saying so. One letter for both."
    ),
    RightsOutcome.UNFOUNDED: later("The desk has to prove it."),
}
HAPPENED: Mapping[Happened, Words] = {
    Happened.IDENTITY_ASKED: later("Asked who they are"),
    Happened.IDENTITY_GIVEN: later("They showed who they are"),
    Happened.FEE_ASKED: later("Asked for a fee"),
    Happened.FEE_PAID: later("They paid the fee"),
    Happened.CLARIFICATION_ASKED: later("Asked what they mean"),
    Happened.CLARIFICATION_ANSWERED: later("They said what they mean"),
    Happened.EXTENDED: later("Took two months more"),
}
HAPPENED_HINTS: Mapping[Happened, Words] = {
    Happened.IDENTITY_ASKED: later(
        "Only on reasonable doubt. The month begins anew once they showed it."
    ),
    Happened.IDENTITY_GIVEN: later("Write what kind of document you saw. Keep no copy."),
    Happened.FEE_ASKED: later(
        "Only where the request is manifestly unfounded or excessive. The month begins anew."
    ),
    Happened.CLARIFICATION_ASKED: later("Access only. The month stands still until they answer."),
    Happened.EXTENDED: later("Once, in the first month, for what is complex or for the number."),
}
MORE_TIME: Mapping[MoreTime, Words] = {
    MoreTime.COMPLEXITY: later("The request is complex"),
    MoreTime.NUMBER: later("This person made many requests"),
}
LETTERS: Mapping[LetterKind, Words] = {
    LetterKind.ACKNOWLEDGEMENT: later("Acknowledgement"),
    LetterKind.IDENTITY: later("Question who they are"),
    LetterKind.FEE: later("Notice of a fee"),
    LetterKind.CLARIFICATION: later("Question what they mean"),
    LetterKind.EXTENSION: later("Notice of more time"),
    LetterKind.WITHDRAWAL: later("That it was withdrawn"),
    LetterKind.REPLY: later("Reply"),
    LetterKind.FURTHER: later("What is given further"),
}
STANDINGS: Mapping[LetterStanding, Tag] = {
    LetterStanding.PROPOSED: Tag(later("To be approved"), "yellow"),
    LetterStanding.RETURNED: Tag(later("Returned"), "orange"),
    LetterStanding.APPROVED: Tag(later("To be sent"), "blue"),
    LetterStanding.SENT: Tag(later("Sent"), "green"),
    LetterStanding.UNDELIVERED: Tag(later("Not delivered"), "grey"),
}
ROUTES: Mapping[Route, Words] = {
    Route.MAIL: later("By e-mail, now"),
    Route.POST: later("I have printed and posted it"),
}
WITHHELD: Mapping[Withheld, Words] = {
    Withheld.THIRD_PARTY: later("It is about somebody else"),
    Withheld.RESTRICTED_TOLD: later("The law lets it be held back, and they may know that"),
    Withheld.RESTRICTED_UNTOLD: later("The law lets it be held back, and also that it exists"),
}
FOUND_AGAIN: Mapping[RestrictionOutcome, Words] = {
    RestrictionOutcome.KEPT: later("It stays held back"),
    RestrictionOutcome.LIFTED: later("It is given"),
}
REVIEWS: Mapping[ReviewStanding, Tag] = {
    ReviewStanding.PROPOSED: Tag(later("To be confirmed"), "yellow"),
    ReviewStanding.CONFIRMED: Tag(later("Confirmed"), "green"),
    ReviewStanding.RETURNED: Tag(later("Returned"), "orange"),
}
WAITING: Mapping[Waits, Tag] = {
    Waits.REVIEW: Tag(later("To be reviewed"), "orange"),
    Waits.SECOND: Tag(later("To be confirmed"), "yellow"),
    Waits.LETTER: Tag(later("To be given"), "blue"),
}
OVERDUE = Tag(later("Overdue"), "red")
APPROVE = Tag(later("To be approved"), "yellow")
TO_SEND = Tag(later("Letter to be sent"), "blue")
OPEN = Tag(later("Open"), "blue")
WAITS = Tag(later("Waits for them"), "grey")
NOT_OPEN: Mapping[RightsStanding, Tag] = {
    RightsStanding.REPLIED: Tag(later("Answered"), "grey"),
    RightsStanding.LIFTED: Tag(later("More to be given"), "blue"),
    RightsStanding.UNREACHED: Tag(later("Cannot be reached"), "grey"),
    RightsStanding.WITHDRAWN: Tag(later("Withdrawn"), "grey"),
}
HELD_BACK = Tag(later("Held back"), "grey")
GIVEN = Tag(later("Given"), "green")


def outcome_of(kind: RightsKind, outcome: RightsOutcome) -> Words:
    """Say how a request was answered: what is asked for is granted, a complaint is upheld."""
    return OF_A_COMPLAINT[outcome] if kind is RightsKind.COMPLAINT else OUTCOMES[outcome]
