"""What the demo shows: the table of letters, the ledger and the differences, in the words of the office."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from sozialakte.intake.answers import BatchDetail, LedgerCounts
from tests.demo.judge import DemoOutcome, LetterOutcome, Verdict, adds_up

KINDS: Mapping[str | None, str] = {
    "application": "Gesuch",
    "bill": "Rechnung",
    "decision": "Verfügung, Urteil",
    "employer": "Arbeitgeber",
    "insurer": "Versicherung",
    "job_application": "Bewerbung",
    "kesb": "KESB",
    "landlord": "Vermieter",
    "medical": "Medizin",
    "other": "Übriges",
    "reminder": "Mahnung",
    None: "",
}
FATES = {
    "pages_in": "Seiten eingegangen",
    "filed": "abgelegt",
    "review": "zur Prüfung",
    "forwarded": "weitergeleitet",
    "separators": "Trennblätter",
    "blanks": "Leerseiten",
    "duplicates": "Doppel",
    "rejected": "zurückgewiesen",
    "in_progress": "in Arbeit",
}


DESTINATIONS = {
    "new_case": "neuer Fall",
    "job_applications": "Bewerbungen",
    "other_office": "andere Stelle",
}
LEGEND = (
    "[bold]Verbleib[/bold]: Dossier = abgelegt, im Posteingang der Person rechts; [yellow]zur Prüfung[/yellow] = ein "
    "Mensch entscheidet; [cyan]→[/cyan] = weitergeleitet, gehört in kein Dossier. [red]![/red] = dringend, mit der "
    "Frist. ✂ = hier beginnt vielleicht ein neuer Brief (Seite des Briefs). Was erst vorn, dann hinten gescannt wurde, "
    "steht mit seinen Seiten in Leserichtung."
)
STATES = {"closed": "abgeschlossen", "duplicate": "Doppel", "rejected": "zurückgewiesen"}


def show(verdict: Verdict, batches: Mapping[str, BatchDetail], console: Console) -> None:
    """The whole result. ``batches`` are the answers of the API by upload name."""
    console.print(_batches(batches))
    console.print(_letters(verdict.outcome.letters))
    console.print(LEGEND, highlight=False)
    console.print(_ledger(verdict.outcome.ledger))
    for difference in verdict.differences:
        console.print(f"[red]Abweichung[/red] {escape(difference)}", highlight=False)
    console.print(_summary(verdict.outcome), highlight=False)


def _batches(batches: Mapping[str, BatchDetail]) -> Table:
    table = Table(title="Stapel", title_justify="left", expand=True)
    for name, ratio in (("Datei", 6), ("Seiten", 1), ("Zustand", 2), ("Grund", 7)):
        table.add_column(name, ratio=ratio)
    for name, seen in batches.items():
        state = STATES.get(seen.batch.state, seen.batch.state)
        table.add_row(*map(escape, (name, str(seen.batch.pages_in), state, seen.batch.reason or "")))
    return table


def _letters(letters: Sequence[LetterOutcome]) -> Table:
    table = Table(title="Was aus den Briefen wurde", title_justify="left", expand=True)
    for name, ratio in (("Seiten", 2), ("Art", 4), ("Verbleib", 4), ("Frist", 3), ("Warum", 12), ("Posteingang", 3)):
        table.add_column(name, ratio=ratio)
    batch = ""
    for letter in letters:
        if letter.batch != batch:
            batch = letter.batch
            table.add_section()
            table.add_row("", "", "", "", f"[bold]{escape(batch)}[/bold]", "")
        table.add_row(*_row(letter))
    return table


def _row(letter: LetterOutcome) -> tuple[str, ...]:
    kind = escape(KINDS.get(letter.kind, letter.kind or ""))
    why = escape(" ".join(map(_sentence, letter.reasons)))
    return _pages(letter), kind, _where(letter), _until(letter), why, escape(letter.inbox or "-")


def _where(letter: LetterOutcome) -> str:
    if letter.outcome == "filed" and letter.dossier:
        return escape(letter.dossier)
    if letter.outcome == "forwarded":
        return f"[cyan]→ {DESTINATIONS.get(letter.destination or '', '')}[/cyan]"
    name = FATES.get(letter.outcome, "")
    return f"[yellow]{name}[/yellow]" if letter.outcome == "review" else name


def _until(letter: LetterOutcome) -> str:
    day = f"{letter.deadline:%d.%m.%Y}" if letter.deadline else ""
    return f"[red]! {day}[/red]" if letter.urgent else day


def _sentence(reason: str) -> str:
    return reason if reason.endswith(".") else f"{reason}."


def _pages(letter: LetterOutcome) -> str:
    cuts = "".join(f" ✂{page}" for page in letter.proposed_cuts)
    return f"{_range(letter.pages)}{cuts}"


def _range(pages: Sequence[int]) -> str:
    if list(pages) != sorted(pages):  # scanned fronts first
        return ", ".join(map(str, pages))
    if len(pages) > 1:
        return f"{pages[0]}-{pages[-1]}"
    return str(pages[0]) if pages else "-"


def _ledger(ledger: LedgerCounts) -> Table:
    counts = ledger.model_dump()
    table = Table(title="Seitennachweis aller Stapel", title_justify="left")
    for name in counts:
        table.add_column(FATES[name], justify="right")
    table.add_row(*map(str, counts.values()))
    total = ledger.pages_in - ledger.in_progress
    verdict = "Die Summe geht auf" if adds_up(ledger) else "DIE SUMME GEHT NICHT AUF"
    table.caption = f"{verdict}: {total} Seiten verbucht."
    return table


def _summary(outcome: DemoOutcome) -> str:
    share = f"{outcome.auto_filed_share:.0%} der zuordenbaren Briefe automatisch abgelegt"
    rest = f"{outcome.forwarded} weitergeleitet, {outcome.urgent} dringend"
    return f"{share}, {outcome.wrong_dossier} im falschen Dossier, {rest}."
