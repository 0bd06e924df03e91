"""The texts of letters, read from ``wording/*.yaml``: senders and variants by kind of letter.

A new variant or sender is a few lines of YAML; `letters.compose` picks among them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import TypedDict

import yaml

FOLDER = Path(__file__).parent / "wording"


Style = Mapping[str, str | float]
"""How a sender's paper looks: ``font``, ``size``, ``colour``, ``letterhead``, ``window``."""


class Table(TypedDict):
    """A table: the first column is text, the others are figures."""

    head: list[str]
    rows: list[list[str]]


class Sender(TypedDict, total=False):
    """Who writes. ``only`` limits the sender to some variants; ``private`` is a person, not an office."""

    name: str
    lines: list[str]
    footer: str
    style: Style
    signatories: list[list[str]]
    only: list[str]
    private: bool


Payment = Mapping[str, str]
"""A payment part of its own: ``amount``, ``iban`` and the sender's address by its parts."""
Block = str | Mapping[str, str | list[str] | Table]
"""A paragraph, ``newpage``, or one of heading ``h``, ``list``, ``table``."""


class Variant(TypedDict, total=False):
    """One wording. ``annex`` is a page after the signature; ``named``: only for who asks for it by its id.

    ``listed``: the people it is about are named in the text, not below the subject. ``payment``: with a payment part.
    """

    id: str
    subject: str
    salutation: str
    closing: str
    blocks: list[Block]
    annex: list[Block]
    enclosures: list[str]
    payment: bool | Payment
    named: bool
    listed: bool


@dataclass(frozen=True)
class Wording:
    """All senders and variants of one kind of letter."""

    kind: str
    senders: Sequence[Sender]
    variants: Sequence[Variant]

    def pick(self, random: Random, variant_id: str | None = None, sender: str | None = None) -> tuple[Sender, Variant]:
        """A variant (the named one, or any) and a sender who writes it (the named one, or any).

        Raises `ValueError` for an unknown id.
        """
        fitting = [variant for variant in self.variants if variant_id == variant["id"]]
        if variant_id is None:
            fitting = [variant for variant in self.variants if not variant.get("named")]
        if not fitting:
            raise ValueError(f"{self.kind} has no variant {variant_id}")
        variant = random.choice(fitting)
        senders = [each for each in self.senders if variant["id"] in each.get("only", [variant["id"]])]
        return random.choice([each for each in senders if sender in {None, each["name"]}]), variant


@cache
def wording(kind: str) -> Wording:
    """The wording of one kind of letter. Raises `FileNotFoundError` for an unknown kind."""
    content = yaml.safe_load((FOLDER / f"{kind}.yaml").read_text(encoding="utf-8"))
    return Wording(content["kind"], content["senders"], content["variants"])


def kinds() -> list[str]:
    """Every kind there is a wording for."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))
