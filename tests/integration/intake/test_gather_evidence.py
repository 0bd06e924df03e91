"""From the text of a letter to the decision, with a register behind it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from sozialakte.intake.identifying.decide_dossier import Decision, decide
from sozialakte.intake.identifying.gather_evidence import MAX_NAMED, Asked, Named, gather_evidence
from sozialakte.intake.known_references import KnownReference, sender_signatures
from sozialakte.intake.model import NamedBy
from sozialakte.intake.readings import PageReading, TextSource
from sozialakte.intake.understanding.letter_contents import read_letter
from sozialakte.register import RegisterStore
from sozialakte.register.model import Dossier, DossierPerson, DossierStatus, DossierType, Person, PersonRole
from sozialakte.shared.ahv_number import parse_ahv_number
from sozialakte.shared.reasons import without
from sozialakte.shared.texts import say
from tests.aws import REGISTER, local_aws, put_register

FAMILY, TWIN, WARD, OLD = "SH-2026-00001", "SH-2026-00002", "SH-2026-00003", "SH-2019-00004"
CHILD, FORMER, ALIMONY = "KS-2026-00005", "SH-2020-00006", "AL-2026-00007"
ANNA_AHV, CARLA_AHV, STRANGER_AHV = "756.9217.0769.85", "756.0000.0000.19", "756.1234.5678.97"


@pytest.fixture(scope="module", autouse=True)
def register() -> Iterator[None]:
    """One register for all: nothing here writes."""
    with local_aws():
        fill_register()
        yield


def fill_register() -> None:
    """Anna and her son Beat in one dossier; Carla in two, and her twin Clara; Emil, whose dossier is closed.

    Otto, the father in a child's dossier; Nora, whose assistance has ended while alimony is still advanced.
    """
    born, twins = date(1975, 3, 12), date(1990, 6, 1)
    put_register(
        Person("P-000001", "Müller", "Anna Maria", born, parse_ahv_number(ANNA_AHV)),
        Person("P-000002", "Müller", "Beat", date(2015, 6, 1)),
        Person("P-000003", "Rossi", "Carla", twins, parse_ahv_number(CARLA_AHV)),
        Person("P-000004", "Rossi", "Clara", twins),
        Person("P-000005", "Weber", "Emil", date(1960, 1, 2)),
        Person("P-000006", "Frei", "Ida", date(1961, 1, 2)),
        Person("P-000007", "Berger", "Otto", date(1970, 5, 5)),
        Person("P-000008", "Egli", "Nora", date(1980, 6, 6)),
    )
    for dossier_id, dossier_type, status, persons in (
        (FAMILY, DossierType.ECONOMIC_ASSISTANCE, DossierStatus.OPEN, (1, 2, 3)),
        (TWIN, DossierType.ECONOMIC_ASSISTANCE, DossierStatus.OPEN, (4,)),
        (CHILD, DossierType.CHILD_PROTECTION, DossierStatus.OPEN, ()),
        (FORMER, DossierType.ECONOMIC_ASSISTANCE, DossierStatus.CLOSED, (8,)),
        (ALIMONY, DossierType.ALIMONY, DossierStatus.OPEN, (8,)),
        (WARD, DossierType.ADULT_PROTECTION, DossierStatus.OPEN, (3,)),
        (OLD, DossierType.ALIMONY, DossierStatus.CLOSED, (5,)),
    ):
        put_register(Dossier(dossier_id, dossier_type, 2939, status))
        for number in persons:
            put_register(DossierPerson(dossier_id, f"P-{number:06d}", PersonRole.MAIN))
    put_register(DossierPerson(CHILD, "P-000007", PersonRole.MEMBER))


def decided(*texts: str, named: Named | None = None, known: tuple[KnownReference, ...] = ()) -> Decision:
    """What becomes of a letter with these pages."""
    readings = [PageReading(page, text, TextSource.OCR, 0.9) for page, text in enumerate(texts, start=1)]
    asked = Asked(read_letter(readings, date(2026, 11, 23)), "\n".join(texts), named, known)
    return decide(gather_evidence(asked, RegisterStore(REGISTER)))


@pytest.mark.parametrize(
    ("text", "dossier_id", "why"),
    [
        (f"AHV-Nr. {ANNA_AHV}", FAMILY, ["ahv_number"]),
        ("Anna Müller, geb. 12.03.1975", FAMILY, ["name_and_birth_date"]),
        ("Mueller Beat, geboren am 1. Juni 2015 in Bern", FAMILY, ["name_and_birth_date"]),
        (f"Anna Müller, geb. 12.03.1975, {ANNA_AHV}", FAMILY, ["ahv_number", "name_and_birth_date"]),
        ("Clara Rossi, geb. 01.06.1990", TWIN, ["name_and_birth_date"]),
        (f"Ihr Zeichen {FAMILY}, Frau Anna Müller", FAMILY, ["dossier_number", "name"]),
        (f"Ihr Zeichen {WARD}, {CARLA_AHV}", WARD, ["ahv_number", "dossier_number"]),
        (
            f"Mietzinserhöhung\nMieterin: Carla Rossi {CARLA_AHV}",
            FAMILY,
            ["ahv_number", "kind_decides"],
        ),
        (f"KESB, Beistandschaft für {CARLA_AHV}", WARD, ["ahv_number", "kind_decides"]),
        (f"{ANNA_AHV}, unsere Rechnung RE-2026-00123", FAMILY, ["ahv_number"]),  # the sender's own number
    ],
)
def test_a_letter_finds_its_dossier(text: str, dossier_id: str, why: list[str]) -> None:
    decision = decided("Bern, 21. November 2026", text)
    assert (decision.dossier_id, [reason.code for reason in decision.reasons]) == (
        dossier_id,
        [f"identify.{code}" for code in why],
    )


@pytest.mark.parametrize(
    ("text", "why", "candidates"),
    [
        ("Sehr geehrte Damen und Herren", "nothing_found", []),
        ("Anna Müller", "nothing_found", []),
        ("geb. 12.03.1975", "nothing_found", []),
        ("Anna Müller, geb. 13.03.1975", "other_birth_date", []),
        ("Anna Meier, geb. 12.03.1975", "subject_unknown", []),
        (f"{STRANGER_AHV}", "ahv_unknown", []),
        (f"{ANNA_AHV} und {STRANGER_AHV}", "ahv_unknown", [FAMILY]),
        ("Dossier SH-2026-09999", "number_unknown", []),
        (f"{ANNA_AHV}, Dossier SH-2026-09999", "number_unknown", [FAMILY]),
        (f"Dossier {FAMILY}", "number_alone", [FAMILY]),
        (f"Dossier {TWIN}, {ANNA_AHV}", "conflict", [FAMILY, TWIN]),
        ("Carla und Clara Rossi, geb. 01.06.1990", "conflict", [TWIN, FAMILY, WARD]),
        ("Frau Clara Rossi, 01.06.1990 (die Schwester Carla wohnt anderswo)", "conflict", [TWIN, FAMILY, WARD]),
        ("Carla Rossi, Clara Rossi, geb. 01.06.1990", "conflict", [TWIN, FAMILY, WARD]),
        (f"{CARLA_AHV}", "several_dossiers", [FAMILY, WARD]),
        ("Emil Weber, geb. 02.01.1960", "dossier_closed", []),
        (f"Frau Müller, Dossier {FAMILY}", "number_alone", [FAMILY]),
        (f"Herr Hans Müller, Dossier {FAMILY}", "subject_unknown", [FAMILY]),
        ("Klinik, Arztbericht, Diagnose: Otto Berger, geb. 05.05.1970", "member_only", [CHILD]),
        ("Arztrechnung, Rechnungsbetrag: Nora Egli, geb. 06.06.1980", "dossier_closed", [ALIMONY]),
        (f"Dossier {OLD}, Herr Weber", "dossier_closed", []),
        ("Ida Frei, geb. 02.01.1961", "person_without_dossier", []),
    ],
)
def test_what_is_not_certain_waits_for_a_person(text: str, why: str, candidates: list[str]) -> None:
    decision = decided("Bern, 21. November 2026", text)
    assert (decision.dossier_id, decision.reasons[0].code) == (None, f"identify.{why}")
    assert list(decision.candidates) == candidates


@pytest.mark.parametrize("by", list(NamedBy))
def test_our_own_code_decides_unless_something_contradicts(by: NamedBy) -> None:
    decision = decided("ohne weitere Angaben", named=Named(FAMILY, by))
    assert (decision.dossier_id, [reason.code for reason in decision.reasons]) == (FAMILY, [f"identify.{by}"])
    believed = None if by is NamedBy.COVER else FAMILY  # a cover may lie before the wrong letter
    assert decided(f"{STRANGER_AHV}", named=Named(FAMILY, by)).dossier_id == believed
    assert decided(f"{CARLA_AHV}", named=Named(WARD, by)).dossier_id == WARD
    assert decided(f"{ANNA_AHV}", named=Named(TWIN, by)).candidates[:2] in {(FAMILY, TWIN), (TWIN, FAMILY)}


@pytest.mark.parametrize(("dossier_id", "why"), [("SH-2026-09999", "code_unknown"), (OLD, "dossier_closed")])
def test_a_code_for_no_open_dossier_is_for_a_person(dossier_id: str, why: str) -> None:
    decision = decided(f"{ANNA_AHV}", named=Named(dossier_id, NamedBy.LABEL))
    assert (decision.dossier_id, decision.reasons[0].code) == (None, f"identify.{why}")
    assert decision.candidates == (FAMILY,)


def test_a_list_of_many_people_is_for_a_person_and_is_not_looked_up() -> None:
    numbers = " ".join(f"SH-2026-{number:05d}" for number in range(MAX_NAMED + 1))
    decision = decided(f"{ANNA_AHV} {numbers}")
    assert (decision.dossier_id, decision.reasons[0].code) == (None, "identify.too_many")


def test_reasons_never_tell_who_it_is() -> None:
    texts = (f"Anna Müller {ANNA_AHV} {CARLA_AHV} {STRANGER_AHV}, geb. 12.03.1975, Dossier {TWIN}",)
    decision = decided(*texts, named=Named(WARD, NamedBy.COVER))
    shown = " ".join(f"{reason} {say(reason)}" for reason in decision.reasons)
    assert not any(secret in shown for secret in ("Müller", "Anna", "756", "1975", "Rossi"))


def test_one_misread_letter_in_a_long_name_is_forgiven_beside_the_birth_date() -> None:
    assert decided("Herr Emil Veber").dossier_id is None
    assert decided("Frau Anna Muiler, geb. 12.03.1975").dossier_id == FAMILY


def test_a_birth_date_of_nobody_we_found_is_a_doubt() -> None:
    decision = decided(
        "Luzern, 4. Mai 2026", "Frau Anna Müller, geb. 12.03.1975, und Herr Marko Krasnigi, geb. 17.06.1948"
    )
    assert decision.dossier_id is None
    assert "identify.birth_date_unknown" in [reason.code for reason in decision.reasons]


def test_a_married_name_beside_the_ahv_number_is_no_doubt() -> None:
    assert decided(f"Frau Anna Keller, geb. 12.03.1975, AHV-Nr. {ANNA_AHV}").dossier_id == FAMILY


def test_our_own_code_outweighs_a_birth_date_of_nobody() -> None:
    assert decided("Luzern, 4. Mai 2026, geb. 17.06.1948", named=Named(FAMILY, NamedBy.LABEL)).dossier_id == FAMILY


def test_a_cover_before_a_strangers_letter_is_not_believed_alone() -> None:
    cover = Named(FAMILY, NamedBy.COVER)
    assert decided("Ein Bericht ohne Angaben", named=cover).dossier_id == FAMILY
    assert decided(f"Patient Franz Fremd, {STRANGER_AHV}", named=cover).dossier_id is None
    assert decided(f"Anna Müller {ANNA_AHV} und Franz Fremd {STRANGER_AHV}", named=cover).dossier_id == FAMILY


def test_a_list_of_people_is_for_a_person_to_look_at() -> None:
    pupils = ["Anna Müller 12.03.1975", "Ben Ott 01.02.2003", "Cleo Rey 03.04.2004", "Dan Sutter 05.06.2005"]
    assert decided("Luzern, 4. Mai 2026", *pupils).dossier_id is None


def test_who_has_left_a_dossier_does_not_lead_there_any_more() -> None:
    put_register(DossierPerson(CHILD, "P-000006", PersonRole.FORMER))
    assert decided("Ida Frei, geb. 02.01.1961").reasons[0].code == "identify.person_without_dossier"


def test_a_letter_about_two_clients_is_for_a_person_however_sure_each_is() -> None:
    about_both = f"Betrifft: Anna Müller, geb. 12.03.1975, {ANNA_AHV}\nFrau Clara Rossi, geb. 01.06.1990, zieht ein."
    decision = decided(about_both)
    assert (decision.dossier_id, decision.reasons[0].code) == (None, "identify.two_clients")
    assert FAMILY in say(decision.reasons[0])
    assert decided(about_both, named=Named(FAMILY, NamedBy.LABEL)).dossier_id == FAMILY  # somebody has decided
    assert decided("Anna Müller, geb. 12.03.1975\nMitbewohnerin: Clara Rossi, geb. 01.06.1990").dossier_id == FAMILY


def test_of_two_people_in_one_dossier_either_will_do() -> None:
    assert decided("Betrifft: Anna Müller, geb. 12.03.1975\nKind: Beat Müller, geb. 01.06.2015").dossier_id == FAMILY


@pytest.mark.parametrize(
    ("heading", "dossier_id"),
    [("Einsatzplan Logistiker EBA", FAMILY), ("Gespräch mit Frau Fischer", FAMILY)],
)
def test_what_only_looks_like_a_name_stops_no_letter_about_a_known_person(heading: str, dossier_id: str) -> None:
    text = f"Bern, 21. November 2026\n\n{heading}\nBetrifft: Anna Müller, geb. 12.03.1975\n\nGuten Tag\nBeilage"
    assert decided(text).dossier_id == dossier_id


def confirmed_in(*dossiers: str) -> tuple[KnownReference, ...]:
    """Letters of the sender, without a reference, that people filed there."""
    (signature,) = sender_signatures(["name:baeckerei huber 3011"])
    at = datetime(2026, 11, 2, 9, tzinfo=UTC)
    return tuple(KnownReference(signature, one, 1, "letter-1", at, by_person=True) for one in dossiers)


def test_a_confirmed_sender_without_a_reference_is_told_in_words_and_files_nothing() -> None:
    decision = decided("Sehr geehrte Damen und Herren", known=confirmed_in(FAMILY))

    assert (decision.dossier_id, decision.candidates) == (None, (FAMILY,))
    assert "gleichen Absenders" in " ".join(map(say, decision.grounds[0].reasons))
    assert "2026-11-02" in " ".join(map(say, decision.reasons))


def test_a_sender_who_writes_about_many_says_nothing() -> None:
    assert decided("Guten Tag", known=confirmed_in(FAMILY, TWIN, WARD)).candidates
    assert not decided("Guten Tag", known=confirmed_in(FAMILY, TWIN, WARD, ALIMONY)).candidates


@pytest.mark.parametrize(
    "text", [CARLA_AHV, "Anna Müller, geb. 13.03.1975", "Clara Rossi, Carla Rossi, geb. 01.06.1990"]
)
def test_what_tells_of_a_person_says_nothing_once_all_their_dossiers_are_hidden(text: str) -> None:
    decision = decided(text)
    everything = frozenset({FAMILY, TWIN, WARD, OLD, CHILD, FORMER, ALIMONY})

    assert "P-0000" in " ".join(map(say, decision.reasons))
    assert "P-0000" not in " ".join(map(say, without(decision.reasons, everything)))


def test_a_person_who_stands_in_another_dossier_too_is_still_named() -> None:
    decision = decided(CARLA_AHV)

    assert "P-0000" in " ".join(map(say, without(decision.reasons, frozenset({WARD}))))
