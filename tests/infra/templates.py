"""Synthesized templates as plain data, for assertions about every resource of a type."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from aws_cdk import App

from infra.app import build, findings
from infra.services import Service, load_services

ROOT = Path(__file__).resolve().parents[2]
Json = Mapping[str, object]


@dataclass(frozen=True)
class Resource:
    """A resource of a stack."""

    context: str
    logical_id: str
    type: str
    properties: Mapping[str, object]
    raw: Mapping[str, object]

    def __str__(self) -> str:
        return f"{self.context}/{self.logical_id}"


@dataclass(frozen=True)
class Assembly:
    """A synthesized app; the templates by stack: a context, or a context and its part."""

    folder: Path
    templates: Mapping[str, Json]
    findings: tuple[str, ...]

    def resources(self, kind: str | None = None) -> Iterator[Resource]:
        """All resources, or those of a type such as ``AWS::SQS::Queue``."""
        for stack, template in self.templates.items():
            for logical_id, raw in part(template, "Resources").items():
                resource = _resource(stack.partition("-")[0], logical_id, raw)
                if kind in (None, resource.type):
                    yield resource

    def files(self) -> list[Path]:
        """The template files."""
        return sorted(self.folder.rglob("*.template.json"))


def synthesize(folder: Path, services: Sequence[Service] = (), **context: object) -> Assembly:
    """Synthesize the app as `cdk synth` does, without building layers; for other services than the committed ones."""
    settings = json.loads((ROOT / "cdk.json").read_text(encoding="utf-8"))["context"]
    app = App(context={**settings, "aws:cdk:bundling-stacks": [], **context}, outdir=str(folder))
    build(app, list(services) or load_services())
    app.synth()
    templates = {_stack(path): json.loads(path.read_text(encoding="utf-8")) for path in _manifests(folder)}
    return Assembly(folder, templates, tuple(findings(folder)))


def part(of: Json, name: str) -> Json:
    """A mapping inside a mapping; an empty one if there is none."""
    found = of.get(name, {})
    assert isinstance(found, dict), f"{name} is no mapping"
    return found


def parts(of: Json, name: str) -> list[Json]:
    """A list of mappings inside a mapping; an empty one if there is none."""
    found = of.get(name, [])
    assert isinstance(found, list), f"{name} is no list"
    return found


def as_list(value: object) -> list[object]:
    """Policies write one thing plainly and several as a list."""
    return value if isinstance(value, list) else [value]


def statements(policy: Resource) -> list[Json]:
    """The statements of a policy of any kind."""
    name = "KeyPolicy" if policy.type == "AWS::KMS::Key" else "PolicyDocument"
    return parts(part(policy.properties, name), "Statement")


def _manifests(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.template.json"))


def _stack(template: Path) -> str:
    description = json.loads(template.read_text(encoding="utf-8"))["Description"]
    return str(description).rsplit(": ", 1)[-1]


def _resource(context: str, logical_id: str, raw: object) -> Resource:
    assert isinstance(raw, dict)
    return Resource(context, logical_id, raw["Type"], raw.get("Properties", {}), raw)
