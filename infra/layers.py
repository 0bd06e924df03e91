"""The Lambda layers: ``core`` from our source, the others from ``uv.lock`` without Docker.

A layer is zipped here, byte for byte the same for the same lock file, and kept under ``build/layers``: a second synth
or deploy has nothing to do. Each stack makes its own layer versions from the shared zip, because a version that
another stack imports could never be replaced.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.target import Target

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / "build" / "layers"
CORE = "core"
LOCKED_LAYERS = ("vendor", "documents", "ocr", "typst", "xml")
"""Each is the extra of the same name in pyproject.toml."""

# Lambda's Python brings boto3 and its botocore; a second, other botocore before it on the path would fit it badly.
_BROUGHT_BY_LAMBDA = ("botocore",)
_BUNDLED_STACKS = "aws:cdk:bundling-stacks"
# RECORD and scripts name this machine's interpreter: with them the zip would differ from machine to machine.
_LEFT_OUT = {"__pycache__", "tests", "RECORD"}
_SCRIPTS = ("python", "bin")
_ZIP_DATE = (2000, 1, 1, 0, 0, 0)


class LayerBuildError(Exception):
    """uv could not build a layer; the message is uv's own."""


class Layers:
    """The layers of one stack, each made when a function first asks for it."""

    def __init__(self, scope: Construct, target: Target) -> None:
        self._scope = scope
        self._target = target
        self._made: dict[str, lambda_.LayerVersion] = {}

    def named(self, *names: str) -> list[lambda_.LayerVersion]:
        """The layer versions of these names, in this order."""
        return [self._made.get(name) or self._make(name) for name in names]

    def _make(self, name: str) -> lambda_.LayerVersion:
        self._made[name] = lambda_.LayerVersion(
            self._scope,
            f"Layer{name.capitalize()}",
            code=self._code(name),
            compatible_runtimes=[self._target.runtime],
            compatible_architectures=[self._target.architecture],
            description=f"Sozialakte: {name}",
        )
        return self._made[name]

    def _code(self, name: str) -> lambda_.AssetCode:
        core = lambda_.Code.from_asset("layers/core", exclude=["**/__pycache__"])
        # The context key that switches CDK's own bundling off (an empty list) spares tests the layers too.
        if name == CORE or self._scope.node.try_get_context(_BUNDLED_STACKS) == []:
            return core
        return lambda_.Code.from_asset(str(locked_layer(name, self._target)))


def locked_layer(name: str, target: Target) -> Path:
    """The zip of a layer for this target, built unless it is there already.

    Raises:
        LayerBuildError: uv cannot resolve or fetch what the lock file names.
    """
    requirements = _requirements(name)
    builder = Path(__file__).read_text(encoding="utf-8")  # what is left out decides about the zip too
    wanted = (
        f"{builder}|{requirements}|{target.python_version}|{target.wheels}|{sys.platform}|{target.architecture.name}"
    )
    archive = CACHE / f"{name}-{hashlib.sha256(wanted.encode()).hexdigest()[:16]}.zip"
    if not archive.exists():
        _build(requirements, target, archive)
    return archive


def _requirements(name: str) -> str:
    pruned = [option for package in _BROUGHT_BY_LAMBDA for option in ("--no-emit-package", package)]
    return _uv("export", "--locked", "--extra", name, "--no-dev", "--no-emit-project", "--no-header", *pruned, "-q")


def _build(requirements: str, target: Target, archive: Path) -> None:
    archive.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=archive.parent) as work:
        listed, packages, draft = Path(work, "requirements.txt"), Path(work, "python"), Path(work, archive.name)
        listed.write_text(requirements, encoding="utf-8")
        _uv("pip", "install", "-q", "--no-deps", "--require-hashes", "--only-binary", ":all:", "--link-mode", "copy",
            "--target", str(packages), "-r", str(listed), *_platform(target))  # fmt: skip
        _zip(packages, draft)
        draft.replace(archive)


def _platform(target: Target) -> list[str]:
    if target.wheels is None:
        return ["--python", sys.executable]
    return ["--python-version", target.python_version, "--python-platform", target.wheels]


def _zip(packages: Path, archive: Path) -> None:
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as out:
        for path in sorted(packages.rglob("*")):
            inside = path.relative_to(packages.parent)
            if path.is_file() and not _LEFT_OUT.intersection(inside.parts) and inside.parts[:2] != _SCRIPTS:
                out.writestr(_entry(inside, path), path.read_bytes())


def _entry(inside: Path, path: Path) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(inside.as_posix(), _ZIP_DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = (0o755 if path.stat().st_mode & 0o100 else 0o644) << 16
    return entry


def _uv(*arguments: str) -> str:
    uv = Path(sys.prefix, "bin", "uv")
    command = [str(uv) if uv.exists() else shutil.which("uv") or "uv", "--color", "never", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 our own words only
    if done.returncode:
        raise LayerBuildError(f"uv {' '.join(arguments[:2])} failed: {done.stderr.strip()}")
    return done.stdout
