"""The project's own source files, parsed: what structure tests look at."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

CORE = Path("layers/core/python")
OURS = ("sozialakte", "functions", "infra", "tests")


@dataclass(frozen=True)
class Source:
    """One Python file. ``module`` is its dotted name, ``sozialakte.intake.store`` for example."""

    path: Path
    module: str
    text: str
    tree: ast.Module

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts of the dotted name."""
        return tuple(self.module.split("."))

    @property
    def context(self) -> str:
        """The part of the core or the folder of functions this belongs to: ``intake``, ``shared``, ``cli`` ..."""
        return self.parts[1] if len(self.parts) > 1 else ""

    @property
    def imports(self) -> frozenset[str]:
        """Every module this file imports, also inside functions."""
        return frozenset(_imports(self.tree))


def core() -> tuple[Source, ...]:
    """The core package."""
    return tuple(_sources(CORE / "sozialakte", CORE))


def functions() -> tuple[Source, ...]:
    """The handlers."""
    return tuple(_sources(Path("functions"), Path()))


def infra() -> tuple[Source, ...]:
    """The infrastructure."""
    return tuple(_sources(Path("infra"), Path()))


def product() -> tuple[Source, ...]:
    """Everything but the tests."""
    return (*core(), *functions(), *infra())


def name_of(source: Source) -> str:
    """For the ids of parametrised tests."""
    return source.module


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Every call in a file."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def called_name(call: ast.Call) -> str:
    """``logger.info`` for ``logger.info(...)``, ``Reason`` for ``Reason(...)``; empty for anything more involved."""
    match call.func:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=ast.Name(id=owner), attr=name):
            return f"{owner}.{name}"
    return ""


@lru_cache(maxsize=1)
def committed_files() -> tuple[Path, ...]:
    """Every file of the project that git knows or would add."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],  # noqa: S607 # git as found on the path
        check=True,
        capture_output=True,
    )
    return tuple(path for name in listed.stdout.decode().split("\0") if name and (path := Path(name)).is_file())


@lru_cache(maxsize=8)
def _sources(folder: Path, root: Path) -> tuple[Source, ...]:
    return tuple(_source(path, root) for path in sorted(folder.rglob("*.py")))


def _source(path: Path, root: Path) -> Source:
    text = path.read_text(encoding="utf-8")
    parts = path.relative_to(root).with_suffix("").parts
    module = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    return Source(path, module, text, ast.parse(text))


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (_imported(node.module, alias.name) for alias in node.names)


def _imported(module: str, name: str) -> str:
    """``from sozialakte.intake import messages`` imports the module, ``from ... import RegisterStore`` a name."""
    place = CORE.joinpath(*module.split("."), f"{name}.py")
    return f"{module}.{name}" if place.exists() else module
