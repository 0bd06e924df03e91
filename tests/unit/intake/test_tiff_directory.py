"""A TIFF's pages are found in either byte order, all of them or none."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from sozialakte.intake.model import UnreadableFileError
from sozialakte.intake.tiff.directory import Tag, Tags, directory_offsets, is_tiff, opened, read_tags
from sozialakte.intake.tiff.image import image_of
from tests.tiff_bytes import TiffBytes, TiffPage, page_of

MOST = 20
PAGES = [page_of(Image.new("L", (30 + number, 20), 255), "raw") for number in range(3)]


def tags_of(path: Path, content: bytes) -> list[Tags]:
    path.write_bytes(content)
    with path.open("rb") as file:
        tiff = opened(file)
        return [read_tags(tiff, offset) for offset in directory_offsets(tiff, MOST)]


def look_at_image(path: Path, page: TiffPage) -> None:
    path.write_bytes(TiffBytes().written([page]))
    with path.open("rb") as file:
        tiff = opened(file)
        image_of(tiff, read_tags(tiff, directory_offsets(tiff, MOST)[0]))


def reason_of(path: Path, content: bytes) -> str:
    with pytest.raises(UnreadableFileError) as caught:
        tags_of(path, content)
    return caught.value.reason.code


@pytest.mark.parametrize("big", [False, True])
@pytest.mark.parametrize("order", ["<", ">"])
def test_both_byte_orders_and_the_big_kind_say_the_same(tmp_path: Path, order: str, big: bool) -> None:
    content = TiffBytes(order, big=big).written(PAGES)

    assert is_tiff(content[:4])
    found = tags_of(tmp_path / "batch.tif", content)
    assert [tags[Tag.WIDTH] for tags in found] == [(30,), (31,), (32,)]
    assert {tags[Tag.X_RESOLUTION] for tags in found} == {(300, 1)}


@pytest.mark.parametrize("head", [b"%PDF", b"II*", b"", b"MM*\0", b"II\0*", b"\0\0\0\0"])
def test_what_begins_otherwise_is_no_tiff(head: bytes) -> None:
    assert not is_tiff(head)


@pytest.mark.parametrize("back_to", [0, 1, 2])
def test_a_chain_of_pages_that_never_ends_is_refused(tmp_path: Path, back_to: int) -> None:
    content = TiffBytes().written(PAGES, last_points_to=back_to)

    assert reason_of(tmp_path / "ring.tif", content) == "file.damaged"


def test_a_file_without_pages_says_so(tmp_path: Path) -> None:
    assert reason_of(tmp_path / "empty.tif", TiffBytes().written([])) == "file.no_pages"


def test_more_pages_than_wanted_are_not_all_looked_for(tmp_path: Path) -> None:
    assert len(tags_of(tmp_path / "long.tif", TiffBytes().written(PAGES * 10))) == MOST + 1


@given(data=st.data())
def test_a_file_cut_at_any_byte_keeps_all_its_pages_or_is_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    whole = TiffBytes(data.draw(st.sampled_from("<>")), big=data.draw(st.booleans())).written(PAGES)
    length = data.draw(st.integers(16, len(whole) - 1))

    code = reason_of(tmp_path_factory.mktemp("cut") / "cut.tif", whole[:length])

    assert code in {"file.truncated", "file.damaged"}


@given(data=st.data())
def test_any_changed_bytes_end_in_pages_or_a_named_refusal(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    content = bytearray(TiffBytes(big=data.draw(st.booleans())).written(PAGES))
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(4, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("changed") / "changed.tif"

    try:
        found = tags_of(path, bytes(content))
    except UnreadableFileError as error:
        assert error.reason.code in {"file.truncated", "file.damaged", "file.no_pages"}  # noqa: PT017 - or pages
    else:
        assert found


@pytest.mark.parametrize(
    ("tags", "code"),
    [
        ({Tag.WIDTH: 0}, "file.damaged"),
        ({Tag.LENGTH: 0}, "file.damaged"),
        ({Tag.STRIP_BYTES: 10**9}, "file.truncated"),
        ({Tag.STRIP_OFFSETS: 10**9}, "file.truncated"),
        ({Tag.STRIP_BYTES: 0}, "file.damaged"),
        ({Tag.ROWS_PER_STRIP: 3}, "file.damaged"),
        ({Tag.ROWS_PER_STRIP: 0}, "file.damaged"),
        ({Tag.STRIP_OFFSETS: [1, 2], Tag.STRIP_BYTES: [1]}, "file.damaged"),
        ({Tag.TILE_OFFSETS: 10**9, Tag.TILE_BYTES: 1}, "file.truncated"),
    ],
)
def test_an_image_that_does_not_lie_in_the_file_is_refused(tmp_path: Path, tags: dict[int, int], code: str) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        look_at_image(tmp_path / "odd.tif", PAGES[0].having(tags))

    assert caught.value.reason.code == code


def test_a_page_without_strips_is_refused(tmp_path: Path) -> None:
    empty = TiffPage({int(Tag.WIDTH): 10, int(Tag.LENGTH): 10}, [b"x"]).having({Tag.STRIP_OFFSETS: b""})
    with pytest.raises(UnreadableFileError) as caught:
        look_at_image(tmp_path / "odd.tif", empty)

    assert caught.value.reason.code == "file.damaged"
