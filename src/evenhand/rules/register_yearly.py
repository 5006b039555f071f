"""The register's lines about the yearly reports: they hold no personal data, and are published."""

from evenhand.rules.officers import Permission
from evenhand.rules.register import Basis, Held, Keep, Table

REPORT = Table(
    "yearly_report",
    "publish what the desk did, so that it cannot be changed later",
    Basis.LEGAL_DUTY,
    Keep.POLICY,
    read_by=Permission.READ_DOCUMENTS,
    words_read_by=Permission.READ_DOCUMENTS,
)
YEARLY: tuple[Held, ...] = (
    *REPORT.hidden(
        id="The edition's own random id",
        key_id="The key that it is sealed under until it is published, and after",
        version="How often the edition was acted on",
    ),
    *REPORT.plain(
        kind="Which report it is",
        last_month="The last of its twelve months",
        number="Its number among the editions",
        question="The digest of what was asked",
        prepared_at="When it was prepared",
        published_at="When it was published",
    ),
    *REPORT.personal(prepared_by_id="Who prepared it", published_by_id="Who published it"),
    *REPORT.words(snapshot="The report as it is published, with the explanation of its officer"),
)
