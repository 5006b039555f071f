"""What the codes of sharing are called."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as later

from evenhand.queries.agreements import Stands
from evenhand.rules.agreements import Field, RecipientKind, Transfer
from evenhand.rules.recalls import Why
from evenhand.rules.sharing import Carrier, Standing
from evenhand.web import counted_labels
from evenhand.web.labels import Tag
from evenhand.web.words import Words

FIELDS: Mapping[Field, Words] = {
    Field.NAME: later("Name"),
    Field.BIRTH_DATE: later("Birth date"),
    Field.AGE: later("Age, and how it is known"),
    Field.CONTACT: later("Contact details"),
    Field.OFFENCE: later("Offence"),
    Field.GROUNDS: later("Grounds of suspicion, and their date"),
    Field.WELFARE: later("Welfare reason"),
    Field.FACTS: later("Facts"),
    Field.ASSESSMENTS: later("Assessments, with their grade"),
    Field.REFERRAL: later("Reference of the referral"),
    Field.CONTENT: later("The content: its address, and the captures of it"),
}
KINDS: Mapping[RecipientKind, Words] = {
    RecipientKind.POLICE: later("Police"),
    RecipientKind.PROSECUTOR: later("Prosecutor"),
    RecipientKind.SAFEGUARDING: later("Safeguarding body"),
    RecipientKind.PROBATION: later("Probation"),
    RecipientKind.PRISON: later("Prison"),
    RecipientKind.HOUSING: later("Housing"),
    RecipientKind.EDUCATION: later("Education"),
    RecipientKind.EMPLOYER: later("Employer"),
    RecipientKind.IMMIGRATION: later("Immigration"),
    RecipientKind.COUNCIL: later("Council"),
}
TRANSFERS: Mapping[Transfer, Words] = {
    Transfer.AT_HOME: later("None: in the desk’s own country"),
    Transfer.APPROVED: later("Approved by regulations"),
    Transfer.SAFEGUARDS: later("Appropriate safeguards"),
    Transfer.SPECIAL: later("Special circumstances"),
}
CARRIERS: Mapping[Carrier, Words] = {
    Carrier.SEALED: later("A file sealed to the recipient’s key"),
    Carrier.PRINTED: later("On paper"),
}
STANDINGS: Mapping[Standing, Tag] = {
    Standing.BUILT: Tag(later("Built"), "blue"),
    Standing.PROPOSED: Tag(later("Waiting for approval"), "yellow"),
    Standing.APPROVED: Tag(later("Approved"), "teal"),
    Standing.RELEASED: Tag(later("Left the desk"), "purple"),
    Standing.REFUSED: Tag(later("Refused"), "red"),
    Standing.DROPPED: Tag(later("Dropped"), "grey"),
}
STANDS: Mapping[Stands, Tag] = {
    Stands.PROPOSED: Tag(later("Waiting to be signed"), "yellow"),
    Stands.IN_FORCE: Tag(later("In force"), "green"),
    Stands.PAST_REVIEW: Tag(later("Review overdue"), "orange"),
    Stands.OVER: Tag(later("Over"), "grey"),
}
WHYS: Mapping[Why, Words] = counted_labels.RECALLED
