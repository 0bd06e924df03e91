"""The checker of PDF/A-2b: each of its rules can fail, alone; and another validator thinks the same of what it says."""

from __future__ import annotations

import io
from functools import cache

import page as validator
import pytest
import typst
from PIL import Image

from sozialakte.intake.pages.images import open_document, open_page
from sozialakte.intake.pdf.check import open_source
from sozialakte.intake.pdfa.words import Word
from sozialakte.intake.pdfa.writer import PdfAWriter
from tests.pdf_bytes import PdfBytes, Placed
from tests.pdfa_changes import CHANGES
from tests.pdfa_draft import Draft
from tests.pdfa_rules import RULES, broken_rules
from tests.scans import A4_POINTS, jpeg, letter

LEVEL = validator.ValidationProfile.PDF_A_2B
UNSEEN = {
    "objects",  # the other validator counts objects itself
    "no_outer_profile",
    "no_postscript",  # not drawn
    "programs",
    "embedded",  # invisible text need not have its font
    "meanings",  # a matter of levels U and A
    "no_missing_glyphs",  # looked for in visible text only
    "no_layers",  # allowed in part
}
"""Changes that the other validator lets pass."""


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A scan with a word, and a page of JPEG 2000."""
    folder = tmp_path_factory.mktemp("rules")
    pdf, scan = PdfBytes(), letter("Guten Tag", dpi=30)
    pdf.add_image_page(Placed(jpeg(scan), scan.size), A4_POINTS)
    pdf.add_image_page(Placed(jpeg2000(), (40, 60), "JPXDecode"), A4_POINTS)
    source, target = folder / "scan.pdf", folder / "letter.pdf"
    source.write_bytes(pdf.finish())
    with open_document(source) as document, open_source(source) as opened, PdfAWriter(target, "L-1") as writer:
        for number in (1, 2):
            with open_page(document, number) as page:
                writer.add_page(opened, number, page, [Word("Grüezi", 0.1, 0.1, 0.2, 0.12)])
    return target.read_bytes()


@cache
def jpeg2000() -> bytes:
    target = io.BytesIO()
    Image.new("L", (40, 60), 200).save(target, "JPEG2000")
    return target.getvalue()


@pytest.mark.parametrize("name", [rule.is_broken.__name__ for rule in RULES])
def test_each_rule_can_be_broken_alone(ours: bytes, name: str) -> None:
    draft = Draft.of(ours)
    CHANGES[name](draft)
    (rule,) = (rule for rule in RULES if rule.is_broken.__name__ == name)
    assert [(broken.clause, broken.rule) for broken in broken_rules(draft.written())] == [(rule.clause, rule.words)]


def test_our_file_breaks_no_rule(ours: bytes) -> None:
    assert broken_rules(ours) == []


@pytest.mark.parametrize("name", sorted(set(CHANGES) - UNSEEN))
def test_another_validator_refuses_the_same_changes(ours: bytes, name: str) -> None:
    draft = Draft.of(ours)
    CHANGES[name](draft)
    assert validator.is_pdf_compliant_bytes(ours, profile=LEVEL)
    assert not validator.is_pdf_compliant_bytes(draft.written(), profile=LEVEL)


def test_pdf_a_of_another_writer_breaks_no_rule() -> None:
    dated = "#set document(title: [Brief], date: datetime(year: 2026, month: 1, day: 1))"
    source = f"{dated}\n= Brief\nSehr geehrte Frau Müller #box(fill: red)[rot]".encode()
    data = typst.compile(source, format="pdf", pdf_standards="a-2b", ignore_system_fonts=True)
    assert broken_rules(data) == []


def test_an_ordinary_pdf_breaks_rules() -> None:
    pdf = PdfBytes()
    pdf.add_text_page(["Guten Tag"])
    clauses = {broken.clause for broken in broken_rules(pdf.finish())}
    assert clauses >= {"6.1.3", "6.2.4.3", "6.2.11.4.1", "6.6.2.1"}
