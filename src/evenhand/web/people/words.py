"""What the codes about people are called on the pages."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from django.utils.translation import gettext_lazy as later

from evenhand.rules.people import PersonStanding, RestrictedBecause
from evenhand.rules.people_changes import IdentityPart
from evenhand.rules.people_roles import PersonRole
from evenhand.rules.people_statements import Standing
from evenhand.web.fields import Option
from evenhand.web.labels import Tag
from evenhand.web.words import Words

E = TypeVar("E", bound=StrEnum)

STANDINGS: Mapping[PersonStanding, Tag] = {
    PersonStanding.PROPOSED: Tag(later("Proposed"), "yellow"),
    PersonStanding.HELD: Tag(later("Held"), "blue"),
    PersonStanding.REFUSED: Tag(later("Refused"), "grey"),
    PersonStanding.RESTRICTED: Tag(later("Restricted"), "orange"),
}
STATEMENT_STANDINGS: Mapping[Standing, Tag] = {
    Standing.STANDING: Tag(later("Stands"), "blue"),
    Standing.CONTESTED: Tag(later("Contested"), "orange"),
    Standing.RESTRICTED: Tag(later("Restricted"), "orange"),
    Standing.REPLACED: Tag(later("Replaced, kept as evidence"), "grey"),
}
BECAUSE: Mapping[RestrictedBecause, Words] = {
    RestrictedBecause.ACCURACY_CONTESTED: later("Whether it is right is contested"),
    RestrictedBecause.UNLAWFUL: later("Holding it is not lawful, or may not be"),
    RestrictedBecause.NEEDED_AS_EVIDENCE: later("It is needed as evidence"),
    RestrictedBecause.NOT_REVIEWED: later("Nobody reviewed it in time"),
    RestrictedBecause.NOT_DECIDED_TO_TELL: later("Nobody decided in time whether to tell them"),
    RestrictedBecause.REVIEWED: later("A review closed it"),
}
PARTS: Mapping[IdentityPart, Words] = {
    IdentityPart.NAME: later("The name"),
    IdentityPart.AGE: later("The age or birth date"),
    IdentityPart.CONTACT: later("How they are reached"),
}
IN_A_SENTENCE: Mapping[PersonRole, Words] = {
    PersonRole.SUSPECT: later("This person is a suspect"),
    PersonRole.CONVICTED: later("This person was convicted of an offence"),
    PersonRole.VICTIM: later("This person is a victim"),
    PersonRole.WITNESS_OR_INFORMANT: later("This person is a witness or informant"),
    PersonRole.REPORTER: later("This person reported the content"),
    PersonRole.CONTENT_POSTER_NOT_SUSPECTED: later(
        "This person posted the content and is not suspected of anything"
    ),
}
STEPS: Mapping[str, Words] = {
    "authorise": later("Authorised"),
    "refuse": later("Refused"),
    "change_role": later("New role authorised"),
    "refuse_role": later("New role refused"),
    "verify": later("Verified again"),
    "contest": later("Contested"),
    "confirm": later("Confirmed"),
    "correct": later("Corrected"),
    "keep_as_evidence": later("The wrong one is kept as evidence"),
    "restrict": later("Restricted"),
    "ask_to_lift": later("Asked to lift the restriction"),
    "lift": later("Restriction lifted"),
    "refuse_to_lift": later("Restriction not lifted"),
}


def options(names: Mapping[E, str]) -> list[Option]:
    """Offer the values of a closed list under the names that the rules give them."""
    return [Option(it.value, later(text)) for it, text in names.items()]
