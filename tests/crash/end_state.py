"""What a stage holds in the end, without what may differ between runs: times, object versions, announcement counts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from botocore.exceptions import ClientError

from sozialakte.dossiers.fulltext.files import IndexFiles
from sozialakte.dossiers.fulltext.page_index import PageIndex
from sozialakte.runtime.aws import client
from tests.aws import (
    AUDIT,
    BACKFILE,
    BANK,
    DOSSIERS,
    FULLTEXT,
    INTAKE,
    LETTERS,
    PARTNER,
    PARTNERS,
    PAYMENTS,
    REGISTER,
    SCANS,
    SEALS,
    rows,
)
from tests.pipeline import bodies_left

TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|\+00:00)")
RECEIPT = re.compile(r"^RECEIPT#.*")
MASKED = frozenset({"object_version", "version_id", "filing_version", "letter_version"})
COUNTED = frozenset({"filing", "letter_account"})
"""Entities whose version only says how often they were told something."""


def end_state() -> dict[str, object]:
    """Every row, every object and every message that is left."""
    tables = {name: [_masked(row) for row in rows(name)] for name in (REGISTER, INTAKE, DOSSIERS, AUDIT, PAYMENTS)}
    scans = {"scans": _objects(SCANS), "backfile": _objects(BACKFILE), "seals": _objects(SEALS)}
    files = {**scans, "letters": _objects(LETTERS), "bank": _sent(), "fulltext": _indexes()}
    bundles = sorted((_masked(row) for row in rows(PARTNERS)), key=str)
    return {**tables, PARTNERS: bundles, **files, "partner": _handed_over(), "queues": bodies_left()}


def doubled() -> list[str]:
    """Letters that lie in two dossiers or inboxes, and records with a second version."""
    filed = [row for row in rows(DOSSIERS) if row.get("entity") in {"document", "inbox_entry"}]
    seen: dict[tuple[str, str], int] = {}
    for row in filed:
        key = (str(row["entity"]), str(row["document_id"]))
        seen[key] = seen.get(key, 0) + 1
    records = [key for key in _versions(LETTERS) if key.endswith("original.pdf")]
    return [str(key) for key, count in seen.items() if count > 1] + [key for key in records if records.count(key) > 1]


def _masked(value: object, name: str = "") -> object:
    if name in MASKED:
        return "<version>"
    if name.endswith("/minutes"):
        return "<minutes>"  # how long a letter took
    if isinstance(value, Mapping):
        counted = value.get("entity") in COUNTED
        return {key: _masked(entry, key) for key, entry in value.items() if not (counted and key == "version")}
    if isinstance(value, (list, tuple, set)):
        return [_masked(entry) for entry in value]
    return RECEIPT.sub("RECEIPT#<version>", TIME.sub("<time>", value)) if isinstance(value, str) else value


def _versions(bucket: str) -> list[str]:
    return [version["Key"] for version in client("s3").list_object_versions(Bucket=bucket).get("Versions", [])]


def _handed_over() -> dict[str, object]:
    """Files for the partner; those in JSON name the time they were made, their rows are compared above."""
    found = _objects(PARTNER)
    return {key: facts[1:] if key.endswith(".json") else facts for key, facts in found.items()}


def _sent() -> dict[str, object]:
    """What lies in the bank's bucket; a state names the time at which it was written, so its file does not count."""
    found = _objects(BANK)
    states = [key for key in found if key.startswith("state/")]
    return {"states": bool(states), **{key: facts for key, facts in found.items() if key not in states}}


def _indexes() -> dict[str, object]:
    """Indexes by what they say: where in the file it stands depends on who wrote first."""
    return {key: _index(Path(key).stem) for key in sorted(set(_versions(FULLTEXT)))}


def _index(dossier_id: str) -> object:
    with TemporaryDirectory() as folder:
        path = Path(folder, "index.sqlite")
        IndexFiles(FULLTEXT).fetch(dossier_id, path)
        with PageIndex.to_read(path) as index:
            return index.documents(), index.search("a* OR e* OR i* OR o* OR u* OR 1*", 0, 1000)


def _objects(bucket: str) -> dict[str, tuple[object, ...]]:
    return {key: _object(bucket, key) for key in sorted(set(_versions(bucket)))}


def _object(bucket: str, key: str) -> tuple[object, ...]:
    body = client("s3").get_object(Bucket=bucket, Key=key)["Body"].read()
    tags = client("s3").get_object_tagging(Bucket=bucket, Key=key)["TagSet"]
    return sha256(body).hexdigest(), [(tag["Key"], tag["Value"]) for tag in tags], _hold(bucket, key)


def _hold(bucket: str, key: str) -> str:
    if bucket != LETTERS:  # transport copies are not locked
        return "none"
    try:
        return client("s3").get_object_legal_hold(Bucket=bucket, Key=key)["LegalHold"].get("Status", "none")
    except ClientError as error:
        if error.response["Error"]["Code"] != "NoSuchObjectLockConfiguration":
            raise
        return "none"
