"""A package of QTI 2.1: the items, a test for each variant, and the manifest, in one zip."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence

from derive.writing.platforms.item import Item
from derive.writing.platforms.qti import NAMESPACES, XSI, item_file, outcome
from derive.writing.platforms.tree import Node, node, written

PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
ITEM_TYPE, TEST_TYPE = "imsqti_item_xmlv2p1", "imsqti_test_xmlv2p1"
# The earliest date that a zip can hold: no clock in any output.
DATE = (1980, 1, 1, 0, 0, 0)
UNIX, READABLE = 3, 0o100644 << 16
LANGUAGES = {"zh": "zh-Hans"}


def package(titles: Mapping[int, str], items: Sequence[Item], language: str) -> bytes:
    """The zip.

    Args:
        titles: of each variant, by its number.
        items: variant after variant, each in its order.
    """
    files = dict(sorted(contents(titles, items, language)))
    made = io.BytesIO()
    # Compressed bytes would depend on the library that compresses.
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name in ("imsmanifest.xml", *(name for name in files if name != "imsmanifest.xml")):
            entry = zipfile.ZipInfo(name, DATE)
            entry.create_system, entry.external_attr = UNIX, READABLE
            archive.writestr(entry, files[name])
    return made.getvalue()


def contents(titles: Mapping[int, str], items: Sequence[Item], language: str) -> Iterator[tuple[str, bytes]]:
    """Name and content of every file."""
    prefix = prefix_of(titles, items)
    resources: list[Node] = []
    for number, name in titles.items():
        mine = [item for item in items if item.variant == number]
        identifiers = [f"{prefix}-item-{number:02}-{item.place:02}" for item in mine]
        places = [f"items/{identifier}.xml" for identifier in identifiers]
        for item, identifier, place in zip(mine, identifiers, places, strict=True):
            yield place, item_file(item, identifier, LANGUAGES.get(language, language))
            resources.append(resource(identifier, ITEM_TYPE, place))
        test = f"{prefix}-test-{number:02}"
        yield f"{test}.xml", assessment(test, name, mine, places, identifiers)
        resources.append(resource(test, TEST_TYPE, f"{test}.xml", identifiers))
    yield "imsmanifest.xml", manifest(f"{prefix}-manifest", resources)


def prefix_of(titles: Mapping[int, str], items: Sequence[Item]) -> str:
    """What tells this package's identifiers from those of others; the same content gives the same ones."""
    return "x" + hashlib.sha256(f"{titles!r}\n{items!r}".encode()).hexdigest()[:12]


def assessment(
    identifier: str, title: str, items: Sequence[Item], places: Sequence[str], names: Sequence[str]
) -> bytes:
    """One variant as a test: its items in order, their scores added up."""
    references = [node("assessmentItemRef", identifier=n, href=p) for n, p in zip(names, places, strict=True)]
    section = node("assessmentSection", references, identifier="section", title=title, visible="true")
    control = node("itemSessionControl", maxAttempts=1, showFeedback="true")
    part = {"identifier": "part", "navigationMode": "nonlinear", "submissionMode": "simultaneous"}
    total = node("sum", [node("testVariables", variableIdentifier="SCORE")])
    points = sum(item.points for item in items)
    parts = [
        outcome("SCORE", 0, normalMaximum=points, normalMinimum=0),
        outcome("MAXSCORE", points),
        node("testPart", [control, section], **part),
        node("outcomeProcessing", [node("setOutcomeValue", [total], identifier="SCORE")]),
    ]
    return written(node("assessmentTest", parts, **NAMESPACES, identifier=identifier, title=title))


def resource(identifier: str, kind: str, place: str, needs: Sequence[str] = ()) -> Node:
    """One file, and what it needs."""
    parts = [node("file", href=place), *(node("dependency", identifierref=need) for need in needs)]
    return node("resource", parts, identifier=identifier, type=kind, href=place)


def manifest(identifier: str, resources: Sequence[Node]) -> bytes:
    """The manifest of the package."""
    location = f"{PACKAGE} http://www.imsglobal.org/xsd/qti/qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd"
    names = {"xmlns": PACKAGE, "xmlns:xsi": XSI, "xsi:schemaLocation": location}
    about = [node("schema", "QTIv2.1 Package"), node("schemaversion", "1.0.0")]
    parts = [node("metadata", about), node("organizations"), node("resources", resources)]
    return written(node("manifest", parts, **names, identifier=identifier))
