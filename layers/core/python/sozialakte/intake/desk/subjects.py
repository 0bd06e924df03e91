"""What the routes about letters share: what they are asked for, and which dossiers they must not name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sozialakte.intake.letter import Letter
from sozialakte.register import RegisterStore
from sozialakte.runtime.guards import Asked
from sozialakte.runtime.http import Api
from sozialakte.runtime.settings import read_settings
from sozialakte.shared.reasons import named_in


@dataclass(frozen=True)
class RegisterSettings:
    """Where the register lies."""

    register_table: str


def letter_subject(asked: Asked) -> str:
    """The letter a route is about, for the audit."""
    return f"letter#{asked.text('letter_id')}"


def hidden_among(api: Api, letters: Iterable[Letter]) -> frozenset[str]:
    """Those of the dossiers which these letters name that do not exist for who asks. No query, however many."""
    named = {found for letter in letters for found in {*letter.candidates, *named_in(letter.reasons)}}
    register = RegisterStore(read_settings(RegisterSettings).register_table)
    return register.access.hidden_from(api.asked.staff.staff_id, named)


def hidden_from_asker(api: Api) -> frozenset[str]:
    """The dossiers that do not exist for who asks: whoever opens the post need not know what is sealed."""
    register = RegisterStore(read_settings(RegisterSettings).register_table)
    return register.access.all_hidden_from(api.asked.staff.staff_id)
