"""Kinds of letters by their words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.intake.kinds import DOSSIER_TYPES, WORDS, Kind, dossier_types_of, kind_of
from sozialakte.register import DossierType
from sozialakte.shared.names import fold


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Rechnung Nr. 2026-114\nTotal CHF 240.00, zahlbar bis 30.11.2026", Kind.BILL),
        ("Arztrechnung für die Behandlung vom 3. Februar", Kind.BILL),
        ("2. Mahnung\nUnsere Rechnung Nr. 17 vom 3. März ist überfällig.", Kind.REMINDER),
        ("Zahlungserinnerung: die Rechnung ist noch nicht bezahlt", Kind.REMINDER),
        ("Betreibungsamt: Zahlungsbefehl in der Betreibung Nr. 12345", Kind.REMINDER),
        ("Ärztliches Zeugnis: Der Patient ist vom 1. bis 15. März arbeitsunfähig.", Kind.MEDICAL),
        ("Austrittsbericht. Diagnosen: ... Medikation: ...", Kind.MEDICAL),
        ("Verfügung\nRechtsmittelbelehrung: Gegen diese Verfügung kann Beschwerde erhoben werden.", Kind.DECISION),
        ("Kindes- und Erwachsenenschutzbehörde (KESB)\nBeschluss: Errichtung einer Beistandschaft", Kind.KESB),
        ("Lohnabrechnung Oktober. Bruttolohn 4200, Nettolohn 3650", Kind.EMPLOYER),
        ("Arbeitgeberbescheinigung über das Arbeitsverhältnis", Kind.EMPLOYER),
        ("Nebenkostenabrechnung der Liegenschaft Bahnhofstrasse 3", Kind.LANDLORD),
        ("Mietzinserhöhung zu Ihrem Mietvertrag", Kind.LANDLORD),
        ("Leistungsabrechnung Ihrer Krankenkasse: Franchise, Selbstbehalt, Kostenbeteiligung", Kind.INSURER),
        ("Versicherungspolice 2027: Ihre Prämie", Kind.INSURER),
        ("Gesuch um wirtschaftliche Hilfe. Ich beantrage Unterstützung.", Kind.APPLICATION),
        ("Bewerbung als Sozialarbeiterin. Mein Lebenslauf liegt bei.", Kind.JOB_APPLICATION),
        ("Liebe Grüsse aus den Ferien", Kind.OTHER),
        ("", Kind.OTHER),
    ],
)
def test_a_letter_is_of_the_kind_its_words_say(text: str, kind: Kind) -> None:
    assert kind_of(text) is kind
    assert kind_of(text.upper()) is kind


def test_every_kind_but_other_has_words_and_they_are_written_as_they_are_compared() -> None:
    assert set(WORDS) == set(Kind) - {Kind.OTHER}
    words = [word for table in WORDS.values() for word in table]
    assert [word for word in words if fold(word.replace("*", "x")) != word.replace("*", "x")] == []


def test_a_kind_that_may_belong_anywhere_points_to_no_dossier() -> None:
    assert dossier_types_of("other") == dossier_types_of("decision") == frozenset()
    assert DossierType.ADULT_PROTECTION in dossier_types_of("kesb")
    assert all(types for types in DOSSIER_TYPES.values())


@given(st.text(max_size=300))
def test_any_text_has_one_kind(text: str) -> None:
    assert kind_of(text) in set(Kind)
