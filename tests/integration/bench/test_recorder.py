"""Every call is written down once, under the function that made it, with the units of what it touched."""

from __future__ import annotations

import pytest

from sozialakte.runtime.aws import client
from sozialakte.runtime.dynamo import NEW, AlreadyExistsError, Attr, Change, Check, Key, Put, Query, Table, transact
from tests.aws import INTAKE, REGISTER, queue_url
from tests.bench.recorder import NOBODY, Call, Recorder

pytestmark = pytest.mark.usefixtures("aws")
KB = "x" * 1024
PLAIN = Table(REGISTER)  # its indexes need attributes that these rows lack


@pytest.fixture
def heard() -> Recorder:
    """A recorder at work for one function."""
    recorder = Recorder("intake.settle_letter")
    recorder.listen()
    return recorder


def the_call(recorder: Recorder) -> Call:
    """The one call since the last time."""
    (call,) = recorder.calls
    recorder.calls.clear()
    return call


def test_a_call_belongs_to_who_is_at_work(heard: Recorder) -> None:
    client("sqs").send_message(QueueUrl=queue_url("file"), MessageBody="{}")
    assert the_call(heard) == Call("intake.settle_letter", "sqs", "SendMessage")

    heard.function = NOBODY
    client("sqs").receive_message(QueueUrl=queue_url("file"))
    assert the_call(heard) == Call(NOBODY, "sqs", "ReceiveMessage")


def test_reads_cost_by_what_was_found(heard: Recorder) -> None:
    for number in range(5):
        PLAIN.put({"pk": "a", "sk": str(number), "filler": KB})
    heard.calls.clear()

    PLAIN.get("a", "0")
    assert the_call(heard).reads == 0.5
    PLAIN.get("a", "0", consistent=True)
    assert the_call(heard).reads == 1
    PLAIN.get("nobody", "0")
    assert the_call(heard).reads == 0.5
    list(PLAIN.query(Query(Key("pk").eq("a"))))
    assert the_call(heard).reads == 1.0  # five of a good kilobyte together
    list(PLAIN.get_many([("a", "0"), ("a", "1"), ("nobody", "0")]))
    assert the_call(heard).reads == 1.5


def test_writes_cost_by_what_was_there_and_is_there(heard: Recorder) -> None:
    PLAIN.put({"pk": "a", "sk": "1"})
    assert the_call(heard).writes == 1
    PLAIN.update("a", "1", Change(assign={"filler": KB}))
    assert the_call(heard).writes == 2
    PLAIN.delete("a", "1")
    assert the_call(heard).writes == 2


def test_a_refused_write_costs_what_is_there(heard: Recorder) -> None:
    PLAIN.put({"pk": "a", "sk": "1", "filler": KB})
    heard.calls.clear()

    with pytest.raises(AlreadyExistsError):
        PLAIN.put_new({"pk": "a", "sk": "1"})

    assert the_call(heard).writes == 2


def test_a_transaction_costs_twice(heard: Recorder) -> None:
    PLAIN.put({"pk": "a", "sk": "1"})
    heard.calls.clear()

    transact([Put(REGISTER, {"pk": "b", "sk": "1", "filler": KB}, NEW), Check(REGISTER, "a", "1", Attr("pk").exists())])

    assert the_call(heard).writes == 2 * (2 + 1)


def test_an_index_costs_too(heard: Recorder) -> None:
    Table(INTAKE).put({"pk": "a", "sk": "1", "state_key": "letter#cut", "since": "1"})

    assert the_call(heard).writes == 2
