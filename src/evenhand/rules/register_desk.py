"""The register's lines about officers, keys, the log and the machinery; and the whole register."""

from evenhand.rules.officers import Permission
from evenhand.rules.register import Basis, Held, Keep, Table
from evenhand.rules.register_assurance import ASSURANCE
from evenhand.rules.register_breaches import BREACHES
from evenhand.rules.register_casework import CASEWORK
from evenhand.rules.register_counts import COUNTS
from evenhand.rules.register_foi import FOI
from evenhand.rules.register_imports import IMPORTS
from evenhand.rules.register_people import PEOPLE
from evenhand.rules.register_public import PUBLIC
from evenhand.rules.register_retention import RETENTION
from evenhand.rules.register_rights import RIGHTS
from evenhand.rules.register_sharing import SHARING
from evenhand.rules.register_unique import UNIQUE
from evenhand.rules.register_yearly import YEARLY

OFFICER = Table(
    "officer", "know who acts", Basis.SECURITY, Keep.STAFF, read_by=Permission.LIST_OFFICERS
)
TOKEN = Table("token", "let a named officer's program in", Basis.SECURITY, Keep.STAFF, read_by=None)
ABSENCE = Table(
    "absence", "know who stands in", Basis.SECURITY, Keep.STAFF, read_by=Permission.READ_WORDS
)
RECORD_KEY = Table("record_key", "seal one record's words", Basis.SECURITY, Keep.CASE, read_by=None)
INDEX_KEY = Table("index_key", "make search tokens", Basis.SECURITY, Keep.CASE, read_by=None)
ENTRY = Table(
    "entry", "the log (DPA 2018 s.62)", Basis.LEGAL_DUTY, Keep.LOG, read_by=Permission.READ_HISTORY
)
OPENING = Table(
    "opening", "who did what, when", Basis.LEGAL_DUTY, Keep.LOG, read_by=Permission.READ_HISTORY
)
DRAFT = Table(
    "machinery.draft", "keep answers between pages", Basis.TASK, Keep.MACHINERY, read_by=None
)
REPEAT = Table(
    "machinery.repeat", "do a repeated request once", Basis.TASK, Keep.MACHINERY, read_by=None
)
SAVED_LIST = Table(
    "machinery.saved_list", "find one's own work again", Basis.TASK, Keep.MACHINERY, read_by=None
)
CONSULTATION = Table(
    "machinery.consultation",
    "count a repeated look once",
    Basis.LEGAL_DUTY,
    Keep.MACHINERY,
    read_by=None,
    words_read_by=None,
)
RECONCILIATION = Table(
    "machinery.reconciliation",
    "show that casework and the log agree",
    Basis.SECURITY,
    Keep.MACHINERY,
    read_by=Permission.OVERSEE,
)
LOOKS_OF_DAY = Table(
    "machinery.looks_of_day",
    "show what the desk looks at records for",
    Basis.LEGAL_DUTY,
    Keep.MACHINERY,
    read_by=Permission.OVERSEE,
)
UNREAD = Table(
    "machinery.unread", "show a mention until it is read", Basis.TASK, Keep.MACHINERY, read_by=None
)
MAILBOX = Table(
    "machinery.mailbox",
    "take mail in once, and show that the mailbox is read",
    Basis.TASK,
    Keep.MACHINERY,
    read_by=Permission.READ_MAIL,
)
PREFERENCE = Table(
    "machinery.preference", "an officer's own wishes", Basis.SECURITY, Keep.MACHINERY, read_by=None
)
LOG_ORDER = Table(
    "machinery.log_pending", "give entries their order", Basis.LEGAL_DUTY, Keep.LOG, read_by=None
)
LOG_INDEX = Table(
    "machinery.log_index", "give entries their order", Basis.LEGAL_DUTY, Keep.LOG, read_by=None
)
LOG_STATE = Table(
    "machinery.log_state",
    "say how far the log is signed",
    Basis.SECURITY,
    Keep.LOG,
    read_by=Permission.OVERSEE,
)
LOG_CHECKPOINT = Table(
    "machinery.log_checkpoint",
    "prove that the log was not changed",
    Basis.LEGAL_DUTY,
    Keep.LOG,
    read_by=Permission.OVERSEE,
)
LOG_WITNESS = Table(
    "machinery.log_witness",
    "know who cosigned the log",
    Basis.SECURITY,
    Keep.LOG,
    read_by=Permission.OVERSEE,
)
LOG_KEY = Table(
    "machinery.log_key",
    "know who signs the log",
    Basis.SECURITY,
    Keep.LOG,
    read_by=Permission.OVERSEE,
)
LOG_CLOSED = Table(
    "machinery.log_closed",
    "say which log a new one continues, and why",
    Basis.LEGAL_DUTY,
    Keep.LOG,
    read_by=Permission.OVERSEE,
)

DESK = (
    *OFFICER.hidden(id="The officer's own random id", account_id="The sign-in account"),
    *OFFICER.personal(name="The name that colleagues see"),
    *OFFICER.plain(roles="The roles held", added_at="Since when", retired_at="Until when"),
    *TOKEN.hidden(
        id="The token's own random id",
        officer_id="Whose it is",
        digest="A hash of the token; the token itself is not kept",
        may_decide="Whether it may approve",
        made_at="Since when",
        expires_at="Until when",
    ),
    *ABSENCE.hidden(id="The absence's own random id"),
    *ABSENCE.personal(
        officer_id="Who is away; why is never asked",
        first_day="From which day on",
        last_day="Until which day",
        stand_in_id="Who stands in",
        set_by_id="Who entered it",
    ),
    *ABSENCE.plain(set_at="When it was entered", ended_at="When it ended early or was replaced"),
    *RECORD_KEY.hidden(id="The record's id", wrapped="Its key, wrapped by the desk's key"),
    *INDEX_KEY.hidden(
        id="The key's id", wrapped="The key, wrapped by the desk's key", made_at="Since when"
    ),
    *ENTRY.plain(
        number="The entry's number",
        obj="The random id of the record",
        ver="The record's version after the act",
        leaf="Act, day, class and one digest: no personal data",
        leaf_hash="The leaf's hash",
    ),
    *OPENING.plain(entry="The entry it opens"),
    *OPENING.personal(fields="Officer, time, role, codes and digests, each salted; no words"),
    *DRAFT.hidden(
        id="The draft's own random id",
        officer="Whose it is",
        form="Which form",
        about="The reference of the referral it is about",
        wrapped_key="Its key, wrapped by the desk's key",
        answers="The answers, sealed under that key",
        saved_at="When it was saved",
    ),
    *REPEAT.hidden(
        id="The row's own random id",
        officer="Whose request it was: an officer, or a platform's token",
        key_digest="A hash of the request's key",
        request_digest="A keyed hash of the request",
        about="The references of the referrals that the answer tells of",
        status="How it was answered, as a number",
        wrapped_key="The answer's key, wrapped by the desk's key",
        answer="The answer, sealed under that key",
        made_at="When it was made",
    ),
    *SAVED_LIST.hidden(
        id="The saved list's own random id",
        officer="Whose it is",
        wrapped_key="Its key, wrapped by the desk's key",
        filters="Its name and filters, sealed under that key; no words to look for",
        saved_at="When it was saved",
    ),
    *CONSULTATION.hidden(
        entry="The entry of the log",
        officer="Who looked; only they see how much they looked at",
        about="The record, or a digest of a list of records",
        why="What for, or the rule that refused, as a code",
        tried="The act that was refused, as a code",
        at="When",
        repeats="How often again within ten minutes",
        is_repeated="Whether it was repeated, so that it is found",
    ),
    *CONSULTATION.words(
        keep=Keep.PERSON, reason="Why somebody looked at a person, under that person's own key"
    ),
    *RECONCILIATION.hidden(id="The row's own random id"),
    *RECONCILIATION.plain(
        began_at="When the comparison began",
        ended_at="When it ended",
        entries="How many entries it read",
        rows="How many rows of casework it read",
        changes="How many changes it read",
        found="How many differences it found",
        differences="The first of them: table, key and what, as a code",
        in_tree="How many entries the published tree had that it was compared with",
        failure="By what kind of fault it was broken off",
    ),
    *LOOKS_OF_DAY.hidden(id="The row's own random id"),
    *LOOKS_OF_DAY.plain(
        day="The day, in UTC",
        why="What for, as a code",
        looks="How many looks, by everybody together",
        repeats="How many of them were repeated within ten minutes, together",
    ),
    *UNREAD.hidden(
        id="The row's own random id",
        officer="Who is mentioned",
        note_id="In which note",
        referral="On which referral",
        at="Since when",
    ),
    *MAILBOX.hidden(
        id="The row's own random id",
        mailbox="Its address, without the password",
        numbering="Which numbering of its messages is meant",
        last="The number of the last message that was taken",
    ),
    *MAILBOX.plain(read_at="When it was read last", failure="What is wrong with it, as a code"),
    *LOG_ORDER.hidden(turn="Who came first", entry="Which entry waits for its index"),
    *LOG_INDEX.hidden(index="The place in the tree", entry="Of which entry"),
    *LOG_STATE.hidden(id="The one row"),
    *LOG_STATE.plain(
        written="How many entries the tree holds",
        root="The hash over all of them",
        fault="Why the log does not go on",
        fault_since="Since when",
        is_closing="Whether a new log is being begun",
    ),
    *LOG_CLOSED.hidden(id="Its number", entry="The first entry of the log that continues it"),
    *LOG_CLOSED.plain(
        origin="The name of a log that was closed",
        size="How many entries its last checkpoint covers",
        checkpoint="That checkpoint; anybody may have it",
        continued_by="The name of the log that continues it",
        why="Why, as a code",
        at="When",
    ),
    *LOG_CHECKPOINT.plain(
        size="How many entries are signed",
        checkpoint="What was signed, with its signatures; anybody may have it",
        signed_at="When",
        cosigned_at="When enough witnesses had cosigned it",
    ),
    *LOG_WITNESS.plain(
        key="The public key of a witness",
        size="How many entries it cosigned last",
        heard_at="When",
        fault="Why it does not answer",
        fault_since="Since when",
    ),
    *LOG_KEY.plain(
        key="A public key of the log",
        since="Since when it signs",
        closed="Which closed log it was of, if of one",
    ),
    *PREFERENCE.hidden(
        officer="Whose it is",
        shortcuts="Whether keyboard shortcuts are on",
        break_after_looks="After how many looks to remind of a break",
        break_after_minutes="After how many minutes to remind of a break",
        quiet_until="Until when a reminder that was seen stays away",
    ),
)
REGISTER: tuple[Held, ...] = (
    *CASEWORK, *PEOPLE, *RETENTION, *SHARING, *UNIQUE, *ASSURANCE, *BREACHES, *YEARLY,
    *IMPORTS, *PUBLIC, *FOI, *RIGHTS, *DESK, *COUNTS,
)  # fmt: skip
"""Everything held, in the order of the published page."""
