"""Writes an export as a CASE/UCO graph, which the case systems of police and courts read.

https://caseontology.org, as JSON-LD. It names no person: whoever acted is the desk.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeAlias
from uuid import UUID, uuid5

Node: TypeAlias = dict[str, object]
_CASE = "https://ontology.caseontology.org/case/"
_UCO = "https://ontology.unifiedcyberontology.org/uco/"
CONTEXT: Mapping[str, str] = {
    "case-investigation": f"{_CASE}investigation/",
    **{f"uco-{it}": f"{_UCO}{it}/" for it in ("action", "core", "identity", "observable", "types")},
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One capture: as it was taken, and as it leaves. ``sealed`` is of the age file in the bag.

    ``is_cleaned`` says that it leaves without what its file said of itself.
    """

    id: UUID
    media_type: str
    taken_at: datetime
    offset: int
    size: int
    sha256: str
    left_size: int
    left_sha256: str
    is_cleaned: bool
    sealed_name: str
    sealed_size: int
    sealed_sha256: str


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of the log about the referral or a capture: a link of the chain of custody."""

    number: int
    leaf_hash: str
    act: str
    at: datetime
    about: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What leaves of a referral. ``state`` says how it stands on the desk."""

    id: UUID
    reference: str
    desk: str
    address: str
    platform: str
    observed_at: datetime
    state: str
    exhibits: Sequence[Exhibit]
    chain: Sequence[Link]


def as_case(facts: Facts) -> bytes:
    """Write the graph. Ids are made from those of the export, so that it is the same twice."""
    document = {"@context": CONTEXT, "@graph": list(_graph(facts))}
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def _graph(facts: Facts) -> Iterator[Node]:
    content = _id(facts.id, "content")
    yield {
        "@id": _id(facts.id, "investigation"),
        "@type": "case-investigation:Investigation",
        "uco-core:name": facts.reference,
        "uco-core:object": [{"@id": content}]
        + [{"@id": _id(it.id, "original")} for it in facts.exhibits],
    }
    yield {
        "@id": _id(facts.id, "desk"),
        "@type": "uco-identity:Organization",
        "uco-core:name": facts.desk,
    }
    address = {"uco-observable:fullValue": facts.address}
    yield {
        "@id": content,
        "@type": "uco-observable:URL",
        "uco-core:description": f"{facts.platform}; seen {_utc(facts.observed_at)}; {facts.state}",
        "uco-core:hasFacet": [_facet(facts.id, "URLFacet", address)],
    }
    for exhibit in facts.exhibits:
        yield from _files(exhibit)
    for link in facts.chain:
        yield from _link(facts, link)


def _files(it: Exhibit) -> Iterator[Node]:
    """Give the file as it was taken, as it leaves, and sealed; each made from the one before."""
    clock = f"taken {_utc(it.taken_at)} by a clock {it.offset} s ahead"
    yield _file(it.id, "original", f"{it.id.hex}", (it.size, it.sha256), it.media_type, clock)
    left = it.left_size, it.left_sha256
    said = "without its metadata" if it.is_cleaned else "as it was taken"
    yield _file(it.id, "left", f"{it.id.hex}", left, it.media_type, said)
    sealed = it.sealed_size, it.sealed_sha256
    yield _file(it.id, "sealed", it.sealed_name, sealed, "application/octet-stream", "age")
    yield _made_from(it.id, "left", "original")
    yield _made_from(it.id, "sealed", "left")


def _file(
    ref: UUID, part: str, name: str, content: tuple[int, str], media_type: str, said: str
) -> Node:
    size, sha256 = content
    length = {"@type": "xsd:integer", "@value": str(size)}
    hashed = {
        "@id": _id(ref, f"{part} hash"),
        "@type": "uco-types:Hash",
        "uco-types:hashMethod": "SHA256",
        "uco-types:hashValue": {"@type": "xsd:hexBinary", "@value": sha256},
    }
    file = {"uco-observable:fileName": name, "uco-observable:sizeInBytes": length}
    data = {"uco-observable:mimeType": media_type, "uco-observable:hash": [hashed]}
    return {
        "@id": _id(ref, part),
        "@type": "uco-observable:File",
        "uco-core:description": said,
        "uco-core:hasFacet": [
            _facet(ref, "FileFacet", file, part),
            _facet(ref, "ContentDataFacet", data, part),
        ],
    }


def _made_from(ref: UUID, what: str, source: str) -> Node:
    return {
        "@id": _id(ref, f"{what} from {source}"),
        "@type": "uco-observable:ObservableRelationship",
        "uco-core:source": {"@id": _id(ref, what)},
        "uco-core:target": {"@id": _id(ref, source)},
        "uco-core:kindOfRelationship": "Derived_From",
        "uco-core:isDirectional": True,
    }


def _link(facts: Facts, link: Link) -> Iterator[Node]:
    captures = {it.id for it in facts.exhibits}
    about = _id(link.about, "original") if link.about in captures else _id(facts.id, "content")
    record = _id(facts.id, f"record {link.number}")
    moment = {"@type": "xsd:dateTime", "@value": _utc(link.at)}
    yield {
        "@id": _id(facts.id, f"act {link.number}"),
        "@type": "case-investigation:InvestigativeAction",
        "uco-core:name": link.act,
        "uco-action:startTime": moment,
        "uco-action:endTime": moment,
        "uco-action:performer": {"@id": _id(facts.id, "desk")},
        "uco-action:object": [{"@id": about}],
        "uco-action:result": [{"@id": record}],
    }
    yield {
        "@id": record,
        "@type": "case-investigation:ProvenanceRecord",
        "uco-core:name": f"Entry {link.number} of the log",
        "uco-core:description": f"leaf hash {link.leaf_hash}",
        "case-investigation:exhibitNumber": str(link.number),
        "uco-core:object": [{"@id": about}],
    }


def _facet(ref: UUID, kind: str, told: Mapping[str, object], part: str = "") -> Node:
    return {"@id": _id(ref, f"{part} {kind}"), "@type": f"uco-observable:{kind}", **told}


def _id(ref: UUID, part: str) -> str:
    return uuid5(ref, part).urn


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
