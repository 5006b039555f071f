"""The register, its lines about counts of days and what was answered and published from them."""

from evenhand.rules.officers import Permission
from evenhand.rules.register import Basis, Held, Keep, Table

DAY_COUNT = Table(
    "machinery.day_count",
    "answer what happened, and what was there, as at any day",
    Basis.LEGAL_DUTY,
    Keep.COUNTS,
    read_by=Permission.LIST_REFERRALS,
)
DAY_SUM = Table(
    "machinery.day_sum",
    "answer what happened in whole months without reading their days",
    Basis.LEGAL_DUTY,
    Keep.COUNTS,
    read_by=Permission.LIST_REFERRALS,
)
COUNTED_AS = Table(
    "machinery.counted_as",
    "count people once, whatever is recorded of them",
    Basis.LEGAL_DUTY,
    Keep.AS_RECORD,
)
FIELD_KNOWN = Table(
    "machinery.field_known",
    "say since when each field is recorded",
    Basis.LEGAL_DUTY,
    Keep.COUNTS,
    read_by=Permission.LIST_REFERRALS,
)
FIGURE = Table(
    "figure",
    "show which figures were given and published, and that none was changed (FOIA s.1)",
    Basis.LEGAL_DUTY,
    Keep.COUNTS,
    read_by=Permission.ASK_QUESTIONS,
)
QUARTER = Table(
    "people_quarter",
    "show what was published of people in each quarter, and that it was not changed",
    Basis.LEGAL_DUTY,
    Keep.COUNTS,
    read_by=Permission.LIST_REFERRALS,
)
ERRATUM = Table(
    "erratum",
    "correct published figures openly",
    Basis.LEGAL_DUTY,
    Keep.COUNTS,
    read_by=Permission.ASK_QUESTIONS,
)
COUNTS: tuple[Held, ...] = (
    *DAY_COUNT.hidden(id="The row's own random id", slot="Which part of the number it is"),
    *DAY_COUNT.plain(
        counted="What was counted",
        day="On which day it happened, or came and went",
        parts="What tells it from other counts: codes such as platform, ground, role, band of age",
        known_on="On which day the desk came to know it, or that it was otherwise",
        number="How often",
    ),
    *DAY_SUM.hidden(id="The row's own random id"),
    *DAY_SUM.plain(
        counted="What was counted",
        month="In which month it happened, or came and went",
        place="Of which of several parts it is the sum, alone; empty: of all of them",
        parts="What tells it from other counts, as of days",
        known_in="In which month the desk came to know it, or that it was otherwise",
        number="How often",
    ),
    *FIELD_KNOWN.hidden(id="The row's own random id"),
    *FIELD_KNOWN.plain(
        its_table="The table",
        its_column="The column",
        since="Since when it is there",
        until="On which day it was gone",
    ),
    *FIGURE.hidden(id="The figure's own random id"),
    *FIGURE.plain(
        code="Which question of the library it answers",
        as_at="As at which day",
        question_sha256="The SHA-256 of the question",
        value_sha256="The SHA-256 of question and value",
        document="The answer as it was given: numbers, what they mean, how far the log was",
        document_sha256="The SHA-256 of that, to which the log commits",
        at="When it was given",
        entry="The entry of the log that says so",
        published="What readers have of it",
        published_at="When it was published",
    ),
    *FIGURE.personal(by_id="Which officer asked", published_by_id="Which officer published it"),
    *QUARTER.hidden(id="The row's own random id"),
    *QUARTER.plain(
        first_day="The first day of the quarter",
        on_record="What readers have of the people on record as it ended",
        disposed_of="What readers have of the records of people disposed of in it",
        at="When it was settled",
    ),
    *ERRATUM.hidden(id="The correction's own random id"),
    *ERRATUM.plain(
        wrong_id="The figure that was wrong",
        right_id="The figure that is right",
        why="What was wrong, as it is published",
        at="When it was written",
        confirmed_at="When it was confirmed and published",
        declined_at="When it was declined",
        declined_why="Why it was declined; it is never published",
        withdrawn_at="When who wrote it took it back",
    ),
    *ERRATUM.personal(
        by_id="Which officer wrote it",
        confirmed_by_id="Which officer confirmed it",
        declined_by_id="Which officer declined it",
    ),
    *COUNTED_AS.hidden(
        id="The row's own random id",
        whose="The random id of the person's record",
        counted="What it is counted in",
        parts="The codes under which: role, band of age, whether they are told",
    ),
)
