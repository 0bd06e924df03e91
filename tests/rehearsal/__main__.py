"""``python -m tests.rehearsal`` (``make rehearsal``): a month end in which the platform fails, and the proof.

Then, with some hundred payments each, what else can go wrong; ``--play`` plays one alone (see ``plays.py``).
Exit code 0: nobody is unpaid, nobody is paid twice, the books agree with the bank; 1: the proof does not hold; 2: a
play broke off.
"""

from __future__ import annotations

import argparse
import logging
import sys
import time

from rich.console import Console

from tests.rehearsal.play import Play, RehearsalError
from tests.rehearsal.plays import MAIN, PLAYS
from tests.rehearsal.proof import Proof, prove
from tests.rehearsal.shown import number, show_plays, show_proof
from tests.rehearsal.stage import played

PAYMENTS, OF_A_VARIANT, SEED = 11_000, 300, 2026
_WIDTH = 160


def rehearse(kind: type[Play], payments: int, seed: int, console: Console) -> Proof:
    """Play one and prove it. Raises `RehearsalError`."""
    began = time.monotonic()

    def tell(step: str) -> None:
        console.print(f"{time.monotonic() - began:6.0f} s  {step}", highlight=False)

    console.print(f"[bold]{kind.title}[/bold], {number(payments)} Zahlungen", highlight=False)
    with played(kind, payments, seed, tell) as play:
        proof = prove(play.invoices, play.bank.sums(), play.watch)
    tell("Alles ist verglichen.")
    return proof


def main() -> int:
    """Rehearse what the command line says."""
    parser = argparse.ArgumentParser(prog="make rehearsal", description=__doc__)
    parser.add_argument(
        "--payments", type=int, help=f"how many standing payments; {PAYMENTS}, {OF_A_VARIANT} in others"
    )
    parser.add_argument("--seed", type=int, default=SEED, help="another month end")
    parser.add_argument("--play", choices=[*PLAYS], help="one alone")
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)
    console, proofs = Console(width=_WIDTH), list[tuple[str, Proof]]()
    try:
        for name in [given.play] if given.play else [*PLAYS]:
            for kind in PLAYS[name]:
                count = given.payments or (PAYMENTS if name == MAIN else OF_A_VARIANT)
                proofs.append((kind.title, rehearse(kind, count, given.seed, console)))
                if name == MAIN:
                    show_proof(proofs[-1][1], console)
    except RehearsalError as error:
        console.print(f"[red]Abbruch:[/red] {error}", highlight=False)
        return 2
    show_plays(proofs, console)
    return 0 if all(proof.holds for _, proof in proofs) else 1


if __name__ == "__main__":
    sys.exit(main())
