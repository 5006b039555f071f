"""The register's lines about records of old systems in quarantine, and their counts."""

from evenhand.rules.assessments import Kind
from evenhand.rules.officers import Permission
from evenhand.rules.register import Basis, Keep, Table

RUN = Table(
    "import_run",
    "bring an old system over, or leave it behind",
    Basis.TASK,
    Keep.QUARANTINE,
    read_by=Permission.IMPORT,
    words_read_by=Permission.IMPORT,
)
ROW = Table(
    "import_row",
    "decide on each record of an old system",
    Basis.TASK,
    Keep.QUARANTINE,
    read_by=Permission.IMPORT,
    words_read_by=Permission.IMPORT,
)
TALLY = Table(
    "import_tally",
    "answer how many records each old system had",
    Basis.LEGAL_DUTY,
    Keep.COUNTS,
    read_by=Permission.LIST_REFERRALS,
)

IMPORTS = (
    *RUN.hidden(id="The file's own random id", key_id="Which key seals what was read of it"),
    *RUN.personal(
        brought_by_id="Who brought it over; nobody if it was a command",
        confirmed_by_id="Who said what its columns mean",
    ),
    *RUN.plain(
        brought_at="When it was brought over",
        schedule="The row of the retention schedule",
        start_on="The day its time in quarantine begins",
        review_on="The day by which an officer should have begun",
        max_on="The day on which what is left is erased",
        confirmed_at="When its columns were confirmed",
        ended_at="When what was left was erased",
    ),
    *RUN.words(
        file="The file's name",
        workbook="What was read of it, until its columns are confirmed",
        mapping="What its sheets and columns mean",
    ),
    *ROW.hidden(
        id="The record's own random id",
        key_id="Which key seals it, and it alone",
        tokens="Keyed hashes of a whole name with the birth date; they show neither",
    ),
    *ROW.plain(
        run_id="The file it came in",
        system="The old system, by the name it was given",
        sheet="Which sheet of the file",
        number="Which row of that sheet",
        lacks="What it lacks, as codes",
        names_person="That the old system names somebody in it",
        standing="Whether it waits, was passed or was rejected",
        at="When it left quarantine",
        became="The referral that it was passed as",
    ),
    *ROW.personal(by_id="Which officer passed or rejected it"),
    *ROW.words(cells="What the old system says, of the columns that are taken over"),
    *ROW.words(Kind.ASSESSMENT, reason="Why it was rejected, or a person left out"),
    *TALLY.hidden(id="The count's own random id"),
    *TALLY.plain(
        run_id="The file it came in",
        day="The day",
        system="The old system, by the name it was given",
        what="What is counted, as a code",
        count="How many",
    ),
)
