"""What a PDF carries beside what is printed: programs, forms, signatures, attachments, links, media.

It is kept as it is and never executed; people are told. What belongs to a page goes with the page. What belongs to the
document (ISO 32000-1, 7.7.2: attachments, the data of an XFA form, what a signature signs) is not copied when pages
are: `lost_by_copying` says so, for the whole file to be kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from types import MappingProxyType

from pypdf.generic import ArrayObject, DictionaryObject, PdfObject

from sozialakte.intake.pdf.check import PdfSource, errors_named
from sozialakte.shared.reasons import Reason

_MOST_ITEMS = 2000  # annotations of a page, fields of a form: what is hidden behind more of them nobody meets either
_MOST_ACTIONS = 20  # that follow one another
_MOST_NODES = 200  # of a tree of names
_DEEP = 20  # fields within fields

_ACTIONS: Mapping[str, str] = MappingProxyType(
    {
        "/JavaScript": "note.javascript",
        "/Launch": "note.launch",
        "/URI": "note.link",
        "/GoToR": "note.link",
        "/GoToE": "note.attachment",
        "/SubmitForm": "note.sends_data",
        "/ImportData": "note.sends_data",
        "/Rendition": "note.media",
        "/Sound": "note.media",
        "/Movie": "note.media",
        "/RichMediaExecute": "note.media",
    }
)
"""Actions that reach beyond the page (ISO 32000-1, 12.6.4). The others turn pages and show layers."""

_ANNOTATIONS: Mapping[str, str] = MappingProxyType(
    {
        "/Widget": "note.form",
        "/FileAttachment": "note.attachment",
        "/RichMedia": "note.media",
        "/Screen": "note.media",
        "/Movie": "note.media",
        "/Sound": "note.media",
        "/3D": "note.media",
    }
)

_LOST = frozenset({"note.attachment", "note.hidden_layer", "note.signature", "note.xfa"})


def page_notes(source: PdfSource, number: int) -> tuple[Reason, ...]:
    """What a page (numbered from 1) carries, each once. Raises `UnreadableFileError` for a broken page."""
    with errors_named():
        page = source.pages[number - 1]
        return _reasons(_of_page(page))


def document_notes(source: PdfSource) -> tuple[Reason, ...]:
    """What a document carries beside its pages, each once. Raises `UnreadableFileError` for a broken catalogue."""
    with errors_named():
        return _reasons(_of_catalogue(source.root_object))


def lost_by_copying(source: PdfSource) -> tuple[Reason, ...]:
    """Those of `document_notes` that a copy of its pages does not bear any more."""
    return tuple(note for note in document_notes(source) if note.code in _LOST)


def _reasons(codes: Iterable[str]) -> tuple[Reason, ...]:
    return tuple(map(Reason, sorted(set(codes))))


def _of_page(page: DictionaryObject) -> Iterator[str]:
    yield from _of_triggers(page)
    if _items(page, "/AF"):
        yield "note.attachment"
    for annotation in map(_dictionary, _items(page, "/Annots")):
        yield from _of_annotation(annotation)


def _of_annotation(annotation: DictionaryObject) -> Iterator[str]:
    yield from _of_triggers(annotation)
    if code := _ANNOTATIONS.get(_name(annotation, "/Subtype")):
        yield code
    if _is_signed(annotation) or _is_signed(_dictionary(annotation.get("/Parent"))):
        yield "note.signature"


def _of_catalogue(catalogue: DictionaryObject) -> Iterator[str]:
    yield from _of_triggers(catalogue)
    yield from _of_actions(catalogue.get("/OpenAction"))
    names = _dictionary(catalogue.get("/Names"))
    if _has_leaf(names.get("/JavaScript")):
        yield "note.javascript"
    if _has_leaf(names.get("/EmbeddedFiles")) or _items(catalogue, "/AF"):
        yield "note.attachment"
    yield from _of_form(_dictionary(catalogue.get("/AcroForm")))
    yield from _of_bookmarks(_dictionary(catalogue.get("/Outlines")))
    if _hides_layers(_dictionary(catalogue.get("/OCProperties"))):
        yield "note.hidden_layer"


def _of_bookmarks(root: DictionaryObject) -> Iterator[str]:
    """What bookmarks do beside leading to a page (ISO 32000-1, 12.3.3)."""
    waiting = [root.get("/First")]
    for _ in range(_MOST_ITEMS):
        if not waiting:
            return
        bookmark = _dictionary(waiting.pop())
        yield from _of_triggers(bookmark)
        waiting.extend(bookmark[key] for key in ("/Next", "/First") if key in bookmark)


def _hides_layers(layers: DictionaryObject) -> bool:
    """Whether optional content is switched off when the file is opened (ISO 32000-1, 8.11.4.3)."""
    shown = _dictionary(layers.get("/D"))
    return bool(_items(shown, "/OFF")) or (_name(shown, "/BaseState") == "/OFF" and bool(_items(layers, "/OCGs")))


def _of_form(form: DictionaryObject) -> Iterator[str]:
    if "/XFA" in form:
        yield "note.xfa"
    for field in islice(_fields(form, _DEEP), _MOST_ITEMS):
        yield "note.form"
        yield from _of_triggers(field)
        if _is_signed(field):
            yield "note.signature"


def _fields(holder: DictionaryObject, deep: int) -> Iterator[DictionaryObject]:
    for key in ("/Fields", "/Kids") if deep else ():
        for field in map(_dictionary, _items(holder, key)):
            yield field
            yield from _fields(field, deep - 1)


def _is_signed(field: DictionaryObject) -> bool:
    return _name(field, "/FT") == "/Sig" and bool(_dictionary(field.get("/V")))


def _of_triggers(holder: DictionaryObject) -> Iterator[str]:
    """What happens when something is opened, closed, clicked or changed."""
    yield from _of_actions(holder.get("/A"))
    for action in _dictionary(holder.get("/AA")).values():
        yield from _of_actions(action)


def _of_actions(first: PdfObject | None) -> Iterator[str]:
    """An action and those that follow it."""
    waiting = [first]
    for _ in range(_MOST_ACTIONS):
        if not waiting:
            return
        action = _dictionary(waiting.pop())
        yield from filter(None, [_ACTIONS.get(_name(action, "/S"))])
        waiting.extend(_items(action, "/Next") or [action.get("/Next")])


def _has_leaf(tree: PdfObject | None) -> bool:
    """Whether a tree of names has any (ISO 32000-1, 7.9.6); one too large to look through is taken to have."""
    waiting = [tree]
    for _ in range(_MOST_NODES):
        if not waiting:
            return False
        node = _dictionary(waiting.pop())
        if _items(node, "/Names"):
            return True
        waiting.extend(_items(node, "/Kids"))
    return True


def _items(holder: DictionaryObject, key: str) -> list[PdfObject]:
    found = _resolved(holder.get(key))
    return list(found[:_MOST_ITEMS]) if isinstance(found, ArrayObject) else []


def _dictionary(found: PdfObject | None) -> DictionaryObject:
    """What is found, if it is a dictionary or a stream; else an empty one."""
    resolved = _resolved(found)
    return resolved if isinstance(resolved, DictionaryObject) else DictionaryObject()


def _name(holder: DictionaryObject, key: str) -> str:
    found = _resolved(holder.get(key))
    return found if isinstance(found, str) else ""


def _resolved(found: PdfObject | None) -> PdfObject | None:
    return found.get_object() if found is not None else None
