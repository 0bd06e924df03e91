"""What the identifying step makes of a corpus: how many letters it files, whether rightly, and how sure it was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from itertools import pairwise

from rapidfuzz import fuzz

from sozialakte.dossiers import DocumentFiled
from sozialakte.intake.desk.store import DeskStore
from sozialakte.intake.files import IntakeFiles
from sozialakte.intake.identify_letter import IdentifyLetter
from sozialakte.intake.kept_readings import reading_key, to_json
from sozialakte.intake.letter import Destination, Letter, LetterState, Step, letter_id_of
from sozialakte.intake.readings import PageReading, TextSource
from sozialakte.intake.settle_letter import SettleLetter
from sozialakte.intake.store import IntakeStore
from sozialakte.register import RegisterStore
from tests.aws import INTAKE, LETTERS, REGISTER, SCANS, local_aws
from tests.builders import original_of
from tests.corpus.author import CorpusLetter
from tests.corpus.corpus import corpus
from tests.corpus.furnish import furnish

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
BANDS = (0.0, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 1.000001)
"""Edges of the stated confidences that are looked at together."""

_SAME = 85  # per cent alike: a sender's name with a misread letter or two


@dataclass(frozen=True)
class Outcome:
    """A letter of the corpus and what became of it. ``confidence`` is the machine's in ``best``, its first choice."""

    letter: CorpusLetter
    state: LetterState
    kind: str
    sender: str
    dossier: str | None
    destination: Destination | None
    best: str | None
    confidence: float | None
    reasons: tuple[str, ...]

    @property
    def is_wrong(self) -> bool:
        """Filed where it does not belong, or sent to another office than it should: the harm to be avoided."""
        filed = self.state is LetterState.IDENTIFIED and self.dossier != self.letter.dossier
        return filed or (self.state is LetterState.FORWARDED and self.destination is not self.letter.destination)


Naming = Callable[[Outcome], str]
Judging = Callable[[Outcome], bool]


@dataclass(frozen=True)
class Share:
    """``right`` of ``all``."""

    right: int
    all: int

    @property
    def value(self) -> float:
        """The share; 1 of nothing."""
        return self.right / self.all if self.all else 1.0


@dataclass(frozen=True)
class Band:
    """Letters whose best dossier was given a confidence from ``low`` to below ``high``."""

    low: float
    high: float
    right: Share


@dataclass(frozen=True)
class CorpusFigures:
    """The figures of a corpus. ``filed``: assignable letters filed by the machine alone."""

    outcomes: Sequence[Outcome]
    filed: Share
    forwarded: Share
    wrong: Sequence[Outcome]
    bands: Sequence[Band]
    kinds: Mapping[str, Share]
    cases: Mapping[str, Share]
    senders: Share


def measure(seed: int, letters: int) -> CorpusFigures:
    """Identify a corpus of at least so many letters with the real use case, in order, and compare with the truth."""
    return figures_of(outcomes_of(seed, letters))


def outcomes_of(seed: int, letters: int) -> list[Outcome]:
    """What becomes of each letter. What is filed teaches the machine the sender's numbers, as in real life.

    Only letters whose number comes again are filed to the end: moto copies all tables for each transaction.
    """
    written = corpus(seed, letters)
    with local_aws():
        furnish(written.people.records())
        return [identified(number, letter) for number, letter in enumerate(written.letters)]


def figures_of(outcomes: Sequence[Outcome]) -> CorpusFigures:
    """The figures of what was decided."""
    assignable = [outcome for outcome in outcomes if outcome.letter.dossier]
    elsewhere = [outcome for outcome in outcomes if outcome.letter.destination]
    return CorpusFigures(
        outcomes=outcomes,
        filed=_share(outcome.dossier == outcome.letter.dossier for outcome in assignable),
        forwarded=_share(outcome.destination is outcome.letter.destination for outcome in elsewhere),
        wrong=[outcome for outcome in outcomes if outcome.is_wrong],
        bands=_bands(outcomes),
        kinds=_by(outcomes, lambda outcome: outcome.letter.kind, lambda outcome: outcome.kind == outcome.letter.kind),
        cases=_by(outcomes, lambda outcome: outcome.letter.case, _is_as_it_should),
        senders=_share(fuzz.partial_ratio(o.letter.sender.lower(), o.sender.lower()) >= _SAME for o in outcomes),
    )


def identified(number: int, written: CorpusLetter) -> Outcome:
    """What becomes of one letter, by the real use case on the tables as they are."""
    store, files = IntakeStore(INTAKE), IntakeFiles(SCANS, LETTERS)
    letter = _read_letter(number, written)
    store.add_letter(letter)
    files.write(reading_key(letter.letter_id, 0), to_json(_readings(written)))
    IdentifyLetter(store, files, RegisterStore(REGISTER), NOW, DeskStore(INTAKE))(letter.letter_id)
    decided = store.letter(letter.letter_id)
    if decided.state is LetterState.IDENTIFIED and written.comes_again:
        _settle(store, decided)
    return _outcome(written, decided)


def _read_letter(number: int, written: CorpusLetter) -> Letter:
    batch_id = sha256(str(number).encode()).hexdigest()[:32]
    letter_id = letter_id_of(batch_id, (1,))
    dossier_id, named_by = written.named or (None, None)
    return Letter(
        letter_id=letter_id,
        batch_id=batch_id,
        pages=(1,),
        sha256=sha256(letter_id.encode()).hexdigest(),
        original=original_of(letter_id, "v1"),
        received_at=NOW,
        state=LetterState.READ,
        since=NOW,
        history=(Step(LetterState.READ, NOW),),
        named_dossier=dossier_id,
        named_by=named_by,
    )


def _readings(written: CorpusLetter) -> list[PageReading]:
    return [PageReading(1, written.text, TextSource.OCR, 0.93, codes=written.codes)]


def _settle(store: IntakeStore, letter: Letter) -> None:
    SettleLetter(store, NOW).filed(
        DocumentFiled(
            letter_id=letter.letter_id,
            dossier_id=str(letter.dossier_id),
            attempt=letter.version,
            document_id=letter.letter_id,
            inbox="ma-101",
            filed_at=NOW,
        )
    )


def _outcome(written: CorpusLetter, decided: Letter) -> Outcome:
    best = decided.dossier_id or (decided.candidates[0] if decided.candidates else None)
    return Outcome(
        letter=written,
        state=decided.state,
        kind=decided.kind or "",
        sender=(decided.facts.sender if decided.facts else None) or "",
        dossier=decided.dossier_id if decided.state is LetterState.IDENTIFIED else None,
        destination=decided.destination,
        best=best,
        confidence=decided.confidence,
        reasons=tuple(reason.code for reason in decided.reasons),
    )


def _is_as_it_should(outcome: Outcome) -> bool:
    wanted = (outcome.letter.dossier, outcome.letter.destination)
    return (outcome.dossier, outcome.destination) == wanted


def _bands(outcomes: Iterable[Outcome]) -> list[Band]:
    stated = [outcome for outcome in outcomes if outcome.confidence is not None and outcome.best]
    return [
        Band(low, high, _share(o.best == o.letter.dossier for o in stated if low <= (o.confidence or 0) < high))
        for low, high in pairwise(BANDS)
    ]


def _share(right: Iterable[bool]) -> Share:
    told = list(right)
    return Share(sum(told), len(told))


def _by(outcomes: Iterable[Outcome], name: Naming, right: Judging) -> dict[str, Share]:
    groups: dict[str, list[bool]] = defaultdict(list)
    for outcome in outcomes:
        groups[name(outcome)].append(right(outcome))
    return {group: _share(told) for group, told in sorted(groups.items())}
