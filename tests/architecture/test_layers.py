"""Dependencies point one way: functions, use cases, stores and models, shared. Contexts meet in what they publish."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from graphlib import TopologicalSorter

from tests.architecture.sources import Source, core, functions, infra, product

FOUNDATIONS = frozenset({"shared", "runtime"})
AWS = frozenset({"boto3", "botocore"})
STORES = frozenset({"store", "files"})
IMPURE = frozenset({"os", "time", "pathlib", *AWS})
PURE = frozenset({"model", "batch", "letter", "ledger", "cut_rules", "sheet_codes", "responsibility", "access",
                  "addresses", "person_names", "order", "manifest", "check_manifest", "upload_pairs",
                   "readings", "history", "edits", "cut_dossiers", "place_document", "sample"})  # fmt: skip
PURE_PACKAGES = frozenset({"understanding"})


def of_ours(source: Source) -> Iterator[str]:
    return (
        module for module in source.imports if module.split(".")[0] in {"sozialakte", "functions", "infra", "tests"}
    )


def packages(source: Source) -> set[str]:
    return {module.split(".")[0] for module in source.imports}


def offences(sources: Iterable[Source], may_import: Callable[[Source, str], bool]) -> list[str]:
    """What imports what it must not, of the modules of ours."""
    return [f"{one.module} imports {other}" for one in sources for other in of_ours(one) if not may_import(one, other)]


def is_published(module: str) -> bool:
    """``sozialakte.register`` publishes; ``sozialakte.register.store`` is its own business."""
    return module.count(".") == 1


def in_context(source: Source, module: str) -> bool:
    return module.startswith(f"sozialakte.{source.context}.") or module.split(".")[1] in FOUNDATIONS


def is_pure(source: Source) -> bool:
    return source.context != "cli" and (source.parts[-1] in PURE or bool(PURE_PACKAGES & set(source.parts)))


def routes(source: Source, module: str) -> bool:
    return module.startswith(f"functions.{source.context}.routes")


def test_the_core_knows_no_handler_no_infrastructure_and_no_test() -> None:
    assert offences(core(), lambda _, other: other.startswith("sozialakte")) == []


def test_infrastructure_stands_alone() -> None:
    assert offences(infra(), lambda _, other: other.startswith("infra")) == []


def test_shared_uses_nothing_but_shared() -> None:
    shared = [source for source in core() if source.context == "shared"]

    assert offences(shared, lambda _, other: other.startswith("sozialakte.shared")) == []


def test_contexts_meet_only_in_what_they_publish() -> None:
    contexts = [source for source in core() if source.context not in {"", "cli", "shared"}]

    assert offences(contexts, lambda one, other: in_context(one, other) or is_published(other)) == []
    assert offences(contexts, lambda _, other: not other.startswith("sozialakte.cli")) == []


def test_a_handler_uses_its_own_context_and_what_others_publish() -> None:
    """Beside the routes of its own that stand in modules of their own."""
    assert (
        offences(functions(), lambda one, other: in_context(one, other) or is_published(other) or routes(one, other))
        == []
    )
    assert offences(functions(), lambda one, other: other.startswith("sozialakte.") or routes(one, other)) == []


def test_the_domain_is_pure() -> None:
    """What a model or a rule uses is pure too: no AWS, no clock, no files, only values."""
    sources = {source.module: source for source in core()}
    for pure in filter(is_pure, core()):
        reached = _reached(pure.module, sources)
        assert [module for module in reached if ".runtime" in module or module.split(".")[-1] in STORES] == []
        assert [module for module in reached if packages(sources[module]) & IMPURE] == []


def test_every_pure_module_is_there() -> None:
    assert {part for source in core() for part in source.parts} >= PURE | PURE_PACKAGES


def test_aws_is_reached_only_in_the_runtime_and_the_stores() -> None:
    found = {source.module for source in product() if packages(source) & AWS}
    allowed = {source.module for source in core() if source.context == "runtime" or source.parts[-1] in STORES}
    # A command says in one line what went wrong: it knows the errors' names, nothing else.
    commands = {
        source.module
        for source in core()
        if source.context == "cli"
        and not {m for m in source.imports if m.split(".")[0] in AWS} - {"botocore.exceptions"}
    }

    assert found - allowed - commands == set()


def test_powertools_stays_at_the_edge() -> None:
    found = [source for source in product() if "aws_lambda_powertools" in packages(source)]

    assert [one.module for one in found if one.parts[0] != "functions" and one.context != "runtime"] == []


def test_the_command_line_stays_at_the_edge() -> None:
    assert [one.module for one in product() if packages(one) & {"typer", "rich"} and one.context != "cli"] == []


def test_only_the_edge_asks_what_time_it_is() -> None:
    asking = [one for one in product() if any(ask in one.text for ask in ("utc_now", "datetime.now(", "date.today("))]
    edge = {one.module for one in (*core(), *functions()) if one.parts[0] == "functions" or one.context == "cli"}

    assert {one.module for one in asking} - edge == {"sozialakte.shared.clock"}


def test_no_module_needs_itself() -> None:
    graph = {source.module: {module for module in of_ours(source) if module != source.module} for source in core()}

    assert set(TopologicalSorter(graph).static_order()) >= set(graph)


def _reached(module: str, sources: dict[str, Source]) -> set[str]:
    """A module and everything it uses of its context and of what all share; others publish values, and stores."""
    reached: set[str] = set()
    ahead = [module]
    while ahead:
        here = ahead.pop()
        if here not in reached and here in sources:
            reached.add(here)
            ahead += (module for module in of_ours(sources[here]) if not is_published(module))
    return reached
