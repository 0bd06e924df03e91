"""A consumer as a case system may be built after the contract: README "Hand-over" and the schemas, nothing of ours.

What it keeps (``numbers``, ``documents``, ``postings``) stands for its database; it survives when the
consumer's process does not.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from sozialakte.runtime.aws import client

SCHEMAS = {
    version: json.loads(Path(f"events/partners/document-bundle.v{version}.schema.json").read_text(encoding="utf-8"))
    for version in (1, 2)
}
Json = Mapping[str, Any]


class Refusal(Exception):  # noqa: N818 # it is what the receipt says, not an error of the consumer
    """A bundle cannot be taken; the code goes into the receipt."""


class DiedError(Exception):
    """The consumer's process ended."""


@dataclass
class ReferenceConsumer:
    """Reads ``out/``, keeps documents and postings, writes ``receipts/``.

    ``lives`` is how many S3 calls it makes before it dies, ``knows`` the versions of the contract it was built for.
    """

    bucket: str
    numbers: dict[int, str] = field(default_factory=dict)
    documents: dict[tuple[str, str], Json] = field(default_factory=dict)
    applied: list[Json] = field(default_factory=list)
    receipted: dict[str, str] = field(default_factory=dict)
    lives: int = -1
    knows: tuple[int, ...] = (1, 2)
    postings: dict[str, Json] = field(default_factory=dict)

    def poll(self) -> list[str]:
        """Take all that is new or was sent again, in the order of the numbers; the keys of receipts written."""
        written = []
        for key in self._bundle_keys():
            version = self._call("head_object", Key=key)["VersionId"]
            if self.receipted.get(key) == version:
                continue
            body = self._read(key)
            receipt = self._take(key, body)
            if receipt is not None:
                name = key.removeprefix("out/").removesuffix("/bundle.json")
                self._call("put_object", Key=f"receipts/{name}.json", Body=json.dumps(receipt).encode())
                self.receipted[key] = version
                written.append(f"receipts/{name}.json")
        return written

    def gaps(self) -> list[int]:
        """Numbers that are missing below the highest one: to be asked for when they stay away for an hour."""
        return [number for number in range(1, max(self.numbers, default=0)) if number not in self.numbers]

    def _take(self, key: str, body: bytes) -> Json | None:
        """The receipt, or None if the bundle before it in its dossier has to come first."""
        digest = sha256(body).hexdigest()
        sequence, _, bundle_id = key.split("/")[1].partition("-")
        receipt = {
            "type": "partners.receipt",
            "version": 1,
            "bundle_id": bundle_id,
            "sequence": int(sequence),
            "sha256": digest,
            "at": "2026-01-05T09:00:00Z",
        }
        try:
            bundle = self._parsed(body, bundle_id, int(sequence))
            if bundle["previous_in_dossier"] not in {None, *self.numbers}:
                return None
            if self.numbers.get(bundle["sequence"]) != bundle_id:
                self._apply(bundle, self._verified_files(key, bundle))
        except Refusal as refusal:
            return {**receipt, "result": "refused", "reason": str(refusal)}
        return {**receipt, "result": "accepted", "reason": None}

    def _parsed(self, body: bytes, bundle_id: str, sequence: int) -> Json:
        try:
            bundle: Json = json.loads(body)
            schema = {version: SCHEMAS[version] for version in self.knows}[bundle["version"]]
            Draft202012Validator(schema, format_checker=FormatChecker()).validate(bundle)
        except (ValueError, KeyError, TypeError, ValidationError) as error:
            raise Refusal("not_understood") from error
        if (bundle["bundle_id"], bundle["sequence"]) != (bundle_id, sequence):
            raise Refusal("another_name")
        return bundle

    def _verified_files(self, key: str, bundle: Json) -> Mapping[str, bytes]:
        files = {}
        for file in bundle["files"]:
            content = self._read(key.replace("bundle.json", file["name"]))
            if (len(content), sha256(content).hexdigest()) != (file["size"], file["sha256"]):
                raise Refusal("wrong_hash")
            files[file["name"]] = content
        return files

    def _apply(self, bundle: Json, files: Mapping[str, bytes]) -> None:
        """One transaction in a real database: the number is noted together with what it changes."""
        place = bundle["dossier_id"], bundle["document_id"]
        if bundle["superseded_by"] is None:
            if bundle["change"] == "moved_out":
                self.documents.pop(place, None)
            else:
                self.documents[place] = {**bundle["document"], "files": dict(files)}
        if bundle["version"] == 2:
            self.postings |= {one["posting_id"]: one for one in bundle["voucher"]["postings"]}
        self.numbers[bundle["sequence"]] = bundle["bundle_id"]
        self.applied.append(bundle)

    def _bundle_keys(self) -> Iterator[str]:
        """Keys begin with the number, so S3 lists them in its order."""
        found = self._call("list_objects_v2", Prefix="out/")
        while True:
            yield from (one["Key"] for one in found.get("Contents", []) if one["Key"].endswith("/bundle.json"))
            if not found.get("IsTruncated"):
                return
            found = self._call("list_objects_v2", Prefix="out/", ContinuationToken=found["NextContinuationToken"])

    def _read(self, key: str) -> bytes:
        body: bytes = self._call("get_object", Key=key)["Body"].read()
        return body

    def _call(self, name: str, **arguments: object) -> dict[str, Any]:
        if self.lives == 0:
            raise DiedError
        self.lives -= 1
        answer: dict[str, Any] = getattr(client("s3"), name)(Bucket=self.bucket, **arguments)
        return answer
