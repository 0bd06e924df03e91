"""One synthesis for AWS and one for the emulator, for all tests of this folder."""

from __future__ import annotations

import pytest

import infra  # noqa: F401 # first of all: it points CDK at the Node of the lock file
from infra.services import load_services
from tests.infra.templates import Assembly, synthesize


@pytest.fixture(scope="session")
def aws(tmp_path_factory: pytest.TempPathFactory) -> Assembly:
    """The app as it goes to AWS."""
    return synthesize(tmp_path_factory.mktemp("aws"))


@pytest.fixture(scope="session")
def emulated(tmp_path_factory: pytest.TempPathFactory) -> Assembly:
    """The app as it goes to the emulator."""
    return synthesize(tmp_path_factory.mktemp("emulated"), emulated="true")


@pytest.fixture(scope="session")
def with_people(tmp_path_factory: pytest.TempPathFactory) -> Assembly:
    """The app for a service that has named the origin of its pages and somebody to tell."""
    more = {"page_origins": ["https://akte.example.ch"], "alarm_emails": ["betrieb@example.ch"]}
    service = load_services()[0].model_copy(update=more)
    return synthesize(tmp_path_factory.mktemp("people"), [service])
