"""A complete box: what its sample is drawn from, and what may be shredded after it. Pure.

The paper goes only if the sample that passed was drawn from just what the box holds now: the same dossiers, the same
pages. What came in or went since then, nobody has looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sozialakte.intake.backfile.accounts import Account, DossierAccount, FoundPages
from sozialakte.intake.backfile.sample import SamplePage, draw, lot_id
from sozialakte.shared.reasons import Reason


class NoLotError(Exception):
    """The box is on no list, or not complete; ``reason`` says which."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


@dataclass(frozen=True)
class Lot:
    """The dossiers of a complete box and their pages; ``keeping``: those with originals that must stay."""

    box_id: str
    dossiers: tuple[DossierAccount, ...]
    pages: tuple[SamplePage, ...]
    keeping: frozenset[str]

    @property
    def lot_id(self) -> str:
        """Names just this content."""
        return lot_id(self.dossier_ids, self.pages)

    @property
    def dossier_ids(self) -> list[str]:
        """The dossiers in the order of the list."""
        return [one.packed.boxed.dossier_id for one in self.dossiers]

    def draw(self, attempt: int, bad: Iterable[SamplePage]) -> tuple[SamplePage, ...]:
        """The sample of a round; ``bad`` pages of earlier ones come again."""
        return draw(self.box_id, attempt, self.pages, bad)


def lot_of(box_id: str, found: Sequence[DossierAccount], pages: FoundPages) -> Lot:
    """The box as it is. Raises `NoLotError` unless every dossier in it is complete."""
    inside = tuple(one for one in found if one.packed.boxed.box_id == box_id)
    if not inside:
        raise NoLotError(Reason("cli.backfile.no_box", {"box_id": box_id}))
    open_ones = [one.packed.boxed.dossier_id for one in inside if one.state is not Account.COMPLETE]
    if open_ones:
        facts = {"box_id": box_id, "dossier_ids": ", ".join(open_ones)}
        raise NoLotError(Reason("cli.backfile.not_complete", facts))
    ours = {one.packed.boxed.dossier_id for one in inside}
    keeping = {one.packed.boxed.dossier_id for one in inside if one.packed.keeps} | (pages.keeping & ours)
    return Lot(box_id, inside, tuple(page for page in pages.pages if page.dossier_id in ours), frozenset(keeping))
