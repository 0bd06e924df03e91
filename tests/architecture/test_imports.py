"""A handler starts with what every call needs; what some calls need is imported by the first of them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.architecture.sources import CORE, functions

READS_IMAGES = "functions.intake.read_pages"  # every message it gets needs them
LATER = ("boto3", "botocore.client", "botocore.response", "pypdf", "pypdfium2", "PIL", "zxingcpp", "tesserocr")
LISTING = (
    f"import importlib, sys; importlib.import_module(sys.argv[1]); print([m for m in {LATER} if m in sys.modules])"
)


@pytest.mark.parametrize("function", [source.module for source in functions() if source.module != READS_IMAGES])
def test_a_handler_starts_without_what_it_may_never_need(function: str) -> None:
    path = {"PYTHONPATH": f"{CORE}:."}
    loaded = subprocess.run([sys.executable, "-c", LISTING, function], env=path, check=True, capture_output=True)  # noqa: S603 our own words only

    assert loaded.stdout.decode().strip() == "[]"
