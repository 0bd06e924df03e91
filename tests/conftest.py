"""What every test may ask for, and how hypothesis works here."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.aws import local_aws

# Times depend on what else the machine does; a slow example says nothing about the rule.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


def pytest_collection_finish() -> None:
    """What is loaded and collected by now stays to the end: looking for garbage in it took a fifth of all time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture
def aws() -> Iterator[None]:
    """A fresh in-process AWS with everything of a stage; see `tests.aws`."""
    with local_aws():
        yield
