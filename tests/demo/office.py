"""The demo's service on the local AWS: its register, its scanner and its people, as the outside world meets them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path

import urllib3

from sozialakte.intake.answers import BatchDetail
from sozialakte.intake.batch import BatchState, Upload, aside_id_for, batch_id_for
from tests.demo.truth import Delivery
from tests.emulator.aws import Clients
from tests.emulator.outputs import Outputs, deployed_outputs
from tests.emulator.people import sign_in
from tests.emulator.process import Emulator

MAILROOM = "ma-201"


class DemoError(Exception):
    """The demo cannot go on; the message says what to do."""


@dataclass
class Office:
    """A deployed service. Everything goes the way it goes in earnest: command line, scans bucket, API."""

    emulator: Emulator

    @cached_property
    def outputs(self) -> Outputs:
        """Addresses and names. Raises `EmulatorError` if nothing is deployed."""
        return deployed_outputs(self.emulator)

    def import_register(self, folder: Path) -> str:
        """Run ``sozialakte register import`` and give back what it printed. Raises `DemoError`."""
        return self._run("the register was not imported", "register", "import", folder, table="register")

    def import_categories(self, file: Path) -> str:
        """Run ``sozialakte payments categories import`` and give back what it printed. Raises `DemoError`."""
        return self._run("no categories were imported", "payments", "categories", "import", file, table="payments")

    def _run(self, problem: str, *arguments: str | Path, table: str) -> str:
        command = Path(sys.executable).with_name("sozialakte")
        ran = subprocess.run(
            [command, *arguments, "--table", self.outputs.tables[table]],
            env={**os.environ, **self.emulator.env},
            capture_output=True,
            text=True,
            check=False,
        )
        if ran.returncode:
            raise DemoError(f"{problem}:\n{ran.stdout}{ran.stderr}")
        return ran.stdout.strip()

    def batch_id(self, folder: Path, delivery: Delivery) -> str:
        """The id of the batch with this content that is cut."""
        return batch_id_for(sha256((folder / delivery.file).read_bytes()).hexdigest())

    def deliver(self, folder: Path, delivery: Delivery) -> str:
        """Drop a file of scans into the bucket as the scanning centre does, its manifest before it.

        Returns the id its batch gets.
        """
        if delivery.manifest:
            self._drop(delivery.manifest, (folder / delivery.manifest).read_bytes())
        content = (folder / delivery.file).read_bytes()
        key, version_id = self._drop(delivery.uploaded_as, content)
        digest = sha256(content).hexdigest()
        is_cut = delivery.state == BatchState.CLOSED
        return batch_id_for(digest) if is_cut else aside_id_for(digest, Upload(key, version_id))

    def batch(self, batch_id: str) -> BatchDetail | None:
        """What the API says of a batch; None while it does not know it. Raises `DemoError`."""
        answer = self._get(f"/intake/batches/{batch_id}")
        if answer.status == HTTPStatus.NOT_FOUND:
            return None
        if answer.status != HTTPStatus.OK:
            raise DemoError(f"the API answered {answer.status}: {answer.data.decode()[:400]}")
        return BatchDetail.model_validate_json(answer.data)

    def dead_letters(self) -> dict[str, int]:
        """Messages that no function could handle, by dead-letter queue; only queues that hold some."""
        sqs = Clients(self.emulator).sqs()
        counts = {
            queue: sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages"])["Attributes"]
            for queue, url in self.outputs.queues.items()
            if queue.endswith("-dead")
        }
        numbers = {queue: int(count["ApproximateNumberOfMessages"]) for queue, count in counts.items()}
        return {queue: number for queue, number in numbers.items() if number}

    def sent_to_bank(self, message_id: str) -> bytes:
        """A file for the bank, as whoever carries it there finds it."""
        found = Clients(self.emulator).s3().get_object(Bucket=self.outputs.buckets["bank"], Key=f"out/{message_id}.xml")
        return found["Body"].read()

    def come_from_bank(self, name: str, content: bytes) -> None:
        """A message of the bank arrives."""
        Clients(self.emulator).s3().put_object(Bucket=self.outputs.buckets["bank"], Key=f"in/{name}", Body=content)

    def token(self, staff_id: str, roles: Sequence[str]) -> str:
        """An access token of a member of staff."""
        return sign_in(self.emulator, staff_id, roles)

    def _drop(self, name: str, content: bytes) -> tuple[str, str]:
        """Key and version of the object."""
        key, bucket = f"eingang/{name}", self.outputs.buckets["scans"]
        answer = Clients(self.emulator).s3().put_object(Bucket=bucket, Key=key, Body=content)
        return key, answer["VersionId"]

    @cached_property
    def _mailroom(self) -> str:
        return self.token(MAILROOM, ["mailroom"])

    def _get(self, path: str) -> urllib3.BaseHTTPResponse:
        headers = {"Authorization": f"Bearer {self._mailroom}"}
        return urllib3.request("GET", f"{self.outputs.api_url}{path}", headers=headers, timeout=30, retries=False)
