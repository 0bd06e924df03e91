"""``sozialakte payments emergency`` a second time: what may be at the bank is never overwritten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from typer.testing import CliRunner, Result

from sozialakte.cli import app
from sozialakte.payments.runs.bank_file import in_parts
from sozialakte.payments.runs.emergency_release import read_release, release_name
from sozialakte.payments.runs.orders import PayingAccount
from sozialakte.payments.runs.state import Owed, PaymentState, StateHeader, write_state
from tests.aws import PAYING_ACCOUNT
from tests.runs import DAY, NOW, RELEASER, RUN, an_order

OTHER = "ma-309"
FILE, SIDECAR = f"{RUN}-1.xml", release_name(RUN)
LATER = NOW + timedelta(minutes=15)


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with patch("sozialakte.cli.payment_emergency.utc_now", return_value=NOW + timedelta(hours=1)):
        yield


def state_of(folder: Path, count: int, minutes: int = 0) -> Path:
    """The state of a moment, with as many payments."""
    own = PayingAccount(**PAYING_ACCOUNT)
    orders = in_parts((an_order(number) for number in range(1, count + 1)), [own])
    header = StateHeader(NOW + timedelta(minutes=minutes), "Stadt", (own,), ())
    path = folder / f"state-{minutes}.jsonl"
    path.write_bytes(write_state(PaymentState(header, tuple(Owed(replace(order, part=0)) for order in orders))))
    return path


def emergency(state: Path, out: Path, releaser: str = RELEASER, *more: str) -> Result:
    days = ("--execution-day", f"{DAY}", "--due-until", "2027-01-31")
    asked = (*days, "--releaser", releaser, "--last-at-bank", "none", "--out", str(out), *more)
    return CliRunner().invoke(app, ["payments", "emergency", str(state), *asked])


def lying(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}


def test_another_file_under_the_same_message_id_is_refused_and_the_first_stays(tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = emergency(state_of(tmp_path, 2), out)
    before = lying(out)

    newer = emergency(state_of(tmp_path, 3, minutes=15), out, OTHER)

    assert (first.exit_code, newer.exit_code) == (0, 1), first.output
    assert lying(out) == before, "the file that may be at the bank, and who released it"
    assert set(before) == {FILE, SIDECAR}
    for said in (FILE, RELEASER, "27.11.2026 10:00", "import-emergency", "anderer Ordner"):
        assert said in newer.stderr, newer.stderr


def test_the_same_once_more_changes_nothing_and_puts_back_what_is_missing(tmp_path: Path) -> None:
    out, state = tmp_path / "out", state_of(tmp_path, 2)
    emergency(state, out)
    before = lying(out)
    (out / FILE).unlink()

    with patch("sozialakte.cli.payment_emergency.utc_now", return_value=NOW + timedelta(minutes=90)):
        again = emergency(state, out)

    assert again.exit_code == 0, again.output
    assert lying(out) == before, "released when it was released first"


def test_somebody_else_does_not_take_over_a_release(tmp_path: Path) -> None:
    out, state = tmp_path / "out", state_of(tmp_path, 2)
    emergency(state, out)
    before = lying(out)

    other = emergency(state, out, OTHER)

    assert (other.exit_code, RELEASER in other.stderr) == (1, True)
    assert lying(out) == before


@pytest.mark.parametrize("name", [FILE, f"{RUN}-2.xml"])
def test_a_file_of_this_run_without_its_release_is_not_overwritten(tmp_path: Path, name: str) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / name).write_bytes(b"<Document/>")

    found = emergency(state_of(tmp_path, 2), tmp_path / "out")

    assert (found.exit_code, name in found.stderr, "niemand sagt" in found.stderr) == (1, True, True), found.stderr
    assert lying(tmp_path / "out") == {name: b"<Document/>"}


def test_a_file_that_was_changed_beside_its_release_is_not_overwritten(tmp_path: Path) -> None:
    out, state = tmp_path / "out", state_of(tmp_path, 2)
    emergency(state, out)
    (out / FILE).write_bytes(b"<Document/>")
    before = lying(out)

    again = emergency(state, out)

    assert (again.exit_code, FILE in again.stderr) == (1, True)
    assert lying(out) == before


def test_the_first_file_put_away_as_never_sent_makes_way(tmp_path: Path) -> None:
    out = tmp_path / "out"
    emergency(state_of(tmp_path, 2), out)
    (tmp_path / "unsent").mkdir()
    for name in (FILE, SIDECAR):
        (out / name).rename(tmp_path / "unsent" / name)

    found = emergency(state_of(tmp_path, 3, minutes=15), out, OTHER)

    assert found.exit_code == 0, found.output
    assert read_release((out / SIDECAR).read_bytes()).releaser == OTHER


def test_a_write_that_breaks_off_leaves_no_half_file_and_is_repeated(tmp_path: Path) -> None:
    out, state = tmp_path / "out", state_of(tmp_path, 2)
    whole = Path.write_bytes

    def half(path: Path, body: bytes) -> int:
        whole(path, body[: len(body) // 2])
        raise OSError("disk full")

    with patch.object(Path, "write_bytes", half):
        broken = emergency(state, out)
    left = set(lying(out))

    assert (broken.exit_code, emergency(state, out).exit_code) == (1, 0)
    assert not left & {FILE, SIDECAR}
    assert set(lying(out)) == {FILE, SIDECAR}


def test_a_state_of_the_future_is_refused_because_a_clock_is_wrong(tmp_path: Path) -> None:
    ahead = emergency(state_of(tmp_path, 2, minutes=75), tmp_path / "out", RELEASER, "--old-state")
    nearly = emergency(state_of(tmp_path, 2, minutes=63), tmp_path / "out")

    assert (ahead.exit_code, nearly.exit_code) == (1, 0), ahead.output + nearly.output
    assert "Uhr" in ahead.stderr
    assert "(0 Minuten alt)" in nearly.stdout.replace("\n", " ")
