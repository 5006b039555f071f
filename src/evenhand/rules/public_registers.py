"""What the desk's public registers call their documents, looks from outside, and what follows."""

from collections.abc import Mapping

from evenhand.rules.assurance import DocumentKind
from evenhand.rules.scrutiny import ScrutinyKind, Told
from evenhand.rules.words import words

DOCUMENTS: Mapping[DocumentKind, str] = {
    DocumentKind.DPIA: words("Data protection impact assessment"),
    DocumentKind.APD: words("Appropriate policy document"),
    DocumentKind.EIA: words("Equality impact assessment"),
    DocumentKind.INSTRUCTIONS: words("Instructions to officers"),
    DocumentKind.JOINT_CONTROLLERS: words("Register of joint controllers"),
    DocumentKind.PROCESSORS: words("Register of processors"),
    DocumentKind.EQUALITY_INFORMATION: words("Equality information"),
    DocumentKind.EQUALITY_OBJECTIVES: words("Equality objectives"),
}
SCRUTINY: Mapping[ScrutinyKind, str] = {
    ScrutinyKind.AUDIT: words("Audit or formal review"),
    ScrutinyKind.INSPECTION: words("Inspection"),
    ScrutinyKind.COMPLAINT: words("Complaint about the desk to another body"),
    ScrutinyKind.APPEAL: words("Appeal"),
    ScrutinyKind.DECISION_NOTICE: words("Decision notice"),
    ScrutinyKind.VERIFICATION: words("Verification of the log by an overseer"),
}
STANDINGS: Mapping[Told | None, str] = {
    None: words("Nothing said yet"),
    Told.IN_HAND: words("In hand"),
    Told.DONE: words("Done"),
    Told.NOT_FOLLOWED: words("Not followed"),
}
