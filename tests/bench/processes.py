"""Each measurement in a fresh process: nothing is warm, nothing left over, and its memory is its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
OURS = Path(sys.executable)
PEERS = ROOT / ".venv-bench" / "bin" / "python"


class MeasurementError(RuntimeError):
    """A measured process failed; the message is what it said."""


def figures_of(
    python: Path, module: str, *arguments: str | Path, env: Mapping[str, str] | None = None, isolated: bool = False
) -> dict[str, Any]:
    """What ``python -m module`` tells in its last line. ``isolated``: without the packages of its environment.

    One thread for everybody: an OCR engine built with OpenMP would else use as many as there are cores.
    """
    flags = ["-I", "-S"] if isolated else []
    what = [str(ROOT / Path(*module.split(".")).with_suffix(".py"))] if isolated else ["-m", module]
    done = subprocess.run(  # noqa: S603 # our own programs
        [str(python), *flags, *what, *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": "layers/core/python", "OMP_THREAD_LIMIT": "1", **(env or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise MeasurementError(f"{module} failed: {done.stderr.strip()[-2000:]}")
    told: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return told
