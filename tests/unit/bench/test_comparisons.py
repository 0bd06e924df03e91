"""What is compared with what: functions with their empty kind, scans as they are, peers that may be missing."""

from __future__ import annotations

import importlib
import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests import scans
from tests.architecture.sources import functions as sources
from tests.bench import present
from tests.bench.imports import EMPTY, LEFT_FOR_FIRST_CALL, SCHEDULED, WITH_OCR, functions, kind_of
from tests.bench.present import Need, missing
from tests.bench.scan_sets import scanned_picture
from tests.pdf_bytes import PdfBytes, Placed


def test_every_function_is_measured() -> None:
    handlers = {source.module for source in sources() if ".routes" not in source.module}
    assert {f"functions.{name}" for name in functions()} == handlers
    assert set(functions()) >= SCHEDULED | WITH_OCR | LEFT_FOR_FIRST_CALL.keys()


@pytest.mark.parametrize("kind", EMPTY)
def test_an_empty_function_can_be_called(kind: str) -> None:
    assert callable(importlib.import_module(f"tests.bench.empty.{kind}_function").handler)


def test_a_function_is_compared_with_its_kind() -> None:
    assert kind_of("intake.api") == "api"
    assert kind_of("intake.split_batch") == "queue"
    assert kind_of("intake.reconcile") == "scheduled"


def test_what_is_left_for_the_first_call_is_imported_there() -> None:
    for name, modules in LEFT_FOR_FIRST_CALL.items():
        source = next(source for source in sources() if source.module == f"functions.{name}")
        at_start = {line for line in source.text.splitlines() if line.startswith("from ")}
        assert set(modules) <= source.imports
        assert not any(f"from {module} " in line for module in modules for line in at_start)


def test_only_pages_that_are_one_grey_jpeg_are_scans() -> None:
    page = scans.empty(dpi=50)
    pdf = PdfBytes()
    pdf.add_image_page(Placed(scans.jpeg(page), page.size), scans.A4_POINTS)
    pdf.add_text_page(["born digital"])
    colour = scans.jpeg(page.convert("RGB"))
    pdf.add_image_page(Placed(colour, page.size, colour_space="DeviceRGB"), scans.A4_POINTS)

    found = [scanned_picture(each) for each in PdfReader(io.BytesIO(pdf.finish())).pages]

    assert found == [Placed(scans.jpeg(page), page.size), None, None]


def test_a_missing_peer_is_named_with_the_package_that_brings_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(present, "PEERS", tmp_path)

    needs = (Need("sh", "dash"), Need("no-such-program", "some-package"))

    assert missing(needs) == "missing on this machine: apt-get install some-package"
    assert missing(needs[:1]) is None


def test_peers_need_their_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(present, "PEERS", tmp_path / "absent")

    assert "make bench" in str(missing(()))
