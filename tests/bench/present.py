"""Which of the programs that we compare with are here. What is missing is said, and its rows are left out."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.bench.processes import PEERS

GERMAN = "deu"


@dataclass(frozen=True)
class Need:
    """A program that a peer runs, and the Debian package that brings it."""

    program: str
    package: str

    @property
    def is_here(self) -> bool:
        """Whether it is on the path."""
        return shutil.which(self.program) is not None


PDF2IMAGE = (Need("pdftoppm", "poppler-utils"),)
OCRMYPDF = (Need("tesseract", "tesseract-ocr"), Need("gs", "ghostscript"))


def missing(needs: Sequence[Need]) -> str | None:
    """What to do before a peer can be measured, or None."""
    if not PEERS.exists():
        return "the environment .venv-bench is missing: run `make bench`"
    packages = [need.package for need in needs if not need.is_here]
    if packages:
        return f"missing on this machine: apt-get install {' '.join(packages)}"
    if needs is OCRMYPDF and GERMAN not in _languages():
        return "missing on this machine: apt-get install tesseract-ocr-deu"
    return None


@cache
def tesseract_version() -> str:
    """The version of the peer's OCR engine."""
    return _tesseract("--version").split()[1]


def peers_model() -> Path:
    """The peer's German model."""
    folder = _tesseract("--list-langs").partition('"')[2].partition('"')[0]
    return Path(folder, f"{GERMAN}.traineddata")


def _languages() -> list[str]:
    return _tesseract("--list-langs").split()


def _tesseract(argument: str) -> str:
    program = shutil.which("tesseract") or "tesseract"
    return subprocess.run([program, argument], check=True, capture_output=True, text=True).stdout  # noqa: S603
