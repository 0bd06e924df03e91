"""The real CDK command line against the emulator."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.emulator.process import ACCOUNT, REGION, ROOT, Emulator, EmulatorError

_CDK = ROOT / "node_modules" / ".bin" / "cdk"
_EVERY_STACK = "**"


def deploy(emulator: Emulator) -> None:
    """Bootstrap the emulator's account, synthesize the app and deploy all its stacks.

    Raises:
        EmulatorError: the app has a mistake or a resource could not be made; the message is what CDK says.
    """
    _cdk(emulator, "bootstrap", f"aws://{ACCOUNT}/{REGION}", "--app", "")  # needs no app: spares a synthesis
    _cdk(emulator, "deploy", "--require-approval", "never", "--concurrency", "2", _EVERY_STACK)


def differences(emulator: Emulator) -> str:
    """What `cdk diff` finds between the app and what is deployed; an empty text if they are the same.

    Raises:
        EmulatorError: CDK could not compare.
    """
    said = _cdk(emulator, "diff", "--no-change-set", _EVERY_STACK)
    return "" if "Number of stacks with differences: 0" in said else said[said.find("Stack ") :]


def _cdk(emulator: Emulator, command: str, *arguments: str) -> str:
    if not _CDK.exists():
        raise EmulatorError("the CDK command line is not installed: run `make setup`")
    options = ["--context", "emulated=true", "--output", str(emulator.folder / "cdk.out"), "--ci"]
    done = subprocess.run(
        [_CDK, command, *arguments, *options],
        cwd=ROOT,
        env=_environment(emulator),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    (emulator.folder / f"cdk-{command}.log").write_text(done.stdout, encoding="utf-8")
    if done.returncode:
        raise EmulatorError(f"cdk {command} failed:\n{_last_lines(done.stdout)}")
    return done.stdout


def _environment(emulator: Emulator) -> dict[str, str]:
    """The developer's environment without anything that could reach the real AWS, and with the lock file's Node."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    path = f"{Path(sys.prefix) / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return {**kept, **emulator.env, "PATH": path, "NO_COLOR": "1"}


def _last_lines(said: str) -> str:
    return "\n".join(said.strip().splitlines()[-40:])
