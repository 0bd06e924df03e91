"""A fax without its end mark is whole if its rows are there, and is not if rows are missing, however it was cut."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

import pytest
from PIL import Image

from sozialakte.intake.pdf.whole_fax import Fax
from sozialakte.intake.plan_cut import plan_cut
from tests.odd_images import fax_group_4
from tests.pdf_bytes import PdfBytes
from tests.scans import A4_POINTS, empty, letter, specks

TEXT = "Sehr geehrte Damen und Herren, die Frist läuft am 30. November 2026 ab.\n"
END = "000000000001" * 2


@cache
def pages() -> dict[str, Image.Image]:
    full, short = letter(TEXT * 18, dpi=150), letter(TEXT * 4, dpi=150)
    return {"full": full, "short": short, "empty": empty(150), "dirty": specks(empty(150), 2000)}


def without_end(page: Image.Image) -> Fax:
    data = fax_group_4(page).data
    bits = f"{int.from_bytes(data):0{8 * len(data)}b}"
    bits = bits[: bits.rindex(END)]
    size = -(-len(bits) // 8)
    rows = int(bits.ljust(8 * size, "0"), 2).to_bytes(size)
    return Fax(rows, page.width, page.height, k=-1, ends=True, by_bytes=False)


@pytest.mark.parametrize("name", ["full", "short", "empty", "dirty"])
def test_all_rows_without_an_end_are_whole(name: str) -> None:
    assert without_end(pages()[name]).is_whole


@pytest.mark.parametrize("name", ["full", "short", "empty", "dirty"])
@pytest.mark.parametrize("share", [0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9, 0.95])
def test_rows_are_missed_where_the_data_ends_between_two(name: str, share: float) -> None:
    page = pages()[name]
    upper = page.crop((0, 0, page.width, int(page.height * share)))
    assert not replace(without_end(upper), rows=page.height).is_whole


@pytest.mark.parametrize("name", ["full", "short", "dirty"])
def test_rows_are_missed_where_the_data_ends_within_one(name: str) -> None:
    fax, chance = without_end(pages()[name]), Random(name)  # noqa: S311 - seeded on purpose
    cuts = [chance.randrange(len(fax.data) // 8, int(len(fax.data) * 0.95)) for _ in range(8)]
    assert not any(replace(fax, data=fax.data[:cut]).is_whole for cut in cuts)


def test_a_row_too_many_in_the_count_is_nothing_missing() -> None:
    fax = without_end(pages()["full"])
    assert replace(fax, rows=fax.rows + 1).is_whole


def test_what_would_cost_too_much_to_prove_is_not_whole() -> None:
    fax = without_end(pages()["full"])
    assert not replace(fax, by_bytes=True).is_whole
    assert not replace(fax, columns=200_000).is_whole
    assert replace(fax, by_bytes=True, ends=False).is_whole


@pytest.mark.parametrize(("share", "reason"), [(1, "page.letter"), (0.5, "page.incomplete")])
def test_the_cut_knows_a_fax_without_its_end(tmp_path: Path, share: float, reason: str) -> None:
    page = pages()["full"]
    data = without_end(page.crop((0, 0, page.width, int(page.height * share)))).data
    pdf = PdfBytes()
    pdf.add_image_page(replace(fax_group_4(page), data=data), A4_POINTS)
    (tmp_path / "fax.pdf").write_bytes(pdf.finish())
    assert [finding.reason.code for finding in plan_cut(tmp_path / "fax.pdf").findings] == [reason]
