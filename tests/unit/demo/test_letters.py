"""The generator of letters: seeded, complete, and true to its orders."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from random import Random

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.ch import ssn

from sozialakte.register import DossierType
from tests.demo import wordings
from tests.demo.cast import demo_cast
from tests.demo.facts import francs
from tests.demo.generate import SEED, Plan, plans
from tests.demo.letters import Clue, Order, compose
from tests.demo.stack import Item
from tests.demo.truth import MAIL, read_truth
from tests.demo.typeset import letter_pdf
from tests.demo.world import World

TODAY = date(2026, 11, 16)
VARIANTS = [(kind, variant["id"]) for kind in wordings.kinds() for variant in wordings.wording(kind).variants]


def chance(seed: int) -> Random:
    return Random(seed)  # noqa: S311 the same letters each time are the point


def an_order(kind: str = "landlord", clue: Clue = Clue.AHV, seed: int = 1, variant: str | None = None) -> Order:
    world = World(chance(seed))
    person, other = world.invent(), world.invent()
    dossier = world.open_dossier(DossierType.ECONOMIC_ASSISTANCE, [person], "ma-102")
    others = (other,) if variant == "laermklage" else ()
    return Order(kind, person, clue, TODAY, variant, dossier.dossier_id, others)


def printed(order: Order, seed: int = 1) -> list[str]:
    pdf = letter_pdf(compose(order, chance(seed)))
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def test_same_order_and_seed_give_the_same_letter() -> None:
    order = an_order()

    assert compose(order, chance(5)) == compose(order, chance(5))
    assert compose(order, chance(5)) != compose(order, chance(6))


@pytest.mark.parametrize(("kind", "variant"), VARIANTS)
def test_every_wording_can_be_typeset_on_at_most_four_pages(kind: str, variant: str) -> None:
    pages = printed(an_order(kind, variant=variant))

    assert 1 <= len(pages) <= 4
    assert "{" not in "".join(pages)
    assert "ß" not in "".join(pages)


def test_clue_is_printed_as_ordered() -> None:
    order = an_order(clue=Clue.AHV)
    born = f"{order.person.born:%d.%m.%Y}"

    assert order.person.ahv_shown in printed(order)[0]
    assert str(order.dossier_id) in printed(an_order(clue=Clue.DOSSIER))[0]
    assert born not in printed(an_order(clue=Clue.NAME))[0]
    assert order.person.ahv_shown not in printed(an_order(clue=Clue.NAME))[0]


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32), kind=st.sampled_from(wordings.kinds()), clue=st.sampled_from(Clue))
def test_any_order_can_be_composed(seed: int, kind: str, clue: Clue) -> None:
    assert compose(an_order(kind, clue, seed), chance(seed))["subject"]


def test_a_corpus_of_500_people_has_500_valid_ahv_numbers() -> None:
    world = World(chance(7))

    people = [world.invent() for _ in range(500)]

    assert all(ssn.is_valid(person.ahv_shown) for person in people)
    assert len({person.ahv for person in people}) == 500


def test_dossier_numbers_are_never_given_twice() -> None:
    world = World(chance(7))
    person = world.invent()

    dossiers = [world.open_dossier(kind, [person], None) for kind in DossierType if kind in _KEPT for _ in range(100)]

    assert len({dossier.dossier_id[-5:] for dossier in dossiers}) == len(dossiers)


@pytest.mark.parametrize("plan", plans(demo_cast(SEED)), ids=lambda plan: plan.file)
def test_committed_truth_tells_what_the_generator_writes(plan: Plan) -> None:
    items = [entry for entry in plan.stack if isinstance(entry, Item)]
    letters = read_truth(MAIL, plan.file).letters

    assert [(item.order.kind, item.dossier, item.inbox, item.destination) for item in items] == [
        (letter.kind, letter.dossier, letter.inbox, letter.destination) for letter in letters
    ]
    for item, letter in zip(items, letters, strict=True):
        assert _sheets_of(item) == len(letter.pages), letter


def _sheets_of(item: Item) -> int:
    if item.sheets.by_hand:
        return 1
    return sum(len(printed(order)) for order in (item.order, *item.more)) + bool(item.sheets.stamp_page)


def test_a_variant_for_one_letter_is_never_picked_by_chance() -> None:
    picked = {wordings.wording("kesb").pick(chance(seed))[1]["id"] for seed in range(30)}

    assert picked == {"beistandschaft"}


def test_a_named_sender_writes() -> None:
    for seed in range(5):
        assert (
            wordings.wording("medical").pick(chance(seed), None, "Regionalspital Rottal")[0]["name"][:8] == "Regional"
        )


def test_reference_of_the_sender_is_printed_first() -> None:
    order = replace(an_order(), reference=("Kunden-Nr.", "K 4711.22"), recipient=("Steueramt", "6002 Luzern"))

    page = printed(order)[0]

    assert page.index("K 4711.22") < page.index("Unser Zeichen")
    assert "Soziale Dienste" not in page


def test_amounts_are_written_the_swiss_way() -> None:
    assert francs(1480.5) == "1'480.50"


def test_a_sender_writes_only_their_own_variants() -> None:
    sender, _ = wordings.wording("decision").pick(chance(1), "urteil")

    assert sender["name"] == "Bezirksgericht Rottal"


def test_unknown_variant_is_refused() -> None:
    with pytest.raises(ValueError, match="no variant"):
        wordings.wording("bill").pick(chance(1), "gedicht")


_KEPT = {DossierType.ECONOMIC_ASSISTANCE, DossierType.ADULT_PROTECTION, DossierType.ALIMONY}
