"""The register's lines about telling people apart, counting them, and telling them."""

from evenhand.rules.officers import Permission
from evenhand.rules.register import Basis, Held, Keep, Table

COMBINATION = Table(
    "combination",
    "say whether two records are one person's (DPA 2018 s.62(1)(e))",
    Basis.LEGAL_DUTY,
    Keep.PERSON,
    read_by=Permission.JOIN_PEOPLE,
    words_read_by=Permission.JOIN_PEOPLE,
)
COUNT = Table(
    "people_count",
    "answer how many people are on record",
    Basis.LEGAL_DUTY,
    Keep.PERSON,
    read_by=Permission.LIST_REFERRALS,
)
KNOWN = Table(
    "machinery.people_known",
    "answer how many people were on record on any day",
    Basis.LEGAL_DUTY,
    Keep.COUNTS,
    read_by=Permission.LIST_REFERRALS,
)
TELLING = Table(
    "notify_decision",
    "decide whether a person is told of the record (DPA 2018 s.44)",
    Basis.LEGAL_DUTY,
    Keep.PERSON,
    read_by=Permission.CONFIRM_NOT_TELLING,
    words_read_by=Permission.CONFIRM_NOT_TELLING,
)
UNIQUE: tuple[Held, ...] = (
    *COMBINATION.hidden(id="The row's own random id"),
    *COMBINATION.plain(
        first_id="The record that was looked from",
        second_id="The other record",
        standing="Told apart, proposed, refused, joined or taken apart again",
        decided_at="When the first officer decided",
        answered_at="When the second officer answered",
        undone_at="When they were taken apart again",
    ),
    *COMBINATION.personal(
        decided_by_id="The first officer",
        answered_by_id="The second officer",
        undone_by_id="Who took them apart again",
    ),
    *COMBINATION.words(
        reason="Why the first officer decided so",
        answer="Why the second officer answered so",
        undone_because="Why they were taken apart again",
    ),
    *COUNT.hidden(id="The row's own random id"),
    *COUNT.plain(
        system="From which system the records come; empty for all together",
        records="How many records are held or restricted",
        people="How many people they are of",
    ),
    *KNOWN.hidden(id="The row's own random id"),
    *KNOWN.plain(
        system="From which system the records come; empty for all together",
        known_on="The day, at the end of which it was so until the next that is kept",
        records="How many records were held or restricted",
        people="How many people they were of",
    ),
    *TELLING.hidden(id="The row's own random id"),
    *TELLING.plain(
        person_id="About whom",
        telling="Whether the person is told or not",
        ground="On which ground in law they are not told, as a code",
        decided_at="When it was decided",
        decided_on="On which day of the desk's",
        review_on="When a restriction is looked at again",
        confirmed_at="When a second person confirmed that they are not told",
        replaced_at="When another decision took its place",
    ),
    *TELLING.personal(decided_by_id="Who decided", confirmed_by_id="Who confirmed"),
    *TELLING.words(
        reasons="Why it was decided so",
        lawyer="Which lawyer advised that it is privileged",
        letter="The letter that the person gets",
    ),
)
