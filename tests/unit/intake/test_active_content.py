"""What a PDF carries beside its print is named, however it is hidden; plain scans carry nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from sozialakte.intake.model import UnreadableFileError
from sozialakte.intake.pdf.active_content import document_notes, lost_by_copying, page_notes
from sozialakte.intake.pdf.check import open_source
from sozialakte.intake.pdf.extract import page_stream_hashes, write_pages
from sozialakte.shared.texts import say
from tests.pdf_bytes import PdfBytes
from tests.scans import empty, scan_bytes

SAMPLES = Path(__file__).parents[4] / "shared" / "samples" / "invoices"
SCRIPT = "<< /S /JavaScript /JS (app.alert\\(1\\)) >>"

ON_A_PAGE = {
    "a link": (
        "/Annots [<< /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://example.org) >> >>]",
        "note.link",
    ),
    "another file": ("/Annots [<< /Subtype /Link /A << /S /GoToR /F (c.pdf) >> >>]", "note.link"),
    "a program": ("/Annots [<< /Subtype /Link /A << /S /Launch /F (cmd.exe) >> >>]", "note.launch"),
    "a script on a link": (f"/Annots [<< /Subtype /Link /A {SCRIPT} >>]", "note.javascript"),
    "a script on opening": (f"/AA << /O {SCRIPT} >>", "note.javascript"),
    "a script after turning a page": (
        f"/Annots [<< /Subtype /Link /A << /S /GoTo /D [0 /Fit] /Next {SCRIPT} >> >>]",
        "note.javascript",
    ),
    "one of several scripts": (
        f"/Annots [<< /Subtype /Link /A << /S /Named /N /NextPage /Next [<< /S /Hide >> {SCRIPT}] >> >>]",
        "note.javascript",
    ),
    "a field": ("/Annots [<< /Subtype /Widget /FT /Tx /T (name) >>]", "note.form"),
    "a button that sends": (
        "/Annots [<< /Subtype /Widget /A << /S /SubmitForm /F (https://x.org) >> >>]",
        "note.sends_data",
    ),
    "a signature": ("/Annots [<< /Subtype /Widget /FT /Sig /V << /Type /Sig /Contents <00> >> >>]", "note.signature"),
    "a pinned file": ("/Annots [<< /Subtype /FileAttachment /FS << /F (a.docx) >> >>]", "note.attachment"),
    "a film": ("/Annots [<< /Subtype /RichMedia >>]", "note.media"),
    "a sound": ("/Annots [<< /Subtype /Link /A << /S /Sound >> >>]", "note.media"),
}

IN_A_DOCUMENT = {
    "a script on opening": (f"/OpenAction {SCRIPT}", "note.javascript"),
    "a script on printing": (f"/AA << /WP {SCRIPT} >>", "note.javascript"),
    "named scripts": (f"/Names << /JavaScript << /Names [(a) {SCRIPT}] >> >>", "note.javascript"),
    "attachments": ("/Names << /EmbeddedFiles << /Names [(a.xml) << /F (a.xml) >>] >> >>", "note.attachment"),
    "attachments far down": (
        "/Names << /EmbeddedFiles << /Kids [<< /Kids [] >> << /Kids [<< /Names [(a) << >>] >>] >>] >> >>",
        "note.attachment",
    ),
    "associated files": ("/AF [<< /F (a.xml) >>]", "note.attachment"),
    "a form": ("/AcroForm << /Fields [<< /FT /Tx /T (a) >>] >>", "note.form"),
    "a dynamic form": ("/AcroForm << /Fields [] /XFA [(datasets) (data)] >>", "note.xfa"),
    "a signature in a group": (
        "/AcroForm << /Fields [<< /T (a) /Kids [<< /FT /Sig /V << /Type /Sig >> >>] >>] >>",
        "note.signature",
    ),
    "a program behind a bookmark": (
        "/Outlines << /First << /Title (a) /Next << /Title (b) /First << /A << /S /Launch >> >> >> >> >>",
        "note.launch",
    ),
    "a script behind a bookmark": (f"/Outlines << /First << /Title (a) /A {SCRIPT} >> >>", "note.javascript"),
    "a layer switched off": ("/OCProperties << /OCGs [8 0 R] /D << /OFF [8 0 R] >> >>", "note.hidden_layer"),
    "all layers switched off": ("/OCProperties << /OCGs [8 0 R] /D << /BaseState /OFF >> >>", "note.hidden_layer"),
    "a script on a field": (f"/AcroForm << /Fields [<< /FT /Tx /AA << /K {SCRIPT} >> >>] >>", "note.javascript"),
}

HARMLESS_PAGE = "/Annots [<< /Subtype /Link /A << /S /GoTo /D [0 /Fit] >> >> << /Subtype /Widget /FT /Sig >> 7 null]"
HARMLESS_DOCUMENT = (
    "/OpenAction [3 0 R /Fit] /Names << /EmbeddedFiles << /Names [] >> /Dests << >> >> /AcroForm 7"
    " /Outlines << /First << /Title (a) /Dest [3 0 R /Fit] /Next << /A << /S /GoTo >> >> >> >>"
    " /OCProperties << /OCGs [8 0 R] /D << /OFF [] /ON [8 0 R] >> >>"
)


def document(page: str = "", catalogue: str = "") -> PdfBytes:
    pdf = PdfBytes(catalogue=catalogue)
    pdf.add_page(b"", (595, 842), extra=page)
    return pdf


def notes(tmp_path: Path, pdf: PdfBytes) -> tuple[list[str], list[str]]:
    """The codes of the first page and of the document."""
    path = tmp_path / "letter.pdf"
    path.write_bytes(pdf.finish())
    with open_source(path) as source:
        found = page_notes(source, 1), document_notes(source)
    assert all(say(note) for notes in found for note in notes)
    return [note.code for note in found[0]], [note.code for note in found[1]]


@pytest.mark.parametrize("what", ON_A_PAGE)
def test_what_a_page_carries_is_named(tmp_path: Path, what: str) -> None:
    entries, code = ON_A_PAGE[what]
    on_page, in_document = notes(tmp_path, document(page=entries))
    assert code in on_page
    assert in_document == []


@pytest.mark.parametrize("what", IN_A_DOCUMENT)
def test_what_a_document_carries_is_named(tmp_path: Path, what: str) -> None:
    entries, code = IN_A_DOCUMENT[what]
    on_page, in_document = notes(tmp_path, document(catalogue=entries))
    assert code in in_document
    assert on_page == []


def test_what_reaches_nowhere_is_not_named(tmp_path: Path) -> None:
    assert notes(tmp_path, document(HARMLESS_PAGE, HARMLESS_DOCUMENT)) == (["note.form"], [])


def test_each_is_named_once(tmp_path: Path) -> None:
    link = "<< /Subtype /Link /A << /S /URI /URI (https://example.org) >> >>"
    assert notes(tmp_path, document(page=f"/Annots [{link * 50}]"))[0] == ["note.link"]


@pytest.mark.parametrize("what", ["attachments", "a dynamic form", "a signature in a group", "a layer switched off"])
def test_what_copies_of_the_pages_do_not_bear_is_told(tmp_path: Path, what: str) -> None:
    entries, code = IN_A_DOCUMENT[what]
    path, copy = tmp_path / "batch.pdf", tmp_path / "letter.pdf"
    path.write_bytes(document(catalogue=entries).finish())
    write_pages(path, [1], copy)
    with open_source(path) as batch, open_source(copy) as letter:
        assert [note.code for note in lost_by_copying(batch)] == [code]
        assert lost_by_copying(letter) == ()


@pytest.mark.parametrize("what", ["a script on opening", "named scripts", "a form"])
def test_what_nobody_misses_is_not_told(tmp_path: Path, what: str) -> None:
    path = tmp_path / "batch.pdf"
    path.write_bytes(document(catalogue=IN_A_DOCUMENT[what][0]).finish())
    with open_source(path) as batch:
        assert lost_by_copying(batch) == ()


@pytest.mark.parametrize("what", ON_A_PAGE)
def test_what_belongs_to_a_page_goes_with_it_unchanged(tmp_path: Path, what: str) -> None:
    path, copy = tmp_path / "batch.pdf", tmp_path / "letter.pdf"
    path.write_bytes(document(page=ON_A_PAGE[what][0]).finish())
    write_pages(path, [1], copy)
    with open_source(path) as batch, open_source(copy) as letter:
        assert page_notes(letter, 1) == page_notes(batch, 1)
    assert page_stream_hashes(copy, [1]) == page_stream_hashes(path, [1])


@pytest.mark.parametrize(
    "catalogue",
    [
        "/OpenAction 10 0 R",
        "/Names << /EmbeddedFiles 11 0 R /JavaScript 11 0 R >>",
        "/AcroForm << /Fields [12 0 R 12 0 R] >>",
        "/Outlines 13 0 R",
    ],
    ids=["actions", "names", "fields", "bookmarks"],
)
def test_circles_end(tmp_path: Path, catalogue: str) -> None:
    pdf = document(catalogue=catalogue)
    pdf.objects[10] = b"<< /S /GoTo /Next [10 0 R 10 0 R] >>"
    pdf.objects[11] = b"<< /Kids [11 0 R 11 0 R] >>"
    pdf.objects[12] = b"<< /Kids [12 0 R 12 0 R] >>"
    pdf.objects[13] = b"<< /First 13 0 R /Next 13 0 R >>"
    for number in range(5, 10):
        pdf.objects[number] = b"null"
    notes(tmp_path, pdf)


def test_a_broken_catalogue_is_refused_by_name(tmp_path: Path) -> None:
    pdf = document(catalogue="/AcroForm 9 0 R")
    pdf.objects[9] = b"<< /Fields ["
    for number in range(5, 9):
        pdf.objects[number] = b"null"
    path = tmp_path / "letter.pdf"
    path.write_bytes(pdf.finish())
    with open_source(path) as source, pytest.raises(UnreadableFileError, match=r"file\.damaged"):
        document_notes(source)


def test_a_scan_carries_nothing(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(scan_bytes([empty(60)]))
    with open_source(path) as source:
        assert page_notes(source, 1) == document_notes(source) == ()


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the real invoices are not beside the checkout")
@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.pdf")), ids=lambda path: path.name)
def test_real_invoices_carry_no_program_and_no_form(path: Path) -> None:
    with open_source(path) as source:
        found = {note.code for page in range(1, len(source.pages) + 1) for note in page_notes(source, page)}
        found |= {note.code for note in document_notes(source)}
    assert found <= {"note.link"}
