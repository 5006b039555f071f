"""The calls about agreements, packages and recalls."""

from base64 import b64encode
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from pydantic import Field, WithJsonSchema

from evenhand.actions import agreements as agreeing
from evenhand.actions import originators as telling
from evenhand.actions import recalls as recalling
from evenhand.actions import sharing as disclosing
from evenhand.actions.repeats import Reply as Answer
from evenhand.api import sharing_bodies as of
from evenhand.api.asking import check_known
from evenhand.api.calls import APlace
from evenhand.api.desk import ACode
from evenhand.api.doing import answered_once
from evenhand.api.door import Call, Token, api
from evenhand.api.reading import JSON
from evenhand.api.reply import Reply
from evenhand.api.values import Sent
from evenhand.queries import agreements, originators, recalls, sharing, sharing_gate
from evenhand.rules.agreements import Terms
from evenhand.rules.officers import Permission
from evenhand.rules.sharing import Wanted
from evenhand.rules.texts import UnknownChoice
from evenhand.rules.words import words

CHANGE: dict[str, Any] = {"response": {200: of.Done}, "tags": ["sharing"]}
LOOK: dict[str, Any] = {"tags": ["sharing"]}
Named = Annotated[
    str,
    WithJsonSchema({"type": "string", "pattern": "^[ADP]-[A-Z2-9]{8}$", "example": "D-7KX2M9QA"}),
]
AnOriginator = Annotated[UUID, Field(description="The reference of a letter to a body")]
ARecall = Annotated[UUID, Field(description="The reference of a recall")]


@api.get(
    "/agreements",
    summary="List agreements",
    auth=Token(Permission.READ_AGREEMENTS),
    response={200: of.Agreements},
    **LOOK,
)
def list_agreements(request: Call, cursor: ACode = "") -> HttpResponse:
    """List the agreements that are in force or wait to be signed."""
    check_known(request, ["cursor"])
    return _shown(of.Agreements, agreements.current(cursor, officer=request.auth.officer))


@api.post(
    "/agreements",
    summary="Propose an agreement",
    auth=Token(Permission.PROPOSE_AGREEMENT),
    response={201: of.Done},
    tags=["sharing"],
)
def propose_agreement(request: Call, body: Sent[of.Terms]) -> HttpResponse:
    """Propose an agreement; it is in force once the data protection officer has signed it."""
    terms = _terms(body)
    return _done(request, lambda: agreeing.propose(terms, acting=request.auth), HTTPStatus.CREATED)


@api.post(
    "/agreements/{reference}/versions",
    summary="Propose a new version",
    auth=Token(Permission.PROPOSE_AGREEMENT),
    **CHANGE,
)
def change_agreement(request: Call, reference: Named, body: Sent[of.Terms]) -> HttpResponse:
    """Propose a new version of an agreement; the one in force goes on until it is signed."""
    terms = _terms(body)
    return _done(request, lambda: agreeing.propose(terms, reference, acting=request.auth))


@api.post(
    "/agreements/{reference}/signature",
    summary="Sign an agreement",
    auth=Token(Permission.SIGN_AGREEMENT),
    **CHANGE,
)
def sign_agreement(request: Call, reference: Named, body: Sent[of.Signature]) -> HttpResponse:
    """Sign the version that was read. Whoever proposed it cannot."""
    return _changed(request, reference, partial(agreeing.sign, reference, body.number))


@api.post(
    "/agreements/{reference}/end",
    summary="End an agreement",
    auth=Token(Permission.END_AGREEMENT),
    **CHANGE,
)
def end_agreement(request: Call, reference: Named, body: Sent[of.Nothing]) -> HttpResponse:
    """End an agreement at once: nothing leaves under it any more."""
    return _changed(request, reference, partial(agreeing.end, reference))


@api.get(
    "/recipient-kinds",
    summary="List closed kinds of recipients",
    auth=Token(Permission.READ_AGREEMENTS),
    response={200: of.ClosedKinds},
    **LOOK,
)
def list_kinds(request: Call) -> HttpResponse:
    """List the kinds of recipients that get nothing until a named enactment opens one."""
    check_known(request)
    found = agreements.kinds(officer=request.auth.officer)
    return _shown(of.ClosedKinds, {"items": found})


@api.post(
    "/recipient-kinds/openings",
    summary="Ask to open a kind of recipient",
    auth=Token(Permission.PROPOSE_AGREEMENT),
    **CHANGE,
)
def ask_to_open(request: Call, body: Sent[of.OpenKind]) -> HttpResponse:
    """Ask for leave to share with a closed kind of recipient, never about a child."""
    act = partial(agreeing.ask_to_open, body.kind, body.enactment, body.expires_on)
    return _changed(request, body.kind, act)


@api.post(
    "/recipient-kinds/approvals",
    summary="Open a kind of recipient",
    auth=Token(Permission.SIGN_AGREEMENT),
    **CHANGE,
)
def approve_opening(request: Call, body: Sent[of.OneKind]) -> HttpResponse:
    """Approve that a closed kind is opened. Whoever asked for it cannot."""
    return _changed(request, body.kind, partial(agreeing.approve_opening, body.kind))


@api.post(
    "/recipient-kinds/closings",
    summary="Close a kind of recipient",
    auth=Token(Permission.END_AGREEMENT),
    **CHANGE,
)
def close_kind(request: Call, body: Sent[of.OneKind]) -> HttpResponse:
    """Close a kind of recipient again, at once."""
    return _changed(request, body.kind, partial(agreeing.close_kind, body.kind))


@api.post(
    "/people/{person}/sharing",
    summary="See what could leave",
    auth=Token(Permission.SHARE),
    response={200: of.ChoiceOf},
    **LOOK,
)
def choose_what_leaves(request: Call, person: Named, body: Sent[of.Look]) -> HttpResponse:
    """Give what could leave of one person under an agreement; the look is in the log first.

    It is looked up anew each time, whatever the idempotency key: no answer is kept.
    """
    found = sharing.choice(person, body.agreement, body.reason, acting=request.auth)
    said = [
        of.Said(**{name: getattr(it, name) for name in ("ref", "link", "kind", "text")},
                verified_at=it.verified_at, faults=[fault.code for fault in it.faults])
        for it in found.said
    ]  # fmt: skip
    roles = [of.RoleHeld.model_validate(it) for it in found.roles]
    shown = of.ChoiceOf(reference=found.reference, child=found.child, roles=roles, statements=said)
    return _given(shown)


@api.post(
    "/people/{person}/disclosures",
    summary="Build a package",
    auth=Token(Permission.SHARE),
    **CHANGE,
)
def build_package(request: Call, person: Named, body: Sent[of.Build]) -> HttpResponse:
    """Build a package about one person for one named recipient. Nothing leaves yet."""
    wanted = Wanted(
        agreement=body.agreement,
        recipient=body.recipient,
        link=body.link,
        carrier=body.carrier,
        fields=frozenset(body.fields),
        statements=tuple(body.statements),
        checked=body.checked,
        gaps=body.gaps,
        reason=body.reason,
        compelling=body.compelling,
        consent=body.consent,
        purpose=body.purpose,
    )
    return _done(request, lambda: disclosing.build(person, wanted, acting=request.auth))


@api.get(
    "/disclosures",
    summary="List what left the desk",
    auth=Token(Permission.READ_DISCLOSURES),
    response={200: of.Disclosures},
    **LOOK,
)
def list_disclosures(request: Call, cursor: APlace = "") -> HttpResponse:
    """List who was told, under what and when, the latest first; nothing of what was told."""
    check_known(request, ["cursor"])
    return _shown(of.Disclosures, sharing.ledger(cursor, officer=request.auth.officer))


@api.get(
    "/disclosures/{reference}",
    summary="Read a disclosure",
    auth=Token(Permission.READ_DISCLOSURES),
    response={200: of.Disclosure},
    **LOOK,
)
def read_disclosure(request: Call, reference: Named) -> HttpResponse:
    """Give one disclosure, without a word of what it holds."""
    check_known(request)
    return _shown(of.Disclosure, sharing.one(reference, officer=request.auth.officer))


@api.post(
    "/disclosures/{reference}/contents",
    summary="Open a package",
    response={200: of.Contents},
    **LOOK,
)
def open_package(request: Call, reference: Named, body: Sent[of.OpenPackage]) -> HttpResponse:
    """Give exactly what leaves, to whoever shares or approves; the look is in the log first.

    It is opened anew each time, whatever the idempotency key: no answer is kept.
    """
    found = sharing.opened(reference, body.reason, acting=request.auth)
    return _given(
        of.Contents(
            package=dict(found.contents),
            digest=found.sha256,
            left_out=list(found.left_out),
        )
    )


@api.post(
    "/disclosures/{reference}/approvals",
    summary="Approve a package",
    auth=Token(Permission.APPROVE_SHARE),
    **CHANGE,
)
def approve_package(request: Call, reference: Named, body: Sent[of.Approve]) -> HttpResponse:
    """Approve or refuse a package as a second officer, within 72 hours of its building."""
    return _answered(request, reference, body)


@api.post(
    "/disclosures/{reference}/dpo-approvals",
    summary="Approve a package about a child",
    auth=Token(Permission.APPROVE_CHILD_SHARE),
    **CHANGE,
)
def approve_child_package(request: Call, reference: Named, body: Sent[of.Approve]) -> HttpResponse:
    """Approve or refuse as the data protection officer what is about somebody under 18."""
    return _answered(request, reference, body)


@api.post(
    "/disclosures/{reference}/steps",
    summary="Take the next step with a package",
    auth=Token(Permission.SHARE),
    **CHANGE,
)
def package_step(request: Call, reference: Named, body: Sent[of.PackageStep]) -> HttpResponse:
    """Ask for approval, hand an approved package over, or drop it."""
    steps = {
        "propose": disclosing.propose,
        "release": disclosing.release,
        "drop": disclosing.drop,
    }
    act = steps[_one_of(steps, body.step, at="step")]
    return _changed(request, reference, partial(act, reference))


@api.post(
    "/disclosures/{reference}/recall",
    summary="Recall a package",
    auth=Token(Permission.SHARE),
    **CHANGE,
)
def recall_package(request: Call, reference: Named, body: Sent[of.OpenPackage]) -> HttpResponse:
    """Tell the recipient that a package was wrong or should not have been sent."""
    return _changed(request, reference, partial(disclosing.recall_one, reference, body.reason))


@api.get(
    "/disclosures/{reference}/file",
    summary="Take a package that left",
    auth=Token(Permission.SHARE),
    response={200: of.File},
    **LOOK,
)
def package_file(request: Call, reference: Named) -> HttpResponse:
    """Give the exact bytes that left, to hand them over; taking them is a look.

    Where witnesses are asked, they wait until these have cosigned the release, ten minutes at most.
    """
    check_known(request)
    line = sharing.one(reference, officer=request.auth.officer)
    data = sharing.handed_over(reference, acting=request.auth)
    told = {"data": b64encode(data).decode(), "sha256": line.package_sha256}
    proof = sharing_gate.passage_of(reference, acting=request.auth).receipt
    return _shown(of.File, told | {"proof": proof})


@api.get(
    "/recalls",
    summary="List open recalls",
    auth=Token(Permission.READ_DISCLOSURES),
    response={200: of.Recalls},
    **LOOK,
)
def list_recalls(request: Call, cursor: APlace = "") -> HttpResponse:
    """List the recalls that no recipient has acknowledged, the first due first."""
    check_known(request, ["cursor"])
    return _shown(of.Recalls, recalls.waiting(cursor, officer=request.auth.officer))


@api.post(
    "/recalls/{reference}/notices",
    summary="Send a recall",
    auth=Token(Permission.SHARE),
    **CHANGE,
)
def send_recall(request: Call, reference: ARecall, body: Sent[of.SendRecall]) -> HttpResponse:
    """Send a recall by e-mail, again if need be, or record that it was sent on paper."""
    ways = {"email": recalling.send, "paper": recalling.sent_on_paper}
    act = ways[_one_of(ways, body.by, at="by")]
    return _changed(request, str(reference), partial(act, reference))


@api.post(
    "/recalls/{reference}/acknowledgement",
    summary="Record an acknowledgement",
    auth=Token(Permission.SHARE),
    **CHANGE,
)
def acknowledge(request: Call, reference: ARecall, body: Sent[of.Acknowledgement]) -> HttpResponse:
    """Record that the recipient acknowledged a recall."""
    return _changed(request, str(reference), partial(recalling.acknowledge, reference, body.on))


@api.get(
    "/originators",
    summary="List bodies to tell of wrong data",
    auth=Token(Permission.SHARE),
    response={200: of.Originators},
    **LOOK,
)
def list_originators(request: Call) -> HttpResponse:
    """List, by record, the bodies to be told that data from them was wrong, the first due first."""
    check_known(request)
    return _shown(of.Originators, {"items": originators.waiting(acting=request.auth)})


@api.get(
    "/originators/{reference}",
    summary="Read what a body is told",
    auth=Token(Permission.SHARE),
    response={200: of.Originator},
    **LOOK,
)
def read_originator(request: Call, reference: AnOriginator) -> HttpResponse:
    """Give the letter to one body. It is a look at the person."""
    check_known(request)
    return _shown(of.Originator, originators.one(reference, acting=request.auth))


@api.post(
    "/originators/{reference}/told",
    summary="Record that a body was told",
    auth=Token(Permission.SHARE),
    **CHANGE,
)
def originator_told(
    request: Call, reference: AnOriginator, body: Sent[of.Acknowledgement]
) -> HttpResponse:
    """Record that a body was told that data from it was wrong, by a way that is safe."""
    return _changed(request, str(reference), partial(telling.told, reference, body.on))


def _answered(request: Call, reference: str, body: of.Approve) -> HttpResponse:
    if body.approve:
        act = partial(disclosing.approve, reference, body.digest, body.reason)
    else:
        act = partial(disclosing.refuse, reference, body.reason)
    return _changed(request, reference, act)


def _terms(body: of.Terms) -> Terms:
    lines = [(it.name, it.email) for it in body.people]
    plain = body.model_dump(exclude={"people", "fields", "roles"})
    return Terms(
        **plain,
        people=agreeing.people(lines),
        fields=frozenset(body.fields),
        roles=frozenset(body.roles),
    )


def _one_of(choices: dict[str, Any], word: str, *, at: str) -> str:
    if word not in choices:
        raise UnknownChoice(
            words("This is not one of the choices."),
            do=words("Choose one of: {choices}."),
            at=at,
            choices=", ".join(choices),
        )
    return word


def _changed(request: Call, reference: str, act: Callable[..., object]) -> HttpResponse:
    """Do an act and give the reference of what it changed."""

    def doing() -> str:
        act(acting=request.auth)
        return reference

    return _done(request, doing)


def _done(request: Call, doing: Callable[[], str], status: int = HTTPStatus.OK) -> HttpResponse:
    def answer() -> Answer:
        return Answer(status, of.Done(reference=doing()).as_json())

    return answered_once(request, answer)


def _shown(reply: type[Reply], found: object) -> HttpResponse:
    return _given(reply.model_validate(found))


def _given(reply: Reply) -> HttpResponse:
    return HttpResponse(reply.as_json(), content_type=JSON)
