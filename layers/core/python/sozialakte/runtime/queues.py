"""Sending to a queue."""

from __future__ import annotations

from dataclasses import dataclass

from sozialakte.runtime.aws import client


@dataclass(frozen=True)
class Queue:
    """One queue by its URL."""

    url: str

    def send(self, body: str) -> None:
        """Send one message."""
        client("sqs").send_message(QueueUrl=self.url, MessageBody=body)


def queue_url_of(queue: str) -> str:
    """The URL of a queue by its name; a URL stays as it is."""
    return queue if "://" in queue else client("sqs").get_queue_url(QueueName=queue)["QueueUrl"]
