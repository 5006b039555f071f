"""The register's lines about the desk's documents: what they hold is published once in force."""

from dataclasses import replace

from evenhand.rules.officers import Permission
from evenhand.rules.register import Basis, Held, Keep, Table

DOCUMENT = Table(
    "document_version",
    "show why and how people’s data is processed (DPA 2018 ss.42, 64)",
    Basis.LEGAL_DUTY,
    Keep.POLICY,
    read_by=Permission.READ_DOCUMENTS,
    words_read_by=Permission.READ_DOCUMENTS,
)
WORD = Table(
    "document_word",
    "show who advised on a document, and what was corrected",
    Basis.LEGAL_DUTY,
    Keep.POLICY,
    read_by=Permission.READ_DOCUMENTS,
    words_read_by=Permission.READ_DOCUMENTS,
)
SCRUTINY = Table(
    "scrutiny",
    "answer who looked at the desk from outside, and what came of it (DPA 2018 ss.34(3), 56)",
    Basis.LEGAL_DUTY,
    Keep.SCRUTINY,
    read_by=Permission.READ_DOCUMENTS,
    words_read_by=Permission.READ_DOCUMENTS,
)
SCRUTINY_WORD = replace(SCRUTINY, name="scrutiny_word")
SCRUTINY_NONE = replace(SCRUTINY, name="scrutiny_none")
_SCRUTINY: tuple[Held, ...] = (
    *SCRUTINY.hidden(id="The entry's own random id", key_id="The key that it is sealed under"),
    *SCRUTINY.plain(
        number="Its number in the register",
        kind="In what way the desk was looked at",
        held_on="When",
        at="When it was recorded",
    ),
    *SCRUTINY.personal(by_id="Who recorded it"),
    *SCRUTINY.words(body="Which body looked", scope="At what"),
    *SCRUTINY_WORD.hidden(id="The addition's own random id"),
    *SCRUTINY_WORD.plain(
        scrutiny_id="To which entry it is added",
        about_id="About which recommendation it is, if about one",
        what="An outcome, a recommendation, what was done, or a correction",
        day="Of which day",
        at="When it was added",
    ),
    *SCRUTINY_WORD.personal(by_id="Who added it"),
    *SCRUTINY_WORD.words(text="What it says"),
    *SCRUTINY_NONE.hidden(id="Its own random id"),
    *SCRUTINY_NONE.plain(
        kind="Of which kind there was none",
        true_on="On which day that was true",
        at="When it was said",
    ),
    *SCRUTINY_NONE.personal(by_id="Who said so"),
)
EQUALITY = Table(
    "machinery.equality_tally",
    "have due regard to equality (Equality Act 2010 s.149), without holding it of anybody",
    Basis.LEGAL_DUTY,
    Keep.EQUALITY,
    read_by=None,
)
_EQUALITY: tuple[Held, ...] = EQUALITY.hidden(
    id="The row's own random id",
    quarter="The first day of the quarter",
    part="In what part somebody is in the content or the case, as a code",
    basis="Whether an officer perceived it, the person stated it, or nobody asked",
    answer="The group, as a code",
    number="How many; shown only in tables in which small numbers are hidden",
)
TRAINING = Table(
    "training",
    "show that who works here is trained, and accepted the instructions (DPA 2018 s.60)",
    Basis.LEGAL_DUTY,
    Keep.STAFF,
    read_by=Permission.READ_TRAINING,
)
_TRAINING: tuple[Held, ...] = (
    *TRAINING.hidden(id="The line's own random id"),
    *TRAINING.plain(
        course="In what, or that instructions were accepted",
        document_id="Which version of the instructions",
        at="When it was recorded",
    ),
    *TRAINING.personal(
        officer_id="Who was trained",
        done_on="On which day",
        valid_until="Until when it counts",
        by_id="Who recorded it",
    ),
)
ASSURANCE: tuple[Held, ...] = (
    *_TRAINING,
    *_EQUALITY,
    *_SCRUTINY,
    *DOCUMENT.hidden(
        id="The version's own random id",
        key_id="The key that its text is sealed under",
        version="How often the version was acted on",
    ),
    *DOCUMENT.plain(
        kind="Which document it is",
        number="Its number among the versions",
        stage="Where the version stands",
        residual="How high the risk is that is left",
        claims="What it says the service does, as codes",
        harms="Of an equality impact assessment: which kinds of harm there were then",
        written_at="When it was written",
        advised_at="When the data protection officer advised on it last",
        ico_advised_on="The day of the Information Commissioner's advice",
        approved_at="When it was approved",
        in_force_from="From which day it is in force",
        review_on="By which day it is looked at again",
        replaced_at="When a newer version took its place",
        listed="The names on a register that is or was in force, as they are compared",
        listed_until="Until which day each of them gets something",
        conditions="Of a policy document: the paragraphs of Schedule 8 that it relies on",
    ),
    *DOCUMENT.personal(written_by_id="Who wrote it", approved_by_id="Who approved it"),
    *DOCUMENT.words(
        description="What is processed and what for",
        dangers="The risks to the rights and freedoms of people",
        measures="What is done about them",
        safeguards="Safeguards, security measures, and how compliance is shown",
        procedures="How the principles are complied with",
        retention="What is kept, how long, and how it is erased",
        aims="How due regard is had to equality",
        consultation="Who was consulted, and what they said",
        effects="The effects on people by protected characteristic, and the evidence",
        actions="What is done about them",
        instructions="What officers are instructed to do with people's data",
        parties="Joint controllers or processors, with contact point, from when until when",
        arrangement="Who of the joint controllers answers for what",
        contracts="How processors are bound to instructions",
        information="How the desk complies with the equality duty",
        objectives="Equality objectives",
    ),
    *WORD.hidden(id="The row's own random id"),
    *WORD.plain(
        document_id="Of which version",
        what="Advice, the Commissioner's advice, or a correction",
        at="When it was said",
        published_at="When the correction was published",
    ),
    *WORD.personal(by_id="Who said it", published_by_id="Who published it"),
    *WORD.words(text="What was said"),
)
