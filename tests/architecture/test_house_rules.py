"""Rules of the house that no linter knows."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from tests.architecture.sources import called_name, calls, committed_files, core, functions, product

LONGEST_HANDLER = 80  # lines
LONGEST_API = 250  # lines: all routes of a context
LOGGING = {f"logger.{level}" for level in ("debug", "info", "warning", "error", "exception", "critical")}
SOMEBODYS_MACHINE = re.compile(r"(?<![\w.])/(?:home|Users|root)/[\w.-]+|[A-Z]:\\\\Users")
PUBLIC_REGISTRIES = {"pypi.org", "files.pythonhosted.org", "registry.npmjs.org"}


def test_every_file_of_functions_is_one_handler() -> None:
    """Routes that one function answers may stand in modules of their own (``routes``)."""
    files = [source for source in functions() if "routes" not in source.parts]
    defined = {source.module: [name for node in source.tree.body for name in _defined(node)] for source in files}

    assert [module for module, names in defined.items() if names.count("handler") != 1] == []
    assert [name for names in defined.values() for name in names if name.endswith("_handler")] == []


def test_a_handler_is_thin() -> None:
    lengths = {source.module: len(source.text.splitlines()) for source in functions()}
    apis = {module for module in lengths if module.endswith(".api") or ".routes" in module}
    limits = {module: LONGEST_API if module in apis else LONGEST_HANDLER for module in lengths}

    assert {module: lines for module, lines in lengths.items() if lines > limits[module]} == {}


def test_the_name_of_a_logged_event_is_constant() -> None:
    """Facts go beside it by name, where redaction sees them."""
    logged = [
        (source.path, call)
        for source in (*core(), *functions())
        for call in calls(source.tree)
        if called_name(call) in LOGGING and source.module != "sozialakte.runtime.logging"
    ]

    assert logged
    assert [f"{path}:{call.lineno}" for path, call in logged if not _is_named(call)] == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [source for source in product() if source.text.strip() and not ast.get_docstring(source.tree)]

    assert [source.module for source in silent] == []


def test_nothing_names_somebodys_machine() -> None:
    found = {str(path): match[0] for path in committed_files() if (match := SOMEBODYS_MACHINE.search(_text(path)))}

    assert found == {}


def test_locked_packages_come_from_the_public_registries() -> None:
    assert _hosts() <= PUBLIC_REGISTRIES


def test_no_file_is_left_over_from_work() -> None:
    leftovers = re.compile(r"\.(orig|rej|bak|tmp|swp)$|~$|\.DS_Store$")

    assert [path for path in committed_files() if leftovers.search(path.name)] == []


def _is_named(call: ast.Call) -> bool:
    match call.args:
        case [ast.Constant(value=str(event)), *_]:
            return re.fullmatch(r"[a-z]+(_[a-z]+)*", event) is not None
    return False


def _defined(node: ast.stmt) -> Iterator[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.Assign(targets=targets):
            yield from (target.id for target in targets if isinstance(target, ast.Name))
        case ast.AnnAssign(target=ast.Name(id=name)):
            yield name


def _text(path: Path) -> str:
    if path.parts[0] == "tests" and path.parts[1] == "architecture":
        return ""  # these files name what they look for
    return path.read_bytes().decode("utf-8", errors="ignore") if path.suffix not in {".pdf", ".png", ".jpg"} else ""


def _hosts() -> set[str]:
    locked = tomllib.loads(Path("uv.lock").read_text(encoding="utf-8"))
    wheels = [file["url"] for package in locked["package"] for file in package.get("wheels", [])]
    npm = json.loads(Path("package-lock.json").read_text(encoding="utf-8"))["packages"].values()
    archives = [package["resolved"] for package in npm if "resolved" in package]
    return {urlsplit(url).hostname or "" for url in (*wheels, *archives)}
