"""One synthesis for AWS and one for the emulator, for all tests of this folder."""

from __future__ import annotations

import pytest

import infra  # noqa: F401 # first of all: it points CDK at the Node of the lock file
from tests.infra.templates import Assembly, synthesize


@pytest.fixture(scope="session")
def aws(tmp_path_factory: pytest.TempPathFactory) -> Assembly:
    """The app as it goes to AWS."""
    return synthesize(tmp_path_factory.mktemp("aws"))


@pytest.fixture(scope="session")
def emulated(tmp_path_factory: pytest.TempPathFactory) -> Assembly:
    """The app as it goes to the emulator."""
    return synthesize(tmp_path_factory.mktemp("emulated"), emulated="true")
