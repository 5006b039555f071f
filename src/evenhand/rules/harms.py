"""The harms a referral may allege, the codes they carry abroad, and those that end the form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from evenhand.rules.refusals import Refused
from evenhand.rules.words import words


class DsaCategory(StrEnum):
    """The categories of the EU DSA Transparency Database, schema of 1 July 2025."""

    ANIMAL_WELFARE = "STATEMENT_CATEGORY_ANIMAL_WELFARE"
    CONSUMER_INFORMATION = "STATEMENT_CATEGORY_CONSUMER_INFORMATION"
    CYBER_VIOLENCE = "STATEMENT_CATEGORY_CYBER_VIOLENCE"
    CYBER_VIOLENCE_AGAINST_WOMEN = "STATEMENT_CATEGORY_CYBER_VIOLENCE_AGAINST_WOMEN"
    DATA_PROTECTION = "STATEMENT_CATEGORY_DATA_PROTECTION_AND_PRIVACY_VIOLATIONS"
    SPEECH = "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH"
    INTELLECTUAL_PROPERTY = "STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS"
    CIVIC_DISCOURSE = "STATEMENT_CATEGORY_NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS"
    NOT_SPECIFIED = "STATEMENT_CATEGORY_NOT_SPECIFIED_NOTICE"
    OTHER_TERMS = "STATEMENT_CATEGORY_OTHER_VIOLATION_TC"
    MINORS = "STATEMENT_CATEGORY_PROTECTION_OF_MINORS"
    PUBLIC_SECURITY = "STATEMENT_CATEGORY_RISK_FOR_PUBLIC_SECURITY"
    SCAMS_AND_FRAUD = "STATEMENT_CATEGORY_SCAMS_AND_FRAUD"
    SELF_HARM = "STATEMENT_CATEGORY_SELF_HARM"
    PRODUCTS = "STATEMENT_CATEGORY_UNSAFE_AND_PROHIBITED_PRODUCTS"
    VIOLENCE = "STATEMENT_CATEGORY_VIOLENCE"


class XarfType(StrEnum):
    """The types of a XARF version 4 report on content."""

    BRAND_INFRINGEMENT = "brand_infringement"
    CSAM = "csam"
    CSEM = "csem"
    EXPOSED_DATA = "exposed_data"
    FRAUD = "fraud"
    MALWARE = "malware"
    PHISHING = "phishing"
    REMOTE_COMPROMISE = "remote_compromise"
    SUSPICIOUS_REGISTRATION = "suspicious_registration"


def _keywords(names: str) -> frozenset[str]:
    return frozenset(f"KEYWORD_{name}" for name in names.split())


# The keywords as the database groups them.
KEYWORDS: Mapping[DsaCategory, frozenset[str]] = {
    DsaCategory.ANIMAL_WELFARE: _keywords("ANIMAL_HARM UNLAWFUL_SALE_ANIMALS"),
    DsaCategory.CONSUMER_INFORMATION: _keywords(
        "HIDDEN_ADVERTISEMENT INSUFFICIENT_INFORMATION_ON_TRADERS MISLEADING_INFO_GOODS_SERVICES"
        " MISLEADING_INFO_CONSUMER_RIGHTS NONCOMPLIANCE_PRICING"
    ),
    DsaCategory.CYBER_VIOLENCE: _keywords(
        "CYBER_BULLYING_INTIMIDATION CYBER_HARASSMENT CYBER_INCITEMENT CYBER_STALKING"
        " NON_CONSENSUAL_IMAGE_SHARING NON_CONSENSUAL_MATERIAL_DEEPFAKE"
    ),
    DsaCategory.CYBER_VIOLENCE_AGAINST_WOMEN: _keywords(
        "BULLYING_AGAINST_GIRLS CYBER_HARASSMENT_AGAINST_WOMEN CYBER_STALKING_AGAINST_WOMEN"
        " FEMALE_GENDERED_DISINFORMATION INCITEMENT_AGAINST_WOMEN"
        " NON_CONSENSUAL_IMAGE_SHARING_AGAINST_WOMEN NON_CONSENSUAL_MATERIAL_DEEPFAKE_AGAINST_WOMEN"
    ),
    DsaCategory.DATA_PROTECTION: _keywords(
        "BIOMETRIC_DATA_BREACH DATA_FALSIFICATION MISSING_PROCESSING_GROUND RIGHT_TO_BE_FORGOTTEN"
    ),
    DsaCategory.SPEECH: _keywords("DEFAMATION DISCRIMINATION HATE_SPEECH"),
    DsaCategory.INTELLECTUAL_PROPERTY: _keywords(
        "COPYRIGHT_INFRINGEMENT DESIGN_INFRINGEMENT GEOGRAPHIC_INDICATIONS_INFRINGEMENT"
        " PATENT_INFRINGEMENT TRADE_SECRET_INFRINGEMENT TRADEMARK_INFRINGEMENT"
    ),
    DsaCategory.CIVIC_DISCOURSE: _keywords(
        "MISINFORMATION_DISINFORMATION VIOLATION_EU_LAW VIOLATION_NATIONAL_LAW"
    ),
    DsaCategory.NOT_SPECIFIED: frozenset(),
    DsaCategory.OTHER_TERMS: _keywords(
        "ADULT_SEXUAL_MATERIAL AGE_SPECIFIC_RESTRICTIONS GEOGRAPHICAL_REQUIREMENTS"
        " GOODS_SERVICES_NOT_PERMITTED LANGUAGE_REQUIREMENTS NUDITY"
    ),
    DsaCategory.MINORS: _keywords(
        "AGE_SPECIFIC_RESTRICTIONS_MINORS CHILD_SEXUAL_ABUSE_MATERIAL"
        " CHILD_SEXUAL_ABUSE_MATERIAL_DEEPFAKE GROOMING_SEXUAL_ENTICEMENT_MINORS UNSAFE_CHALLENGES"
    ),
    DsaCategory.PUBLIC_SECURITY: _keywords(
        "ILLEGAL_ORGANIZATIONS RISK_ENVIRONMENTAL_DAMAGE RISK_PUBLIC_HEALTH TERRORIST_CONTENT"
    ),
    DsaCategory.SCAMS_AND_FRAUD: _keywords(
        "IMPERSONATION_ACCOUNT_HIJACKING INAUTHENTIC_ACCOUNTS INAUTHENTIC_LISTINGS"
        " INAUTHENTIC_USER_REVIEWS PHISHING PYRAMID_SCHEMES"
    ),
    DsaCategory.SELF_HARM: _keywords("CONTENT_PROMOTING_EATING_DISORDERS SELF_MUTILATION SUICIDE"),
    DsaCategory.PRODUCTS: _keywords("PROHIBITED_PRODUCTS UNSAFE_PRODUCTS"),
    DsaCategory.VIOLENCE: _keywords(
        "COORDINATED_HARM INCITEMENT_VIOLENCE_HATRED HUMAN_EXPLOITATION HUMAN_TRAFFICKING"
        " TRAFFICKING_WOMEN_GIRLS"
    ),
}

# The database accepts these two with any category; its documentation groups them under none.
KEYWORDS_OF_ANY_CATEGORY: frozenset[str] = _keywords("OTHER STALKING")


@dataclass(frozen=True, kw_only=True, slots=True)
class Harm:
    """One kind of harm: what belongs to it, its codes elsewhere, the law it cites and its route.

    ``hint`` says what it is and is not; ``evidence``, what in the content usually shows it.
    ``provisions`` are codes of offences to suggest; ``route_provision`` is a power to act, if any.
    ``xarf_only_if`` is a condition that a person checks before a XARF report is made.
    """

    code: str
    title: str
    hint: str
    evidence: str
    dsa_category: DsaCategory
    dsa_keywords: tuple[str, ...]
    dsa_keywords_women: tuple[str, ...]
    ofcom_kind: str
    xarf: tuple[XarfType, ...]
    xarf_only_if: str
    provisions: tuple[str, ...]
    route: str
    route_provision: str
    terms_only: bool
    statutory_route_only: bool
    cannot_be_sent: bool
    emergency_check_first: bool
    safeguarding_first: bool
    verified: bool
    source: str


class UnknownHarm(Refused):
    """A referral names a harm of this desk's taxonomy, and nothing else."""

    code = "E-HARM-01"


class HarmNotSpecified(Refused):
    """A report that nobody has assessed cannot be sent to a platform."""

    code = "E-HARM-02"


class StatutoryRouteOnly(Refused):
    """Child sexual abuse imagery goes by the statutory route, and the desk keeps a reference."""

    code = "E-CSAM-77"
    clause = words("Protection of Children Act 1978 s.1")
    verified = False


class AlsoHarmsWrong(Refused):
    """Further harms are others than the first, each once, and none that alleges no offence."""

    code = "E-HARM-04"


def check_also_harms(first: Harm, also: Sequence[Harm]) -> None:
    """Refuse further harms that say nothing more, or that have a form of their own."""
    codes = [first.code, *(it.code for it in also)]
    if len(set(codes)) < len(codes) or any(it.terms_only for it in also):
        raise AlsoHarmsWrong(
            words("A further harm repeats another, or is one that stands alone."),
            do=words("Name each further harm once, and X1 only as the first and only harm."),
            at="also_harms",
        )


def check_can_be_referred(harm: Harm) -> None:
    """Refuse the harms that never become a referral to a platform. Catalogue row A77."""
    if harm.statutory_route_only:
        raise StatutoryRouteOnly(
            words("This form ends here. Do not save, describe or send the image."),
            do=words(
                "Report it by the statutory route: the Internet Watch Foundation or the National"
                " Crime Agency. Keep only the reference they give you."
            ),
            at="harm",
        )
    if harm.cannot_be_sent:
        raise HarmNotSpecified(
            words("The harm is not specified yet, so this cannot be sent."),
            do=words("Assess the content and choose the harm that fits it."),
            at="harm",
        )
