"""What a journey costs on AWS: everything that is paid for by use.

How long a function runs there is estimated from its processor seconds here, the in-process stand-in for AWS included
(it takes about as long as the network there). A function has as much of a processor as of memory, a whole one at
1'769 MB (AWS Lambda Developer Guide, "Configure Lambda function memory"), so a smaller one runs longer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.journey import Journey
from tests.bench.prices import chf

ONE_PROCESSOR = 1769  # MB
FREE_DISK = 512  # MB
S3_WRITES = ("Put", "Copy", "Post", "List", "Create", "Complete", "Upload")


@dataclass(frozen=True)
class Size:
    """Memory and temporary disk of a function, in MB."""

    memory: int
    disk: int

    def seconds(self, processor_seconds: float) -> float:
        """How long it runs on Lambda."""
        return processor_seconds * max(1.0, ONE_PROCESSOR / self.memory)


def sizes() -> Mapping[str, Size]:
    """The size of each function (``intake.split_batch``), as the infrastructure declares it."""
    # Brings the CDK and its Node: seconds that only this needs.
    import infra  # noqa: F401, PLC0415 # first of all: it points CDK at the Node of the lock file
    from tests.infra.templates import synthesize  # noqa: PLC0415

    with TemporaryDirectory() as folder:
        functions = [each.properties for each in synthesize(Path(folder)).resources("AWS::Lambda::Function")]
    return {str(each["Description"]): _size(each) for each in functions if "Description" in each}


def price_of_pages(journey: Journey, size_of: Mapping[str, Size], pages: int) -> float:
    """Francs for so many pages, if all were like those of the journey."""
    return chf(used(journey, size_of)) * pages / journey.pages


def used(journey: Journey, size_of: Mapping[str, Size]) -> dict[str, float]:
    """How much of everything that has a price, the event sources' requests and the upload included."""
    s3 = [call for call in journey.calls if call.service == "s3"]
    sqs = [call for call in journey.calls if call.service == "sqs"]
    writes = sum(call.operation.startswith(S3_WRITES) for call in s3)
    return {
        **_lambda(journey, size_of),
        "s3 write": writes,
        "s3 read": len(s3) - writes,
        "sqs request": len(sqs),
        "dynamodb write unit": sum(call.writes for call in journey.calls),
        "dynamodb read unit": sum(call.reads for call in journey.calls),
        # An upper bound: S3's bucket keys and SQS's reuse of data keys save nearly all of them.
        "kms request": len(s3) + len(sqs),
    }


def _lambda(journey: Journey, size_of: Mapping[str, Size]) -> dict[str, float]:
    lasting = {name: size_of[name].seconds(seconds) for name, seconds in journey.seconds.items()}
    return {
        "lambda GB-second (arm64)": sum(size_of[name].memory / 1024 * seconds for name, seconds in lasting.items()),
        "lambda disk GB-second above 512 MB": sum(
            (size_of[name].disk - FREE_DISK) / 1024 * seconds for name, seconds in lasting.items()
        ),
        "lambda request": sum(journey.runs.values()),
    }


def _size(properties: Mapping[str, object]) -> Size:
    storage = properties.get("EphemeralStorage")
    disk = storage["Size"] if isinstance(storage, Mapping) else FREE_DISK
    return Size(memory=int(str(properties["MemorySize"])), disk=int(disk))
