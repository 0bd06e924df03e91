"""Layers are built from the lock file, the same everywhere, and small enough for Lambda."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from infra import layers, target
from tests.infra.templates import ROOT

UNZIPPED_LIMIT = 250 * 1024 * 1024  # bytes, all layers of a function and its code together (AWS quota)


@pytest.fixture(scope="module")
def built() -> dict[str, zipfile.ZipFile]:
    """The layers for AWS: Python 3.13 on arm64, whatever this machine is."""
    return {name: zipfile.ZipFile(layers.locked_layer(name, target.aws())) for name in layers.LOCKED_LAYERS}


def _size(path: Path) -> int:
    return sum(file.stat().st_size for file in path.rglob("*.py"))


def test_all_layers_together_fit_a_function(built: dict[str, zipfile.ZipFile]) -> None:
    unzipped = sum(entry.file_size for archive in built.values() for entry in archive.infolist())
    assert unzipped + _size(ROOT / "layers" / "core") + _size(ROOT / "functions") < UNZIPPED_LIMIT


def test_layers_bring_what_their_names_say(built: dict[str, zipfile.ZipFile]) -> None:
    for name, package in {"vendor": "pydantic", "documents": "pypdf", "ocr": "tesserocr"}.items():
        assert any(entry.startswith(f"python/{package}") for entry in built[name].namelist()), name


def test_compiled_code_fits_lambda(built: dict[str, zipfile.ZipFile]) -> None:
    compiled = [entry for archive in built.values() for entry in archive.namelist() if entry.endswith(".so")]
    tagged = [entry for entry in compiled if "cpython-" in entry]
    assert tagged
    assert [entry for entry in tagged if "cpython-313-aarch64-linux-gnu" not in entry] == []


def test_lambda_brings_its_own_boto(built: dict[str, zipfile.ZipFile]) -> None:
    names = [entry for archive in built.values() for entry in archive.namelist()]
    assert [entry for entry in names if entry.startswith(("python/boto3/", "python/botocore/"))] == []


def test_the_same_lock_file_makes_the_same_zip(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    first = layers.locked_layer("documents", target.aws()).read_bytes()
    monkeypatch.setattr(layers, "CACHE", tmp_path)
    assert layers.locked_layer("documents", target.aws()).read_bytes() == first
