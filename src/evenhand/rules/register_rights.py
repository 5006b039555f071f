"""The register's lines about requests of people about their own data."""

from evenhand.rules.assessments import Kind
from evenhand.rules.officers import Permission
from evenhand.rules.register import Basis, Held, Keep, Table

_READ = Permission.READ_RIGHTS


def _table(name: str, purpose: str, keep: Keep = Keep.RIGHTS) -> Table:
    return Table(name, purpose, Basis.LEGAL_DUTY, keep, read_by=_READ, words_read_by=_READ)


REQUEST = _table("rights_request", "answer people about their data (DPA 2018 ss.45–48, 164A)")
CONTACT = Table(
    "rights_contact",
    "send the answer to whoever asked about their data",
    Basis.LEGAL_DUTY,
    Keep.RIGHTS_CONTACT,
    read_by=Permission.HANDLE_RIGHTS,
    words_read_by=Permission.HANDLE_RIGHTS,
)
EVENT = _table("rights_event", "reckon by when a request is answered (DPA 2018 s.54)")
SEARCH = _table("rights_search", "show what was searched for a request (DPA 2018 s.45(2A))")
FOUND = _table("rights_found", "say which records a request is about, and hold them", Keep.PERSON)
MARK = _table("rights_mark", "hold back what the law lets be held back (s.45(4))", Keep.PERSON)
REVIEW = _table("rights_review", "look again at what is held back (s.45(4), (7))", Keep.PERSON)
LETTER = _table("rights_letter", "prove what was answered, when and by whom (s.45(7))")
PACK = _table("rights_pack", "give a person what is held of them (s.45(1))", Keep.PERSON)
COUNT = _table("rights_count", "answer how many asked, and how many in time", Keep.COUNTS)

RIGHTS: tuple[Held, ...] = (
    *REQUEST.hidden(
        id="The request's own random id",
        key_id="Which key seals its words",
        receipt="A keyed hash of the receipt number, which only the person has",
    ),
    *REQUEST.plain(
        reference="A reference that follows no order and says nothing",
        kind="What is asked for",
        came_by="Whether it came by the form, by mail or on paper",
        language="In which language the person is written to",
        received_on="The day on which it came",
        logged_at="When it was logged",
        standing="Whether it was answered",
        outcome="How it was answered, as a code",
        replied_at="When the reply left",
        withdrawn_at="When it was entered that they withdrew it",
        unreached_at="When it was entered that they cannot be reached",
        schedule="The row of the retention schedule",
        review_on="From when it need not be kept",
        max_on="Its last day",
    ),
    *REQUEST.personal(
        logged_by_id="Which officer logged it, if it came on paper or by mail",
        unreached_by_id="Which officer entered that they cannot be reached",
    ),
    *REQUEST.words(
        name="The name that the person gave",
        birth_date="The birth date that they gave, if they did",
        wish="What they ask, in their words",
        told="How they told the desk that they withdraw it",
        tried="What was tried to reach them",
    ),
    *CONTACT.hidden(
        id="The row's own random id",
        key_id="Which key seals it, and it alone",
        request_id="Of which request",
        schedule="The row of the retention schedule",
        last_on="Its last day",
    ),
    *CONTACT.words(email="An e-mail address for the answer", postal="A postal address for it"),
    *EVENT.hidden(id="The event's own random id"),
    *EVENT.plain(
        request_id="To which request",
        what="What happened, as a code",
        day="On which day",
        because="Why the reply takes longer, as codes",
        at="When it was entered",
    ),
    *EVENT.personal(by_id="Which officer entered it"),
    *EVENT.words(Kind.ASSESSMENT, reasons="Why, or what was asked or seen"),
    *SEARCH.hidden(id="The search's own random id"),
    *SEARCH.plain(
        request_id="For which request",
        hits="How many records have the key",
        more="Whether others have it, too, that were not taken yet",
        in_quarantine="Which records in quarantine have it, by their random ids",
        at="When",
    ),
    *SEARCH.personal(by_id="Which officer searched"),
    *SEARCH.words(sought="By which exact key"),
    *FOUND.hidden(id="The row's own random id"),
    *FOUND.plain(
        request_id="For which request",
        is_theirs="Whether the record is that of the person who asks",
        at="When it was found",
        settled_at="When that was said",
    ),
    *FOUND.personal(
        person_id="The record", by_id="Which officer found it", settled_by_id="Who said so"
    ),
    *FOUND.words(Kind.ASSESSMENT, reason="How the officer knows"),
    *MARK.hidden(id="The row's own random id"),
    *MARK.plain(
        request_id="For which request",
        piece="Which piece of the record, by its random id",
        withheld="Why it is held back, as a code",
        ground="On which ground in law",
        review_on="When that is looked at again",
        lifted_at="Since when it is not held back any more",
        told_at="When the person was given it",
        at="When it was marked",
    ),
    *MARK.personal(person_id="Of whose record", by_id="Which officer marked it"),
    *MARK.words(Kind.ASSESSMENT, reasons="Why, for the Commissioner", lawyer="Who advised"),
    *REVIEW.hidden(id="The row's own random id"),
    *REVIEW.plain(
        request_id="For which request",
        mark_id="Of what is held back",
        outcome="Whether it stays held back, as a code",
        review_on="When it is looked at once more",
        standing="Whether a second officer confirmed it",
        at="When it was looked at",
        answered_at="When a second officer answered",
    ),
    *REVIEW.personal(
        person_id="Of whose record",
        by_id="Which officer looked at it",
        answered_by_id="Which second officer answered",
    ),
    *REVIEW.words(Kind.ASSESSMENT, reasons="What was found", answer="What the second officer says"),
    *LETTER.hidden(id="The letter's own random id"),
    *LETTER.plain(
        request_id="About which request",
        kind="What sort of letter",
        outcome="What it answers, as a code",
        not_searched="How many records of old systems in quarantine no exact key could find",
        standing="How far it is on its way",
        at="When it was written",
        answered_at="When a second officer answered",
        route="By mail or by post",
        in_the_post="That the worker is to send it",
        failure="Why it could not be sent, as a code",
        sent_at="When it left",
    ),
    *LETTER.personal(
        by_id="Which officer wrote it",
        answered_by_id="Which second officer answered",
        sent_by_id="Who sent it",
    ),
    *LETTER.words(subject="Its subject", text="What the person reads"),
    *LETTER.words(
        Kind.ASSESSMENT,
        because="Why it was answered so, for the desk and the Commissioner",
        answer="What the second officer says",
    ),
    *PACK.hidden(id="The pack's own random id"),
    *PACK.plain(letter_id="With which letter"),
    *PACK.personal(person_id="Of whose record"),
    *PACK.words(pack="What was given of the record, as it was approved"),
    *COUNT.hidden(id="The count's own random id"),
    *COUNT.plain(
        day="The day",
        kind="What was asked for",
        what="Received, or answered in time or late",
        count="How many",
    ),
)
