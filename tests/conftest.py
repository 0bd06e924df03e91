"""What every test may ask for, and how hypothesis works here."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.aws import local_aws

# Times depend on what else the machine does; a slow example says nothing about the rule.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


@pytest.fixture
def aws() -> Iterator[None]:
    """A fresh in-process AWS with everything of a stage; see `tests.aws`."""
    with local_aws():
        yield
