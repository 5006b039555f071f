"""The register's lines about people: what is held of them, and nothing else can be."""

from evenhand.rules.assessments import Kind
from evenhand.rules.officers import Permission
from evenhand.rules.register import Basis, Keep, Table

PERSON = Table(
    "person",
    "protect people, tell them apart, hand over what must be handed over",
    Basis.TASK,
    Keep.PERSON,
    read_by=Permission.READ_PERSON,
    words_read_by=Permission.READ_IDENTITY,
)
CONTACT = Table(
    "person",
    "protect a victim or witness, or answer a reporter",
    Basis.TASK,
    Keep.REPORTER,
    words_read_by=Permission.READ_CONTACT,
)
LINK = Table(
    "person_link",
    "say what a person is in one referral, and why (DPA 2018 s.38(3))",
    Basis.TASK,
    Keep.PERSON,
    read_by=Permission.READ_PERSON,
    words_read_by=Permission.READ_PERSON,
)
STATEMENT = Table(
    "person_statement",
    "keep facts apart from assessments (DPA 2018 s.38(2))",
    Basis.TASK,
    Keep.PERSON,
    read_by=Permission.READ_PERSON,
    words_read_by=Permission.READ_PERSON,
)
STEP = Table(
    "person_step",
    "say who did what with a person's record, and why",
    Basis.LEGAL_DUTY,
    Keep.PERSON,
    read_by=Permission.READ_PERSON,
    words_read_by=Permission.READ_PERSON,
)
PURPOSE = Table(
    "purpose_change",
    "say for what else a record may be used, and who allowed it (DPA 2018 s.36(3))",
    Basis.LEGAL_DUTY,
    Keep.PERSON,
    read_by=Permission.READ_PERSON,
    words_read_by=Permission.READ_PERSON,
)

PEOPLE = (
    *PERSON.hidden(
        id="The record's own random id",
        key_id="Which key seals everything about this person",
        tokens="Keyed hashes of the whole name with the birth date; they show neither",
        trace="Another such hash, only while proposed: were they disposed of lately?",
        one_with="The least id of the records that two officers joined as one person's",
    ),
    *PERSON.plain(
        reference="A reference that follows no order and says nothing",
        version="How many acts have changed it",
        standing="Whether it is proposed, held, refused or restricted",
        restricted_because="Why it is restricted, as a code",
        contested="Which of name, age and contact somebody doubts",
        child="That they were or may have been under 18; an unknown age counts as that",
        under_ten="That they were under ten",
        age_basis="How the age is known",
        age_as_at="On which day it was known",
        age_band="Of which band of ages they were when recorded",
        knows="Whether they know of this record",
        proposed_at="When it was proposed",
        authorised_at="When a second officer authorised it",
        schedule="Under which row of the retention schedule it falls",
        start_on="From which day that counts",
        review_on="When it must be looked at again",
        max_on="Its last day",
        extended="That its last day was moved",
        origin="The old system that it was taken over from",
        telling="What is decided about telling them, as a code, once it is in force",
        erase_because="Why it is to be erased without a request, as a code",
    ),
    *PERSON.personal(
        proposed_by_id="Which officer proposed it", authorised_by_id="Which officer authorised it"
    ),
    *PERSON.words(
        name="The name, only if needed to protect somebody or to hand over",
        birth_date="The birth date",
        age_value="The age in whole years, where no birth date is known",
    ),
    *CONTACT.words(contact="How to reach a victim, witness or reporter; nobody else's is held"),
    *LINK.hidden(id="The link's own random id"),
    *LINK.plain(
        person_id="Who", referral_id="In which referral",
        role="What they are there; never assumed",
        offence="The offence that a suspect or convicted person is linked to, as a code",
        grounds="Objective grounds of a suspicion, as codes",
        grounds_on="Since when the desk has had them",
        at="When it was proposed",
        authorised_at="When a second officer authorised it",
        ended_at="When it ended, if it did",
    ),
    *LINK.personal(by_id="Which officer proposed it",
                   authorised_by_id="Which officer authorised it"),
    *LINK.words(
        Kind.ASSESSMENT,
        grounds_words="What shows the grounds",
        necessity="Why this person must be on record",
        welfare_reason="For which need of a child under ten",
        best_interests="What is in a child's best interests",
    ),
    *STATEMENT.hidden(id="The statement's own random id"),
    *STATEMENT.plain(
        person_id="About whom",
        link_id="In which referral and role",
        kind="Whether it is a fact or an assessment; never both",
        at="When it was said",
        grade_of="What the grade is about",
        grade_source="How far the source can be relied on (3x5x2)",
        grade_information="How the source knows it (3x5x2)",
        handling="Whether it may be shared (3x5x2)",
        handling_conditions="Under which conditions",
        verified_at="When it was last found right",
        standing="Whether it can be relied on",
        replaces_id="Which statement it took the place of",
    ),
    *STATEMENT.personal(by_id="Which officer said it"),
    *STATEMENT.words(text="What is said"),
    *STATEMENT.words(Kind.FACT, source="Where a fact comes from"),
    *STATEMENT.words(Kind.ASSESSMENT, basis="What an assessment rests on",
                     basis_holder="Who keeps the records behind it"),
    *STEP.hidden(id="The step's own random id"),
    *STEP.plain(person_id="With whose record", what="What was done",
                about="With which part of it", at="When it was done"),
    *STEP.personal(by_id="Which officer did it"),
    *STEP.words(Kind.ASSESSMENT, reason="Why, in the officer's own words"),
    *STEP.words(letter="What the person is told before a restriction ends"),
    *PURPOSE.hidden(id="The request's own random id"),
    *PURPOSE.plain(
        person_id="Whose record",
        purpose="For which other purpose, as a code",
        asked_at="When it was asked for",
        approved="Whether it was allowed",
        answered_at="When it was answered",
    ),
    *PURPOSE.personal(asked_by_id="Which officer asked", answered_by_id="Which officer answered"),
    *PURPOSE.words(
        Kind.ASSESSMENT,
        law="Which law allows it",
        necessity="Why it is necessary",
        proportionality="Why it is proportionate",
        answer="Why the second officer answered so",
    ),
)  # fmt: skip
