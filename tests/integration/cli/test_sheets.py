"""``sozialakte sheets``: what is printed is read by the intake as what it is, also after a poor scan."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdfium2 import PdfDocument
from typer.testing import CliRunner, Result

from sozialakte.cli import app
from sozialakte.intake.model import Section
from sozialakte.intake.page_seen import PageSeen
from sozialakte.intake.pages.sheet_codes import SheetCode, SheetKind, parse
from sozialakte.intake.plan_cut import look_at
from tests.batches import OPEN, OTHER
from tests.pdf_bytes import PdfBytes, Placed
from tests.scans import A4_POINTS


def sheets(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["sheets", *arguments], env={"COLUMNS": "200"})


def is_whole(_: bool) -> bool:
    return True


def seen(path: Path, *, quality: int = 60) -> list[PageSeen]:
    """The pages as a scanner delivers them: a grey picture of 200 dpi."""
    scanned = PdfBytes()
    for page in PdfDocument(path):
        picture: Image.Image = page.render(scale=200 / 72).to_pil().convert("L")
        body = BytesIO()
        picture.save(body, "JPEG", quality=quality)
        scanned.add_image_page(Placed(body.getvalue(), picture.size), A4_POINTS)
    return [look_at(page, number, is_whole).seen for number, page in enumerate(PdfDocument(scanned.finish()), start=1)]


def meanings(path: Path) -> list[set[SheetCode | None]]:
    return [{parse(code.text) for code in page.codes} for page in seen(path)]


def test_covers_name_their_dossiers_and_are_no_pages_of_letters(tmp_path: Path) -> None:
    result = sheets("covers", OPEN, OTHER, "-o", str(tmp_path / "c.pdf"))

    assert (result.exit_code, result.output) == (0, f"2 Blätter: {tmp_path / 'c.pdf'}\n")
    assert not any(page.written or page.noted for page in seen(tmp_path / "c.pdf"))
    assert meanings(tmp_path / "c.pdf") == [{SheetCode(SheetKind.COVER, OPEN)}, {SheetCode(SheetKind.COVER, OTHER)}]
    assert not any(page.written for page in seen(tmp_path / "c.pdf"))


def test_there_is_a_register_sheet_for_every_register(tmp_path: Path) -> None:
    sheets("registers", "-o", str(tmp_path / "r.pdf"))

    assert meanings(tmp_path / "r.pdf") == [{SheetCode(SheetKind.REGISTER, section=section)} for section in Section]
    assert not any(page.written or page.noted for page in seen(tmp_path / "r.pdf"))


def test_some_registers_can_be_printed_as_often_as_wanted(tmp_path: Path) -> None:
    sheets("registers", "--section", "fin", "--section", "med", "--count", "2", "-o", str(tmp_path / "r.pdf"))

    printed = [code.section for (code,) in meanings(tmp_path / "r.pdf") if code]
    assert printed == [Section.FINANCES, Section.FINANCES, Section.HEALTH, Section.HEALTH]


def test_separators_separate(tmp_path: Path) -> None:
    sheets("separators", "--count", "2", "-o", str(tmp_path / "s.pdf"))

    assert meanings(tmp_path / "s.pdf") == [{SheetCode(SheetKind.SEPARATOR)}] * 2
    assert not any(page.written for page in seen(tmp_path / "s.pdf"))


def test_a_list_of_boxes_gives_each_label_and_its_covers(tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text(f"box,dossier\nK-00002,{OPEN}\nK-00001,{OTHER}\nK-00001,SH-2019-00007\n")

    sheets("boxes", str(tmp_path / "b.csv"), "-o", str(tmp_path / "b.pdf"))

    codes = [code for (code,) in meanings(tmp_path / "b.pdf") if code]
    assert [code.box_id or code.dossier_id for code in codes] == [
        *("K-00001", OTHER, "SH-2019-00007"),
        *("K-00002", OPEN),
    ]


def test_the_label_of_a_very_full_box_is_still_one_page_with_its_code(tmp_path: Path) -> None:
    rows = "".join(f"K-00001,SH-2019-{number:05d}\n" for number in range(300))
    (tmp_path / "b.csv").write_text(f"box,dossier\n{rows}")

    sheets("boxes", str(tmp_path / "b.csv"), "-o", str(tmp_path / "b.pdf"))

    pages = PdfDocument(tmp_path / "b.pdf")
    assert len(pages) == 301
    label = {parse(code.text) for code in look_at(pages[0], 1, is_whole).seen.codes}
    assert label == {SheetCode(SheetKind.BOX, box_id="K-00001")}


@pytest.mark.parametrize("half", ["left", "right"])
def test_a_sheet_half_of_which_is_lost_is_still_read(half: str, tmp_path: Path) -> None:
    sheets("covers", OPEN, "-o", str(tmp_path / "c.pdf"))
    picture = PdfDocument(tmp_path / "c.pdf")[0].render(scale=200 / 72).to_pil().convert("L")
    middle = picture.width // 2
    lost = (0, 0, middle, picture.height) if half == "left" else (middle, 0, picture.width, picture.height)
    picture.paste(255, lost)
    body, scanned = BytesIO(), PdfBytes()
    picture.save(body, "JPEG", quality=60)
    scanned.add_image_page(Placed(body.getvalue(), picture.size), A4_POINTS)

    (page,) = PdfDocument(scanned.finish())

    assert {parse(code.text) for code in look_at(page, 1, is_whole).seen.codes} == {SheetCode(SheetKind.COVER, OPEN)}


@pytest.mark.parametrize("what", [("covers", OPEN), ("registers",), ("separators",)])
def test_where_nothing_can_be_written_one_line_says_so(what: tuple[str, ...], tmp_path: Path) -> None:
    result = sheets(*what, "-o", str(tmp_path / "missing/x.pdf"))

    assert (result.exit_code, result.output.count("\n")) == (1, 1)
    assert "x.pdf: lässt sich nicht lesen oder schreiben (No such file or directory)" in result.output


@pytest.mark.parametrize("number", ["SH-2026-1", "<b>SH-2026-00001</b>", "x" * 10_000])
def test_a_wrong_number_prints_nothing(number: str, tmp_path: Path) -> None:
    result = sheets("covers", OPEN, number, "-o", str(tmp_path / "c.pdf"))

    assert result.exit_code == 1
    assert result.output.startswith("Das ist keine Dossiernummer")
    assert not (tmp_path / "c.pdf").exists()


def test_a_wrong_list_prints_nothing(tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text(f"box,dossier\nK-00001,{OPEN}\nK-00002,{OPEN}\n")

    result = sheets("boxes", str(tmp_path / "b.csv"), "-o", str(tmp_path / "b.pdf"))

    assert (result.exit_code, result.output) == (
        1,
        f"Zeile 3: Das Dossier {OPEN} liegt schon in einer Schachtel.\n",
    )
