"""A small valid feed of the case system, and how to spoil it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)
FEED: Mapping[str, str] = {
    "staff.csv": (
        "staff_id;name;team;deputies;active\n"
        "ma-101;Anna Beispiel;nord;ma-102 ma-103;yes\n"
        "ma-102;Beat Muster;nord;ma-101;yes\n"  # a cycle is allowed
        "ma-103;Carla Probe;sued;;no\n"
    ),
    "persons.csv": (
        "person_id;family_name;given_names;birth_date;ahv_number\n"
        "P-000001;Müller;Anna Maria;1975-03-12;756.9217.0769.85\n"
        "P-000002;Müller;Beat;01.06.2015;\n"
        "P-000003;Rossi;Carlo;;7560000000019\n"
    ),
    "dossiers.csv": (
        "dossier_id;type;commune;status;responsible\n"
        "SH-2026-00001;economic_assistance;2939;open;ma-101\n"
        "SH-2026-00002;child_protection;2939;closed;\n"
    ),
    "dossier_persons.csv": (
        "dossier_id;person_id;role\n"
        "SH-2026-00001;P-000001;main\n"
        "SH-2026-00001;P-000002;member\n"
        "SH-2026-00002;P-000002;main\n"
    ),
    "absences.csv": "staff_id;first_day;last_day\nma-101;2026-07-01;21.07.2026\n",
}

PERSONS_IN_FULL = (
    "person_id;family_name;given_names;birth_date;ahv_number;former_family_names;street;house_number;postal_code;town\n"
    "P-000001;Müller;Anna Maria;1975-03-12;756.9217.0769.85;Keller|von Arx;Bahnhofstrasse;12a;6003;Luzern\n"
    "P-000002;Müller;Beat;01.06.2015;;;Bahnhofstrasse 12a;;CH-6003;Luzern\n"
    "P-000003;Rossi;Carlo;;7560000000019;;;;;\n"
)
"""The same persons with all that the feed can say about them."""


def deliver(folder: Path, changes: Mapping[str, str] | None = None) -> Path:
    """The feed in a folder, with some files as given."""
    for name, content in {**FEED, **(changes or {})}.items():
        (folder / name).write_text(content, encoding="utf-8")
    return folder


def replaced(name: str, before: str, after: str) -> dict[str, str]:
    """The feed's file with one text replaced."""
    return _replaced(name, FEED[name], before, after)


def replaced_in_full(before: str, after: str) -> dict[str, str]:
    """`PERSONS_IN_FULL` with one text replaced."""
    return _replaced("persons.csv", PERSONS_IN_FULL, before, after)


def _replaced(name: str, content: str, before: str, after: str) -> dict[str, str]:
    assert before in content
    return {name: content.replace(before, after)}
