"""The register's lines about requests for information and what became of them."""

from evenhand.rules.assessments import Kind
from evenhand.rules.officers import Permission
from evenhand.rules.register import Basis, Held, Keep, Table

READ = Permission.READ_FOI
REQUEST = Table(
    "foi_request",
    "answer who asks for information, in the time that the law gives",
    Basis.LEGAL_DUTY,
    Keep.FOI,
    read_by=READ,
    words_read_by=READ,
)
REQUESTER = Table(
    "foi_requester",
    "send a reply to who asked, apart from what was asked",
    Basis.LEGAL_DUTY,
    Keep.REQUESTER,
    read_by=None,
    words_read_by=Permission.READ_REQUESTER,
)
STEP = Table(
    "foi_step",
    "count the time for a reply, and show what was done in it",
    Basis.LEGAL_DUTY,
    Keep.FOI,
    read_by=READ,
    words_read_by=READ,
)
HOLD = Table(
    "foi_hold",
    "keep what a request is about until no review of its reply can follow",
    Basis.LEGAL_DUTY,
    Keep.FOI,
    read_by=None,
)
PART = Table(
    "foi_part",
    "answer or refuse each part of a request, with reasons",
    Basis.LEGAL_DUTY,
    Keep.FOI,
    read_by=READ,
    words_read_by=READ,
)
LETTER = Table(
    "foi_letter",
    "show what was written to who asked, and who approved it",
    Basis.LEGAL_DUTY,
    Keep.FOI,
    read_by=READ,
    words_read_by=READ,
)
DISCLOSURE = Table(
    "foi_disclosure",
    "publish what was answered, so that nobody needs to ask again",
    Basis.LEGAL_DUTY,
    Keep.PUBLISHED,
    read_by=READ,
)

FOI: tuple[Held, ...] = (
    *REQUEST.hidden(
        id="The request's own random id",
        key_id="Which key seals it, and it alone",
        version="How often it changed",
        receipt="A keyed hash of the receipt number, which only who asked has",
        schedule="The row of the retention schedule",
    ),
    *REQUEST.plain(
        number="What the desk calls it",
        channel="Whether it came by the form, by mail or on paper, or corrects a published reply",
        received_on="The day on which it was received",
        logged_at="When it was logged",
        standing="Where it stands",
        corrects="The number of the request whose published reply it corrects, if it does",
        like="The first of those requests whose cost is taken together with its own",
        determining_minutes="How long it would take to find out whether it is held",
        locating_minutes="How long it would take to find it",
        retrieving_minutes="How long it would take to get it",
        extracting_minutes="How long it would take to take it out of a document",
        estimated_at="When that was estimated",
        closed_on="The day on which it was closed",
        review_on="The day by which it is looked at again",
        max_on="Its last day",
    ),
    *REQUEST.personal(
        logged_by_id="Which officer logged it, unless it came by the form",
        estimated_by_id="Which officer estimated its cost",
    ),
    *REQUEST.words(asked="What is asked, in the words of who asks"),
    *REQUESTER.hidden(
        id="The row's own random id",
        key_id="Which key seals it, and it alone",
        request_id="Of which request",
        schedule="The row of the retention schedule",
        last_on="Its last day, once the request was closed",
        language="In which language they are written to",
    ),
    *REQUESTER.words(
        name="The name of who asked, as the Act has it given",
        email="The e-mail address that the reply goes to",
        postal="The postal address that the reply goes to",
    ),
    *STEP.hidden(id="The step's own random id", request_id="Of which request"),
    *STEP.plain(
        number="Its place among the steps",
        what="What happened, as a code",
        on="The day on which it happened",
        at="When it was entered",
        until="By when the desk said it would decide",
        pence="How much was to be paid",
    ),
    *STEP.personal(by_id="Which officer entered it"),
    *STEP.words(text="What was written or said"),
    *HOLD.hidden(id="Which hold", request_id="Of which request"),
    *PART.hidden(id="The part's own random id", request_id="Of which request"),
    *PART.plain(
        number="Its place in the request",
        reply="Whether the first reply answers it, or which further one",
        wants="What it wants: a total, a field, a document, a statement, something else",
        held_in="What it asks for of a register of the desk, as a code",
        treatment="Whether it is given, withheld, not held, or neither confirmed nor denied",
        question="Which question of the library of counts answers it",
        published="What may be published of that number, as given, with the least that it can be",
        exemption="The exemption of law, as a code",
        prejudice="Whether disclosure would, or would be likely to, prejudice something",
        at="When it was answered",
        confirmed_at="When a second officer confirmed it",
    ),
    *PART.personal(
        by_id="Which officer answered it", confirmed_by_id="Which second officer confirmed it"
    ),
    *PART.words(asked="What is asked, as the desk publishes it", answer="The answer"),
    *PART.words(
        Kind.ASSESSMENT,
        why="Why the exemption applies, or why it is not held",
        how="What prejudice would come about, and by what",
        public_interest="How the public interest was weighed",
    ),
    *LETTER.hidden(id="The letter's own random id", request_id="Of which request"),
    *LETTER.plain(
        number="Its place among the letters",
        reply="Whether it is the first reply, or which further one",
        kind="What it is about",
        title="What the reply is called in the disclosure log",
        at="When it was written",
        approved_at="When a second officer approved it",
        returned_at="When a second officer gave it back",
        by_mail="Whether the worker sends it by e-mail",
        sent_on="The day on which it left",
        failed="Why it could not be sent, as a code",
    ),
    *LETTER.personal(
        by_id="Which officer wrote it", approved_by_id="Which second officer approved it"
    ),
    *LETTER.words(text="The letter", published="What of it is published"),
    *DISCLOSURE.hidden(id="Its own random id", schedule="The row of the retention schedule"),
    *DISCLOSURE.plain(
        number="What the desk calls the request",
        reply="Whether it is the first reply, or which further one",
        title="What it is called",
        body="What was asked and answered, without who asked",
        tables="Its numbers as readers have them, small ones hidden, when each was given and"
        " what was asked, to compare others with and to correct them",
        received_on="The day on which the request was received",
        due_on="The day by which it was to be answered",
        replied_on="The day on which it was answered",
        outcome="Whether all, some or nothing was given",
        max_on="Its last day",
    ),
)
