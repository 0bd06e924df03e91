"""Every kind of letter has its register; a person's choice stays."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sozialakte.dossiers.model import Document, Labels
from sozialakte.dossiers.registers import REGISTER_OF_KIND, REGISTER_OF_SECTION, DocumentKind, Register, register_of
from sozialakte.intake.model import Section
from sozialakte.intake.understanding.kinds import Kind
from tests.builders import DOSSIER, LATER, NOW, STAFF

BILL = Document("letter", DOSSIER, "letter", "a" * 64, "k", "v", "s", 2, "bill", NOW, NOW, STAFF, "machine")


def test_the_table_knows_every_kind_the_machine_tells_apart() -> None:
    kinds = {kind.value for kind in Kind}

    assert kinds == {kind.value for kind in DocumentKind}
    assert kinds | {"voucher"} == set(REGISTER_OF_KIND)  # which comes from the payments, never from paper
    assert register_of("never heard of") is Register.CORRESPONDENCE


def test_another_kind_brings_its_register_unless_a_person_chose_one() -> None:
    assert BILL.relabel(Labels(kind="medical"), STAFF, LATER).lies_in is Register.HEALTH

    chosen = BILL.relabel(Labels(register=Register.HOUSING), STAFF, LATER)
    assert chosen.relabel(Labels(kind="medical"), STAFF, LATER).lies_in is Register.HOUSING


def test_a_correction_says_who_made_it_and_what() -> None:
    corrected = BILL.relabel(Labels(kind="reminder", subject="Mahnung"), STAFF, LATER)

    assert (corrected.version, corrected.change) == (2, "relabelled")
    assert (corrected.last_edit.by, corrected.last_edit.at) == (STAFF, LATER)
    assert set(corrected.last_edit.what) == {"kind", "subject"}


@pytest.mark.parametrize("labels", [Labels(), Labels(kind="bill"), Labels(register=Register.FINANCE)])
def test_a_correction_that_changes_nothing_is_none(labels: Labels) -> None:
    assert BILL.relabel(labels, STAFF, LATER) is BILL


def test_a_document_without_a_date_is_listed_under_the_day_it_came() -> None:
    assert BILL.dated == NOW.date()
    assert replace(BILL, written_on=LATER.date()).dated == LATER.date()


def test_what_lay_in_a_register_of_the_paper_dossier_lies_in_the_same_one_here() -> None:
    assert set(REGISTER_OF_SECTION) == {section.value for section in Section}
    assert register_of("other", Section.FINANCES) is Register.FINANCE
    assert register_of("medical", Section.PERSON) is Register.PERSONAL
    assert register_of("bill", None) is Register.FINANCE
    assert register_of("bill", "never heard of") is Register.FINANCE
