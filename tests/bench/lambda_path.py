"""The packages that a function sees on AWS: its layers as they are deployed, and what Lambda's Python brings."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from infra import layers, target
from tests.bench.processes import ROOT

UNPACKED = ROOT / "build" / "bench"


def lambda_path() -> list[Path]:
    """Folders for ``sys.path``: all our layers, built for this machine, our functions, boto3 as Lambda brings it."""
    unpacked = [_unpacked(layers.locked_layer(name, target.emulator())) for name in layers.LOCKED_LAYERS]
    return [*unpacked, ROOT / "layers" / "core" / "python", ROOT, _brought_by_lambda()]


def _unpacked(archive: Path) -> Path:
    """The layer's packages; the archive's name says what is in it."""
    folder = UNPACKED / archive.stem
    if not folder.exists():
        with tempfile.TemporaryDirectory(dir=_made(UNPACKED)) as draft, zipfile.ZipFile(archive) as packed:
            packed.extractall(draft)
            Path(draft, "python").rename(_made(folder) / "python")
    return folder / "python"


def _brought_by_lambda() -> Path:
    """boto3 and what it needs, of the versions the lock file names."""
    listed = _uv("export", "--locked", "--extra", "cli", "--no-dev", "--no-emit-project", "--no-header", "-q")
    folder = UNPACKED / "lambda"
    if not (folder / "boto3").exists():
        requirements = _made(UNPACKED) / "lambda.txt"
        requirements.write_text(listed, encoding="utf-8")
        _uv(
            "pip",
            "install",
            "-q",
            "--no-deps",
            "--target",
            str(folder),
            "-r",
            str(requirements),
            "--python",
            sys.executable,
        )
    return folder


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _uv(*arguments: str) -> str:
    uv = str(Path(sys.prefix, "bin", "uv"))
    return subprocess.run([uv, *arguments], cwd=ROOT, check=True, capture_output=True, text=True).stdout  # noqa: S603
