"""ISO 19005-2, 6.3 to 6.11: annotations, forms, actions, metadata, and what else a document can hold."""

from __future__ import annotations

import re
from functools import partial

from pypdf.generic import BooleanObject, DictionaryObject

from tests.pdfa_parsed import Parsed, item, number, part, sequence
from tests.pdfa_rule import Rule, rule

RULES: list[Rule] = []
says = partial(rule, RULES)

ANNOTATIONS = {
    *(
        "/Text",
        "/Link",
        "/FreeText",
        "/Line",
        "/Square",
        "/Circle",
        "/Polygon",
        "/PolyLine",
        "/Highlight",
        "/Underline",
    ),
    *("/Squiggly", "/StrikeOut", "/Stamp", "/Caret", "/Ink", "/Popup", "/FileAttachment", "/Widget", "/PrinterMark"),
    *("/TrapNet", "/Watermark", "/Redact"),
}
ACTIONS = {"/GoTo", "/GoToR", "/GoToE", "/Thread", "/URI", "/Named", "/SubmitForm"}
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
ID = "{http://www.aiim.org/pdfa/ns/id/}"
PROPERTIES = {
    ID: {"part", "conformance", "amd", "corr"},
    "{http://purl.org/dc/elements/1.1/}": {
        *("contributor", "coverage", "creator", "date", "description", "format", "identifier", "language"),
        *("publisher", "relation", "rights", "source", "subject", "title", "type"),
    },
    "{http://ns.adobe.com/xap/1.0/}": {
        *("BaseURL", "CreateDate", "CreatorTool", "Identifier", "MetadataDate", "ModifyDate", "Nickname", "Thumbnails"),
    },
    "{http://ns.adobe.com/pdf/1.3/}": {"Keywords", "PDFVersion", "Producer", "Trapped"},
    "{http://ns.adobe.com/xap/1.0/mm/}": {
        *("DerivedFrom", "DocumentID", "History", "InstanceID", "ManagedFrom", "Manager", "ManageTo", "ManageUI"),
        *("ManagerVariant", "RenditionClass", "RenditionParams", "VersionID", "Versions"),
    },
    "{http://ns.adobe.com/xap/1.0/t/pg/}": {"Colorants", "Fonts", "MaxPageSize", "NPages", "PlateNames"},
    "{http://www.aiim.org/pdfa/ns/extension/}": {"schemas"},
}


@says("6.3.1", "annotations are of kinds that PDF/A knows")
def annotation_kinds(pdf: Parsed) -> bool:
    return any(one.get("/Subtype") not in ANNOTATIONS for one in _annotations(pdf))


@says("6.3.2", "annotations are seen and printed")
def annotation_flags(pdf: Parsed) -> bool:
    flags = [number(one, "/F") or 0 for one in _annotations(pdf) if one.get("/Subtype") != "/Popup"]
    return any(not one & 4 or one & (1 | 2 | 32 | 256) for one in flags)


@says("6.3.3", "annotations bring their look")
def annotation_looks(pdf: Parsed) -> bool:
    seen = [one for one in _annotations(pdf) if one.get("/Subtype") not in ("/Popup", "/Link")]
    return any(list(part(one, "/AP")) != ["/N"] for one in seen)


@says("6.4.1", "fields do nothing by themselves (A, AA)")
def field_actions(pdf: Parsed) -> bool:
    widgets = [one for one in _annotations(pdf) if one.get("/Subtype") == "/Widget"]
    return any("/A" in one or "/AA" in one for one in widgets)


@says("6.4.1", "forms do not ask for looks to be made (NeedAppearances)")
def form_looks(pdf: Parsed) -> bool:
    return item(part(pdf.catalogue, "/AcroForm"), "/NeedAppearances") == BooleanObject(value=True)


@says("6.4.2", "there is no XFA form")
def no_xfa(pdf: Parsed) -> bool:
    return "/XFA" in part(pdf.catalogue, "/AcroForm") or "/NeedsRendering" in pdf.catalogue


@says("6.5.1", "actions are of kinds that PDF/A allows: no JavaScript, no launching")
def action_kinds(pdf: Parsed) -> bool:
    actions = [one for one in pdf.dictionaries if one.get("/Type") == "/Action" or "/JS" in one]
    held = [part(one, key) for one in pdf.dictionaries for key in ("/A", "/OpenAction") if key in one]
    return any(one.get("/S") not in ACTIONS for one in [*actions, *held] if "/S" in one)


@says("6.5.1", "named actions only turn pages")
def named_actions(pdf: Parsed) -> bool:
    turning = {"/NextPage", "/PrevPage", "/FirstPage", "/LastPage"}
    return any(one.get("/S") == "/Named" and one.get("/N") not in turning for one in pdf.dictionaries)


@says("6.5.2", "document and pages do nothing by themselves (AA)")
def no_own_actions(pdf: Parsed) -> bool:
    return any("/AA" in one for one in [pdf.catalogue, *pdf.pages])


@says("6.6.2.1", "the document has metadata in XMP")
def metadata(pdf: Parsed) -> bool:
    found = part(pdf.catalogue, "/Metadata")
    return (found.get("/Type"), found.get("/Subtype")) != ("/Metadata", "/XML")


@says("6.6.2.1", "the metadata are well-formed UTF-8")
def well_formed(pdf: Parsed) -> bool:
    return bool(pdf.packet) and (pdf.xmp is None or pdf.packet.startswith((b"\xff\xfe", b"\xfe\xff")))


@says("6.6.2.1", "the packet's head has no bytes and no encoding")
def packet_head(pdf: Parsed) -> bool:
    head = re.match(rb"[^<]*<\?xpacket ([^>]*)\?>", pdf.packet)
    return head is not None and re.search(rb"\b(bytes|encoding)=", head[1]) is not None


@says("6.6.2.3", "properties are of schemas that PDF/A knows, or described")
def properties(pdf: Parsed) -> bool:
    """Described ones are told apart by their namespace only."""
    described = set(re.findall(rb"namespaceURI>([^<]*)<", pdf.packet))
    names = [name for name in _properties(pdf) if not name.startswith(RDF)]
    spaces = [(name[: name.index("}") + 1], name[name.index("}") + 1 :]) for name in names]
    return any(
        name not in PROPERTIES.get(space, ()) and space[1:-1].encode() not in described for space, name in spaces
    )


@says("6.6.4", "the metadata say part 2 and level B, U or A")
def conformance(pdf: Parsed) -> bool:
    said = tuple(_properties(pdf).get(f"{ID}{name}") for name in ("part", "conformance"))
    return pdf.xmp is not None and said not in [("2", level) for level in "ABU"]


@says("6.6.4", "the schema of the conformance has the prefix pdfaid")
def conformance_prefix(pdf: Parsed) -> bool:
    prefixes = re.findall(rb"xmlns:(\w+)=[\"']http://www.aiim.org/pdfa/ns/id/[\"']", pdf.packet)
    return any(prefix != b"pdfaid" for prefix in prefixes)


@says("6.8", "no files are embedded (PDF/A-2 allows PDF/A files; these are not looked into)")
def no_embedded_files(pdf: Parsed) -> bool:
    return any("/EF" in one or one.get("/Type") == "/EmbeddedFile" for one in pdf.dictionaries)


@says("6.9", "no layers are there to be shown or hidden (PDF/A-2 allows some; these are not looked into)")
def no_layers(pdf: Parsed) -> bool:
    return "/OCProperties" in pdf.catalogue


@says("6.10", "there are no alternate presentations")
def no_presentations(pdf: Parsed) -> bool:
    steps = any("/PresSteps" in page for page in pdf.pages)
    return steps or "/AlternatePresentations" in part(pdf.catalogue, "/Names")


@says("6.11", "the document requires nothing of a reader")
def no_requirements(pdf: Parsed) -> bool:
    return "/Requirements" in pdf.catalogue


def _annotations(pdf: Parsed) -> list[DictionaryObject]:
    listed = [one.get_object() for page in pdf.pages for one in sequence(page, "/Annots")]
    return [one for one in listed if isinstance(one, DictionaryObject)]


def _properties(pdf: Parsed) -> dict[str, str]:
    """The properties of the packet with their text, written as elements or as attributes."""
    described = [] if pdf.xmp is None else pdf.xmp.findall(f".//{RDF}Description")
    top = [one for one in described if f"{RDF}about" in one.attrib]
    elements = {child.tag: (child.text or "").strip() for one in top for child in one}
    return {key: value for one in top for key, value in one.attrib.items()} | elements
