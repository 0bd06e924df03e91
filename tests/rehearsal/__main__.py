"""``python -m tests.rehearsal`` (``make rehearsal``): a month end in which the platform fails, and the proof.

Exit code 0: nobody is unpaid, nobody is paid twice; 1: the proof does not hold; 2: the play broke off.
"""

from __future__ import annotations

import argparse
import gc
import logging
import sys
import time

from rich.console import Console

from tests.aws import local_aws
from tests.rehearsal.month_end import MonthEnd, RehearsalError
from tests.rehearsal.proof import Proof, prove, show_proof

PAYMENTS, SEED = 11_000, 2026


def rehearse(payments: int, seed: int, console: Console) -> Proof:
    """Play the month end and prove it. Raises `RehearsalError`."""
    began = time.monotonic()

    def tell(step: str) -> None:
        console.print(f"{time.monotonic() - began:6.0f} s  {step}", highlight=False)

    with local_aws():
        gc.freeze()  # some million small objects, none of them garbage
        month_end = MonthEnd(payments, seed, tell)
        month_end.play()
        proof = prove(month_end.invoices, month_end.bank.sums())
        gc.unfreeze()
    show_proof(proof, console)
    return proof


def main() -> int:
    """Rehearse as often as the command line says."""
    parser = argparse.ArgumentParser(prog="make rehearsal", description=__doc__)
    parser.add_argument("--payments", type=int, default=PAYMENTS, help="how many standing payments")
    parser.add_argument("--seed", type=int, default=SEED, help="another month end")
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)
    console = Console()
    try:
        proof = rehearse(given.payments, given.seed, console)
    except RehearsalError as error:
        console.print(f"[red]Abbruch:[/red] {error}", highlight=False)
        return 2
    return 0 if proof.holds else 1


if __name__ == "__main__":
    sys.exit(main())
