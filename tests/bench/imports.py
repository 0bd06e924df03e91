"""How long a function takes to start, against the emptiest one of its kind.

A start is the import of its module, in processor time of a fresh process that sees nothing but the layers. Both have
their bytecode ready; on Lambda nobody has, which would favour us: most of what is compiled there is Powertools and
pydantic, alike for both. What a function imports only with its first call is told beside it: it comes later, it is not
gone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from statistics import median

from tests.bench.lambda_path import lambda_path
from tests.bench.processes import OURS, ROOT, figures_of
from tests.bench.report import Report
from tests.bench.rounds import interleaved, ratio
from tests.bench.rows import Row, at_most, shown

ROUNDS = 11
FIRST_CALLS = 3
MOST = 1.5  # times the empty function
CLIENT = "tests.bench.work.first_client:open_tables"
LEFT_FOR_FIRST_CALL = {
    "intake.identify_letter": ["sozialakte.intake.identify_letter"],
    "intake.split_batch": ["sozialakte.intake.split_batch"],
}
"""What a function imports with its first call, besides boto3."""
WITH_OCR = frozenset({"intake.read_pages"})
SCHEDULED = frozenset({"audit.seal_day", "intake.reconcile", "partners.reconcile"})
EMPTY = {
    "queue": "Logger, BatchProcessor, a pydantic model",
    "api": "Logger, APIGatewayHttpResolver, a pydantic model",
    "scheduled": "Logger, a pydantic model",
}
"""The kinds of functions and what the empty one of each imports."""


def measure(report: Report) -> None:
    """A row for each function, and one for its first call."""
    path = lambda_path()
    empty = {kind: partial(_import_ms, path, f"tests.bench.empty.{kind}_function") for kind in EMPTY}
    real = {name: partial(_import_ms, path, f"functions.{name}") for name in functions()}
    everything: Mapping[str, Callable[[], float]] = {**empty, **real}
    interleaved(1, everything, report.doing)  # writes the bytecode
    report.add(*_rows(interleaved(ROUNDS, everything, report.doing)))
    for name in real:
        report.doing(f"first call of {name}")
        value = median(_first_call_ms(path, name) for _ in range(FIRST_CALLS))
        report.add(shown(f"first call of {name}: import, and the first client of AWS", value, "ms"))


def functions() -> list[str]:
    """Every function of the project, as ``intake.split_batch``."""
    return sorted(".".join(path.with_suffix("").parts[-2:]) for path in ROOT.glob("functions/*/[a-z]*.py"))


def kind_of(function: str) -> str:
    """The empty function that one is compared with."""
    if function in SCHEDULED:
        return "scheduled"
    return "api" if function.endswith(".api") else "queue"


def _rows(starts: Mapping[str, Sequence[float]]) -> Iterator[Row]:
    for kind, imported in EMPTY.items():
        yield shown(f"import of an empty {kind} function ({imported})", median(starts[kind]), "ms")
    for name in sorted(starts.keys() - EMPTY.keys()):
        kind = kind_of(name)
        value = ratio(starts[name], starts[kind])
        if name in WITH_OCR:
            yield shown(f"import of {name} (brings OCR) vs. an empty {kind} function", value, "x")
        else:
            yield at_most(f"import of {name} vs. an empty {kind} function", value, "x", MOST)


def _import_ms(path: Sequence[Path], module: str) -> float:
    return _told(path, module)["start"] * 1000


def _first_call_ms(path: Sequence[Path], function: str) -> float:
    later = LEFT_FOR_FIRST_CALL.get(function, [])
    return _told(path, f"functions.{function}", CLIENT, *later)["first_call"] * 1000


def _told(path: Sequence[Path], *modules: str) -> Mapping[str, float]:
    region = {"AWS_DEFAULT_REGION": "eu-central-2"}
    joined = ":".join(map(str, path))
    return figures_of(OURS, "tests.bench.work.import_module", joined, *modules, env=region, isolated=True)
