"""The register's lines about the desk's documents: what they hold is published once in force."""

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
ASSURANCE: tuple[Held, ...] = (
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
        written_at="When it was written",
        advised_at="When the data protection officer advised on it last",
        ico_advised_on="The day of the Information Commissioner's advice",
        approved_at="When it was approved",
        in_force_from="From which day it is in force",
        review_on="By which day it is looked at again",
        replaced_at="When a newer version took its place",
    ),
    *DOCUMENT.personal(written_by_id="Who wrote it", approved_by_id="Who approved it"),
    *DOCUMENT.words(
        description="What is processed and what for",
        dangers="The risks to the rights and freedoms of people",
        measures="What is done about them",
        safeguards="Safeguards, security measures, and how compliance is shown",
        procedures="How the principles are complied with",
        retention="What is kept, how long, and how it is erased",
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
