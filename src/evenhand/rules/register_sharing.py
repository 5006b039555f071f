"""The register's lines about agreements, disclosures and recalls."""

from evenhand.rules.assessments import Kind
from evenhand.rules.officers import Permission
from evenhand.rules.register import Basis, Keep, Table

RECIPIENT = Table(
    "recipient",
    "say with which organisation data is shared",
    Basis.LEGAL_DUTY,
    Keep.POLICY,
    read_by=Permission.READ_AGREEMENTS,
)
OPENED_KIND = Table(
    "opened_kind",
    "show which law opened a closed kind of recipient (DPA 2018 s.36(4))",
    Basis.LEGAL_DUTY,
    Keep.POLICY,
    read_by=Permission.READ_AGREEMENTS,
)
AGREEMENT = Table(
    "agreement",
    "share only what was agreed, with guidance to the recipient",
    Basis.LEGAL_DUTY,
    Keep.POLICY,
    read_by=Permission.READ_AGREEMENTS,
    words_read_by=Permission.READ_AGREEMENTS,
)
DISCLOSURE = Table(
    "disclosure",
    "say who was told what, and tell them when it changes (DPA 2018 ss.38(5), 48(9), 62(3))",
    Basis.LEGAL_DUTY,
    Keep.DISCLOSED,
    read_by=Permission.READ_DISCLOSURES,
    words_read_by=Permission.SHARE,
)
RECALL = Table(
    "recall",
    "tell recipients without delay (DPA 2018 ss.38(5)(c), 48(9))",
    Basis.LEGAL_DUTY,
    Keep.DISCLOSED,
    read_by=Permission.READ_DISCLOSURES,
)
ORIGINATOR = Table(
    "originator_notice",
    "tell whoever wrong data came from (DPA 2018 s.48(7))",
    Basis.LEGAL_DUTY,
    Keep.PERSON,
    read_by=Permission.SHARE,
    words_read_by=Permission.SHARE,
)

SHARING = (
    *RECIPIENT.hidden(id="The organisation's own random id"),
    *RECIPIENT.plain(
        code="The code that the log uses",
        name="The organisation's name",
        folded="Its name as it is compared, without case",
    ),
    *OPENED_KIND.hidden(id="The row's own random id"),
    *OPENED_KIND.plain(
        kind="The kind of recipient",
        enactment="The Act and section that authorises it",
        asked_at="When it was asked for",
        approved_at="When it was approved",
        expires_on="Its last day",
        ended_at="When it ended before",
    ),
    *OPENED_KIND.personal(
        asked_by_id="Which agreement owner asked",
        approved_by_id="Which data protection officer approved",
    ),
    *AGREEMENT.hidden(id="The version's own random id", key_id="Which key seals its words"),
    *AGREEMENT.plain(
        reference="The agreement's reference",
        number="Which version it is",
        recipient_id="The organisation",
        kind="The kind of recipient",
        country="Its country, as a code",
        transfer="What a transfer abroad rests on",
        named="The random ids of the named people",
        lock="The organisation's public key of age",
        fields="Which fields may leave",
        roles="About people in which roles",
        keep_days="How many days the recipient may keep a package",
        recall_days="In how many working days it confirms a recall",
        review_on="Until when it is in date",
        proposed_at="When it was proposed",
        signed_at="When it was signed",
        over_at="When it was replaced or ended",
    ),
    *AGREEMENT.personal(
        proposed_by_id="Which agreement owner proposed it",
        signed_by_id="Which data protection officer signed it",
    ),
    *AGREEMENT.words(
        people="The named people at the recipient, and their e-mail addresses",
        purpose="What the sharing is for",
        enactment="The law that it rests on",
        guidance="What the recipient may do with a package",
    ),
    *DISCLOSURE.hidden(
        id="The disclosure's own random id",
        person_id="The person; empty once they are erased",
        link_id="The role; empty once the person is erased",
    ),
    *DISCLOSURE.plain(
        reference="The id of the package, by which it is recalled",
        version="How many acts have changed it",
        standing="How far it is on its way",
        agreement_id="The version of the agreement",
        recipient_person="The random id of the named person at the recipient",
        child="That the person was or may have been under 18",
        purpose="For which other purpose than the desk's, as a code",
        carrier="Sealed or printed",
        fields="Which fields it holds",
        statements="The random ids of the statements in it",
        consented="Of which of them the originator consented",
        digest="The fingerprint of the package as it was built",
        package_sha256="The fingerprint of the exact bytes that left",
        built_at="When it was built",
        approved_at="When a second officer approved it",
        dpo_at="When the data protection officer approved it",
        released_at="When it left",
    ),
    *DISCLOSURE.personal(
        built_by_id="Which sharing officer built it",
        approved_by_id="Which second officer approved it",
        dpo_by_id="Which data protection officer approved it",
    ),
    *DISCLOSURE.words(
        Kind.ASSESSMENT,
        reason="Why it is shared",
        compelling="What makes it compelling to share about a child",
        approved_why="Why the second officer approved it",
        dpo_why="Why the data protection officer approved it",
        refused_why="Why it was refused",
    ),
    *DISCLOSURE.words(
        consent="Who consented to sharing what came from them",
        document="The package as it was built",
        package="The exact bytes that left",
    ),
    *RECALL.hidden(id="The recall's own random id"),
    *RECALL.plain(
        disclosure_id="The package that it recalls",
        why="Why, as a code",
        at="When it became necessary",
        due_at="By when it is sent: clock E11",
        in_the_post="That it is on its way by e-mail",
        failure="Why it could not be sent, as the mail server's code",
        sent_at="When it was sent first",
        last_sent_at="When it was sent last",
        reminders="How often the recipient was reminded",
        acknowledged_on="The day on which the recipient acknowledged it",
        acknowledged_at="When that was recorded",
        ended_at="Since when nothing is to be done about it: what was restricted is not any more",
    ),
    *RECALL.personal(by_id="Which officer's act made it necessary"),
    *ORIGINATOR.hidden(id="The letter's own random id"),
    *ORIGINATOR.plain(
        person_id="About whom",
        about="What of the record was wrong, as a code",
        at="When it was corrected",
        due_at="By when the body is told: clock E11",
        told_on="The day on which it was told",
        told_at="When that was recorded",
    ),
    *ORIGINATOR.personal(by_id="Who corrected it", told_by_id="Who told the body"),
    *ORIGINATOR.words(
        body="The body that the wrong data came from",
        their_reference="The reference under which it sent them",
    ),
)
