"""Writes the JSON schema of every message beside its sample: ``python -m tests.contract.message_schemas``.

The schema is the message as we write it: everything we always write is required, type and version above all.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from pathlib import Path

import sozialakte
from sozialakte.shared.messages import Message

EVENTS = Path("events")
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def message_types() -> dict[str, type[Message]]:
    """Every message by its type (and version, if that is not 1: ``partners.document-bundle.v2``), found by looking into
    each context's ``messages.py``.
    """
    for module in _message_modules():
        importlib.import_module(module)
    return {_name(message): message for message in _subclasses(Message)}


def sample_file(type_name: str) -> Path:
    """Where the sample of a message lies: ``events/intake/read-pages.v1.json`` for ``intake.read-pages``."""
    context, name, *version = type_name.split(".")
    return EVENTS / context / f"{name}.{version[0] if version else 'v1'}.json"


def schema_file(type_name: str) -> Path:
    """Where the schema of a message lies."""
    return sample_file(type_name).with_suffix(".schema.json")


def schema_text(message: type[Message]) -> str:
    """The schema as it is committed."""
    schema = {"$schema": DIALECT, **message.model_json_schema(mode="serialization")}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _name(message: type[Message]) -> str:
    name, version = message.model_fields["type"].default, message.model_fields["version"].default
    return name if version == 1 else f"{name}.v{version}"


def _message_modules() -> list[str]:
    (root,) = sozialakte.__path__
    return [f"sozialakte.{path.parent.name}.messages" for path in sorted(Path(root).glob("*/messages.py"))]


def _subclasses(message: type[Message]) -> Iterator[type[Message]]:
    for subclass in message.__subclasses__():
        yield subclass
        yield from _subclasses(subclass)


if __name__ == "__main__":
    for found, message_type in message_types().items():
        schema_file(found).write_text(schema_text(message_type), encoding="utf-8")
