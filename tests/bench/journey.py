"""A batch on its whole way, from the upload to the inboxes, through the real functions, every call written down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from moto.backends import get_backend

from sozialakte.register import RegisterStore
from sozialakte.register.import_register import apply_import, plan_import
from sozialakte.runtime.items import from_attributes
from tests.aws import ACCOUNT, INTAKE, REGION, REGISTER, rows
from tests.bench.meter import cpu_seconds
from tests.bench.recorder import NOBODY, Call, Recorder
from tests.pipeline import Pipeline

TODAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 6, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Journey:
    """What a batch took: calls, runs and processor seconds of each function (the stand-in for AWS included)."""

    pages: int
    letters: int
    filed: int
    calls: tuple[Call, ...]
    runs: Mapping[str, int]
    seconds: Mapping[str, float]

    @property
    def own_calls(self) -> tuple[Call, ...]:
        """The calls that our functions make."""
        return tuple(call for call in self.calls if call.function != NOBODY)

    def a_letter(self) -> Mapping[str, float]:
        """What a letter took, on average."""
        taken = {
            "AWS calls of our functions": len(self.own_calls),
            "S3 requests": sum(call.service == "s3" for call in self.calls),
            "DynamoDB read units": sum(call.reads for call in self.calls),
            "DynamoDB write units": sum(call.writes for call in self.calls),
        }
        return {name: count / self.letters for name, count in taken.items()}


@dataclass
class Watched(Pipeline):
    """A pipeline that notes who is at work, and for how long."""

    recorder: Recorder = field(default_factory=Recorder)
    runs: Counter[str] = field(default_factory=Counter)
    seconds: Counter[str] = field(default_factory=Counter)

    def call(self, function: str, event: Mapping[str, object]) -> object:
        """Run a handler under its name."""
        self.recorder.function = function.removeprefix("functions.")
        begun = cpu_seconds()
        try:
            return super().call(function, event)
        finally:
            self.seconds[self.recorder.function] += cpu_seconds() - begun  # type: ignore[assignment]
            self.runs[self.recorder.function] += 1
            self.recorder.function = NOBODY


def import_register(folder: Path) -> int:
    """The register of a folder into the empty table; how many dossiers it has."""
    store = RegisterStore(REGISTER)
    plan = plan_import(folder, store, TODAY)
    apply_import(plan, store, "bench", NOW, lambda: None)
    return len({row["pk"] for row in rows(REGISTER) if str(row["pk"]).startswith("dossier#")})


def send(batch: Path) -> Journey:
    """Upload the batch and work until all is quiet."""
    recorder = Recorder()
    recorder.listen()
    pipeline = Watched(recorder=recorder)
    pipeline.drop(batch.name, batch.read_bytes())
    pipeline.run()
    letters = [row for row in _changed(INTAKE) if row["entity"] == "letter"]
    return Journey(
        pages=sum(int(row["pages_in"]) for row in _changed(INTAKE) if row["entity"] == "batch"),
        letters=len(letters),
        filed=sum(row["state"] == "filed" for row in letters),
        calls=tuple(recorder.calls),
        runs=pipeline.runs,
        seconds=pipeline.seconds,
    )


def _changed(table: str) -> list[dict[str, Any]]:
    """The rows that changed, as they are now: by the stream, as the table may be very full."""
    shard = get_backend("dynamodb")[ACCOUNT][REGION].tables[table].stream_shard
    changes = [change.to_json()["dynamodb"] for change in shard.items] if shard else []
    newest = {str(change["Keys"]): change["NewImage"] for change in changes if "NewImage" in change}
    return [from_attributes(image) for image in newest.values()]
