"""One synthesis for AWS and one for the emulator, for all tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

import infra  # noqa: F401 # first of all: it points CDK at the Node of the lock file
from tests.infra.templates import Assembly, synthesize


@pytest.hookimpl(tryfirst=True)  # before xdist reads the marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep these tests on one worker: the synthesis takes ten seconds."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("infra"))


@pytest.fixture(scope="session")
def aws(tmp_path_factory: pytest.TempPathFactory) -> Assembly:
    """The app as it goes to AWS."""
    return synthesize(tmp_path_factory.mktemp("aws"))


@pytest.fixture(scope="session")
def emulated(tmp_path_factory: pytest.TempPathFactory) -> Assembly:
    """The app as it goes to the emulator."""
    return synthesize(tmp_path_factory.mktemp("emulated"), emulated="true")
