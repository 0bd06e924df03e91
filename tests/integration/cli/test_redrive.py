"""``sozialakte redrive``: nothing is deleted before it is sent, nothing is lost, nothing goes round for ever."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner, Result

from sozialakte.cli import app
from sozialakte.cli.stage import STACK_OF_QUEUE
from sozialakte.runtime.aws import client, reset_clients, session
from sozialakte.runtime.dead_letters import count_waiting
from tests.aws import queue_url, send, take
from tests.stacks import answer_instead, deployed, refusal

pytestmark = pytest.mark.usefixtures("aws")


def redrive(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["redrive", *arguments], env={"COLUMNS": "200"})


def test_every_message_is_put_back_unchanged() -> None:
    bodies = [f'{{"number": {number}}}' for number in range(23)]
    send("read-dead", *bodies)

    result = redrive("test-read")

    assert (result.exit_code, result.output) == (0, "23 Nachrichten zurückgestellt\n")
    assert sorted(take("read")) == sorted(bodies)
    assert take("read-dead") == []


def test_an_empty_dead_letter_queue_is_no_problem() -> None:
    assert (redrive("test-read").exit_code, take("read")) == (0, [])


def test_a_dry_run_counts_and_moves_nothing() -> None:
    send("file-dead", "a", "b")

    result = redrive("test-file", "--dry-run")

    assert (result.exit_code, result.output) == (0, "2 Nachrichten warten. Nichts verschoben.\n")
    assert take("file") == []
    assert sorted(take("file-dead")) == ["a", "b"]


@pytest.mark.parametrize(
    ("queue", "stack", "output"),
    [("identify", "demo-intake", "IdentifyQueueUrl"), ("settle", "demo-links", "SettleQueueUrl")],
)
def test_the_queue_is_found_by_the_name_of_the_service(queue: str, stack: str, output: str) -> None:
    deployed({stack: {output: queue_url(queue)}})
    send(f"{queue}-dead", "a")

    assert redrive(queue, "--stage", "demo").exit_code == 0
    assert take(queue) == ["a"]


def test_a_queue_may_be_named_by_its_address() -> None:
    send("scans-dead", "a")

    assert redrive(queue_url("scans")).exit_code == 0
    assert take("scans") == ["a"]


def test_a_message_that_cannot_be_sent_is_not_deleted() -> None:
    send("read-dead", "a", "b", "c")
    _fail_after(sends=1)

    result = redrive("test-read")

    assert result.exit_code == 3
    assert "Nach 1 Nachrichten abgebrochen." in result.output
    assert result.stderr == "AWS antwortet nicht wie nötig: InternalError\n"
    reset_clients()
    assert len(take("read")) == 1
    assert _all_of("read-dead") == 2


def test_a_message_that_comes_back_at_once_ends_the_command() -> None:
    """It is the same as before: the cause is not repaired, and going on would never end."""
    future = _clock_behind_by_an_hour("read-dead")

    result = redrive("test-read")

    assert result.exit_code == 1
    assert "Manche sind sofort wieder gescheitert." in result.stderr
    assert (take("read"), _all_of("read-dead")) == ([], future)


@pytest.mark.parametrize(
    ("arguments", "code", "line"),
    [
        (["test-nothing"], 3, "Diese Warteschlange gibt es nicht."),
        (["test-read-dead"], 1, "Die Warteschlange test-read-dead hat keine für unzustellbare Nachrichten."),
        (["nothing", "--stage", "demo"], 1, f"Möglich sind: {', '.join(STACK_OF_QUEUE)}"),
        (["read", "--stage", "nirgends"], 1, "Der Dienst nirgends ist nicht installiert."),
    ],
)
def test_what_does_not_exist_is_said_in_one_line(arguments: list[str], code: int, line: str) -> None:
    deployed({})

    result = redrive(*arguments)

    assert result.exit_code == code
    assert line in result.stderr
    assert result.stderr.count("\n") == 1


def test_wrong_usage_has_its_own_exit_code() -> None:
    assert redrive().exit_code == 2


def _fail_after(sends: int) -> None:
    """SQS accepts so many messages and then has an internal error."""
    left = iter(range(sends))

    def answer(**_: object) -> tuple[object, dict[str, object]] | None:
        return None if next(left, None) is not None else refusal(500, "InternalError")

    answer_instead("sqs.SendMessage", answer)


def _clock_behind_by_an_hour(queue: str) -> int:
    """Messages as SQS would date them if they had come after the command began."""
    send(queue, "a", "b")

    def date_later(parsed: dict[str, object], **_: object) -> None:
        messages = parsed.get("Messages", [])
        assert isinstance(messages, list)
        for message in messages:
            message["Attributes"]["SentTimestamp"] = str(int(message["Attributes"]["SentTimestamp"]) + 3_600_000)

    reset_clients()
    session().events.register("after-call.sqs.ReceiveMessage", date_later)
    return 2


def _all_of(queue: str) -> int:
    """What lies on a queue, the messages that are hidden for a while included."""
    attributes = client("sqs").get_queue_attributes(
        QueueUrl=queue_url(queue), AttributeNames=["ApproximateNumberOfMessagesNotVisible"]
    )["Attributes"]
    return count_waiting(queue_url(queue)) + int(attributes["ApproximateNumberOfMessagesNotVisible"])
