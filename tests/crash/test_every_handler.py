"""Every handler and writing route dies at every one of its AWS calls, before and after the call took effect; AWS says
no to the call; another process does the same work while this one hesitates. What was on its way is delivered again. The
end state must be that of a clean run.
"""

from __future__ import annotations

from functools import cache

import pytest

from tests.aws import local_aws
from tests.crash.discovery import writing_routes
from tests.crash.end_state import doubled, end_state
from tests.crash.probe import Moment, Probe
from tests.crash.scenarios import MORE, ROUTES, SCENARIOS, Run, Scenario, prepare
from tests.pipeline import handlers

ENROLLED = {**{function: (function, scenario) for function, scenario in SCENARIOS.items()}, **ROUTES, **MORE}

WITHOUT_AWS = {"functions.entrance.show_desk"}
"""They call nothing and keep nothing (tests/unit/entrance), so nothing can be lost."""


def played(function: str, scenario: Scenario, probe: Probe) -> tuple[Run, dict[str, object], list[str]]:
    """One run of a scenario with the probe in one function; what the stage holds then."""
    with local_aws():
        probe.attach()
        prepare()
        run = Run(function=function, probe=probe)
        scenario(run)
        return run, end_state(), doubled()


@cache
def clean_run(name: str) -> tuple[list[str], dict[str, object]]:
    """The calls of the function when nothing goes wrong, and what the stage holds in the end."""
    probe = Probe()
    _, state, _ = played(*ENROLLED[name], probe)
    assert probe.calls, "the scenario never reaches this handler"
    return probe.calls, state


# One process serves one request at a time, so a route is not run inside itself.
CASES = [
    (name, moment) for name in sorted(ENROLLED) for moment in Moment if name not in ROUTES or moment != Moment.OVERTAKEN
]


@pytest.mark.parametrize(("name", "moment"), CASES)
def test_a_process_that_dies_at_any_call_loses_and_doubles_nothing(name: str, moment: Moment) -> None:
    function, scenario = ENROLLED[name]
    calls, expected = clean_run(name)
    for call, operation in enumerate(calls, start=1):
        probe = Probe(at=call, moment=moment)
        _, state, twice = played(function, scenario, probe)
        where = f"{name}: {moment} call {call}, {operation}"
        assert probe.fired, where
        assert twice == [], where
        assert state == expected, where


def test_every_handler_is_enrolled() -> None:
    apis = {function for function in handlers() if function.endswith(".api")}
    assert set(SCENARIOS) == handlers() - apis - WITHOUT_AWS


def test_every_writing_route_is_enrolled() -> None:
    assert set(ROUTES) == writing_routes()


def test_everything_delivered_twice_is_as_if_delivered_once() -> None:
    for scenario in {*SCENARIOS.values(), *(scenario for _, scenario in MORE.values())}:
        with local_aws():
            prepare()
            scenario(Run())
            once = end_state()
        with local_aws():
            prepare()
            scenario(Run(deliveries=2))
            assert end_state() == once
            assert doubled() == []
