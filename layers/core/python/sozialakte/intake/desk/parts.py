"""How pages are put together anew: the plans, and the letters that come of them. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from sozialakte.intake.desk.errors import MergeAcrossBatchesError, NoSuchPageError, NotMergeableError
from sozialakte.intake.desk.model import MOST_PARTS, PageTurn, Part, Rearrangement, Rework, seal_of
from sozialakte.intake.letter import Letter, LetterState, Step, StoredObject
from sozialakte.intake.page_doubts import is_of_pages, joined, renumbered
from sozialakte.shared.reasons import Reason


def plan_split(letter: Letter, first_pages: Sequence[int], seen: int) -> Rearrangement:
    """Take a letter apart: each of ``first_pages`` (its own numbers, from 2) begins a new one; ``seen`` is the version.

    Raises `NoSuchPageError`.
    """
    cuts = sorted(set(first_pages))
    if not cuts or cuts[0] < 2 or cuts[-1] > len(letter.pages) or len(cuts) >= MOST_PARTS:
        raise NoSuchPageError("first_pages")
    edges = pairwise([0, *(page - 1 for page in cuts), len(letter.pages)])
    parts = tuple(Part(letter.pages[start:end]) for start, end in edges)
    return _plan(Rework.SPLIT, [(letter, seen)], parts)


def plan_merge(letters: Sequence[tuple[Letter, int]]) -> Rearrangement:
    """One letter of several of one batch, in this order. Raises `MergeAcrossBatchesError`, `NotMergeableError`."""
    first = letters[0][0]
    if len({letter.letter_id for letter, _ in letters}) < len(letters):
        raise NotMergeableError(first.letter_id)
    for letter, _ in letters:
        if letter.batch_id != first.batch_id:
            raise MergeAcrossBatchesError(letter)
    pages = tuple(page for letter, _ in letters for page in letter.pages)
    return _plan(Rework.MERGE, letters, (Part(pages),))


def plan_blank(letter: Letter, pages: Sequence[int], seen: int) -> Rearrangement:
    """Set some pages of a letter (its own numbers) aside as blank. Raises `NoSuchPageError`."""
    blank = {letter.pages[page - 1] for page in _there(letter, pages)}
    kept = tuple(page for page in letter.pages if page not in blank)
    if not kept:
        raise NoSuchPageError("pages")
    aside = tuple(page for page in letter.pages if page in blank)
    return _plan(Rework.BLANK, [(letter, seen)], (Part(kept), Part(aside, blank=True)))


def are_all(letter: Letter, pages: Sequence[int]) -> bool:
    """Whether these are all pages of the letter. Raises `NoSuchPageError`."""
    return len(set(_there(letter, pages))) == len(letter.pages)


def letters_made(
    sources: Sequence[Letter], plan: Rearrangement, files: Sequence[tuple[StoredObject, str]], now: datetime
) -> list[Letter]:
    """The new letters, one a part, in the same order as their ``files`` (with SHA-256)."""
    return [_made(sources, plan, part, file, now) for part, file in zip(plan.parts, files, strict=True)]


def pages_in(source: Letter, part: Part) -> tuple[int, ...]:
    """Which pages of a source (its own numbers, in order) a part takes."""
    wanted = set(part.pages)
    return tuple(number for number, page in enumerate(source.pages, start=1) if page in wanted)


def _made(
    sources: Sequence[Letter], plan: Rearrangement, part: Part, file: tuple[StoredObject, str], now: datetime
) -> Letter:
    original, sha256 = file
    staff_id = sources[0].decided_by or ""
    made = Reason(f"made.{plan.what}", {"staff_id": staff_id, "letter_ids": ", ".join(plan.sources)})
    reason = Reason("review.blank", {"staff_id": staff_id}) if part.blank else made
    state = LetterState.BLANK if part.blank else LetterState.CUT
    letter = Letter(
        letter_id=plan.letter_id_of(part),
        batch_id=sources[0].batch_id,
        pages=part.pages,
        sha256=sha256,
        original=original,
        received_at=sources[0].received_at,
        state=state,
        since=now,
        history=(Step(state, now, staff_id, made),),
        decided_by=staff_id,
        reasons=(reason,),
        doubts=(made,),
        made_from=plan.sources,
        turns=tuple(_turns(sources, part)),
        lane=sources[0].lane,
    )
    begun = _named(letter, [source for source in sources if source.pages[0] in part.pages])
    return _with_doubts(begun, sources)


def _named(letter: Letter, begun: Sequence[Letter]) -> Letter:
    """What codes and the cut said about a letter stays with its first page; what they said of single pages stays with
    these (`_with_doubts`). Contradictions are for people.
    """
    codes = {(one.named_dossier, one.named_by) for one in begun if one.named_dossier}
    dossiers = {dossier_id for dossier_id, _ in codes}
    objections = [objection for one in begun for objection in one.objections if not is_of_pages(objection)]
    if len(dossiers) > 1:
        objections.append(Reason("page.codes_contradict"))
    dossier_id, named_by = min(codes, key=str) if len(dossiers) == 1 else (None, None)
    rescan = next((one.rescan for one in begun if one.rescan), None)
    kept = tuple(objection for number, objection in enumerate(objections) if objection not in objections[:number])
    sections = {one.section for one in begun}
    section = sections.pop() if len(sections) == 1 else None
    named = replace(letter, named_dossier=dossier_id, named_by=named_by, section=section)
    return replace(named, objections=kept, rescan=rescan)


def _with_doubts(letter: Letter, sources: Sequence[Letter]) -> Letter:
    """With the doubts about its pages, which have other numbers in it."""
    moved: dict[str, list[Reason]] = {}
    for source in sources:
        numbers = {number: letter.pages.index(page) + 1 for number, page in _shared(source, letter)}
        for objection in filter(is_of_pages, source.objections):
            moved.setdefault(objection.code, []).extend(renumbered(objection, numbers))
    doubts = tuple(joined(reasons) for reasons in moved.values() if reasons)
    return replace(letter, objections=(*letter.objections, *doubts))


def _shared(source: Letter, letter: Letter) -> Iterator[tuple[int, int]]:
    wanted = set(letter.pages)
    return ((number, page) for number, page in enumerate(source.pages, start=1) if page in wanted)


def _turns(sources: Sequence[Letter], part: Part) -> Iterator[PageTurn]:
    turned = {source.pages[one.page - 1]: one.clockwise for source in sources for one in source.turns}
    for number, page in enumerate(part.pages, start=1):
        if page in turned:
            yield PageTurn(number, turned[page])


def _plan(what: Rework, seen: Sequence[tuple[Letter, int]], parts: tuple[Part, ...]) -> Rearrangement:
    sources = [(letter.letter_id, version) for letter, version in seen]
    return Rearrangement(what, tuple(letter_id for letter_id, _ in sources), parts, seal_of(sources))


def _there(letter: Letter, pages: Sequence[int]) -> Sequence[int]:
    if not pages or any(not 1 <= page <= len(letter.pages) for page in pages):
        raise NoSuchPageError("pages")
    return pages
