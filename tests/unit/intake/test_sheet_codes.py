"""Our sheet codes say what they were made for, or nothing."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.intake.model import Section
from sozialakte.intake.pages.sheet_codes import (
    SheetCode,
    SheetKind,
    box_code,
    cover_code,
    is_damaged,
    label_code,
    parse,
    register_code,
    reply_code,
    separator_code,
)
from sozialakte.shared.id_forms import BOX_ID, DOSSIER_ID

MAKERS = {SheetKind.COVER: cover_code, SheetKind.LABEL: label_code, SheetKind.REPLY: reply_code}
dossier_ids = st.from_regex(DOSSIER_ID, fullmatch=True, alphabet=string.ascii_uppercase + string.digits + "-")
box_ids = st.from_regex(BOX_ID, fullmatch=True, alphabet=string.ascii_uppercase + string.digits + "-")
kinds = st.sampled_from(sorted(MAKERS))


@given(kind=kinds, dossier_id=dossier_ids)
def test_a_code_is_read_as_it_was_made(kind: SheetKind, dossier_id: str) -> None:
    assert parse(MAKERS[kind](dossier_id)) == SheetCode(kind, dossier_id)


def test_the_separator_code_names_no_dossier() -> None:
    assert parse(separator_code()) == SheetCode(SheetKind.SEPARATOR, None)


@pytest.mark.parametrize("section", Section)
def test_a_register_sheet_names_its_register(section: Section) -> None:
    assert parse(register_code(section)) == SheetCode(SheetKind.REGISTER, section=section)


@given(box_id=box_ids, place=st.integers(min_value=0), sign=st.sampled_from(string.printable))
def test_a_box_label_names_its_box_and_one_wrong_character_spoils_it(box_id: str, place: int, sign: str) -> None:
    code = box_code(box_id)
    assert parse(code) == SheetCode(SheetKind.BOX, box_id=box_id)
    place %= len(code)
    wrong = code[:place] + sign + code[place + 1 :]
    assert wrong == code or parse(wrong) is None


@pytest.mark.parametrize("section", Section)
def test_one_wrong_character_spoils_a_register_sheet(section: Section) -> None:
    code = register_code(section)
    spoiled = [
        code[:place] + sign + code[place + 1 :]
        for place in range(len(code))
        for sign in string.printable
        if sign != code[place]
    ]
    assert [text for text in spoiled if parse(text)] == []


@pytest.mark.parametrize("number", ["", "K-42", "k-00042", "SH-2026-00123"])
def test_no_label_is_made_for_a_wrong_box_number(number: str) -> None:
    with pytest.raises(ValueError, match="box number"):
        box_code(number)


@given(
    kind=kinds,
    dossier_id=dossier_ids,
    place=st.integers(min_value=0),
    sign=st.sampled_from(string.printable),
)
def test_one_wrong_character_is_never_read_as_another_code(
    kind: SheetKind, dossier_id: str, place: int, sign: str
) -> None:
    code = MAKERS[kind](dossier_id)
    place %= len(code)
    wrong = code[:place] + sign + code[place + 1 :]
    assert wrong == code or parse(wrong) is None


@pytest.mark.parametrize("place", range(len(separator_code())))
def test_one_wrong_character_spoils_the_separator(place: int) -> None:
    code = separator_code()
    spoiled = [code[:place] + sign + code[place + 1 :] for sign in string.printable if sign != code[place]]
    assert [text for text in spoiled if parse(text)] == []


@pytest.mark.parametrize("text", ["", "PATCHT", "SPC\n0200\n1", "https://example.org", "SH-2026-00123"])
def test_a_foreign_code_is_neither_ours_nor_damaged(text: str) -> None:
    assert parse(text) is None
    assert not is_damaged(text)


@pytest.mark.parametrize("text", ["SZ1:L:SH-2026-00123:00", "SZ1:S:SH-2026-00123:14", "SZ1:X::10", "SZ1:"])
def test_a_code_of_ours_with_a_wrong_check_or_shape_is_damaged(text: str) -> None:
    assert parse(text) is None
    assert is_damaged(text)


@pytest.mark.parametrize(
    "number", ["", "SH-2026-123", "sh-2026-00123", "SH-2026-00123 ", "SH-2026-0012\N{ARABIC-INDIC DIGIT THREE}"]
)
def test_no_sheet_is_made_for_a_wrong_dossier_number(number: str) -> None:
    with pytest.raises(ValueError, match="dossier number"):
        label_code(number)
