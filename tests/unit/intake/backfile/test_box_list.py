"""The list of what lies in which box is read as it is, or refused with the line."""

from __future__ import annotations

import pytest

from sozialakte.intake.backfile.box_list import BoxedDossier, BoxListError, parse_box_list

FIRST, SECOND = "SH-2019-00001", "SH-2019-00002"


def test_dossiers_lie_in_boxes_and_may_be_counted() -> None:
    content = f"\ufeffBox;Dossier;Pages\r\nK-00001;{FIRST};612\r\n\r\nK-00001; {SECOND} ;\r\n".encode()

    assert parse_box_list(content) == (
        BoxedDossier("K-00001", FIRST, 612),
        BoxedDossier("K-00001", SECOND, None),
    )


def test_the_count_may_be_left_out() -> None:
    assert parse_box_list(f"dossier,box\n{FIRST},K-00001\n".encode()) == (BoxedDossier("K-00001", FIRST),)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", "1"),
        ("box;dossier\n", "2"),
        ("box;dossier;name\nK-00001;SH-2019-00001;x\n", "1"),
        ("box;box;dossier\nK-00001;K-00001;SH-2019-00001\n", "1"),
        ("box;dossier\nK-1;SH-2019-00001\n", "2"),
        ("box;dossier\nK-00001;SH-2019-00001;5\n", "2"),
        ("box;dossier;pages\nK-00001;SH-2019-00001;many\n", "2"),
        ("box;dossier;pages\nK-00001;SH-2019-00001;٣\n", "2"),
        ('box;dossier\nK-00001;"SH-2019-00001\n', "2"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(text: str, line: str) -> None:
    with pytest.raises(BoxListError) as caught:
        parse_box_list(text.encode())

    assert (caught.value.reason.code, caught.value.reason.params["line"]) == ("box_list.unreadable", line)


def test_a_dossier_in_two_boxes_is_refused() -> None:
    with pytest.raises(BoxListError) as caught:
        parse_box_list(f"box;dossier\nK-00001;{FIRST}\nK-00002;{FIRST}\n".encode())

    assert caught.value.reason.code == "box_list.twice"


def test_another_encoding_is_refused() -> None:
    with pytest.raises(BoxListError):
        parse_box_list("box;dossier\nK-00001;Müller".encode("cp1252"))
