"""The emulator as a process: start, stop, where it is. Its state lies in ``build/<name>/``."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
INTERPRETER = ROOT / ".venv-emulator" / "bin" / "python"
REGION = "eu-central-2"
ACCOUNT = "000000000000"
_SCRIPT = Path(__file__).with_name("server.py")
_HOST = "127.0.0.1"
_START_SECONDS = 60
_STOP_SECONDS = 2
# The account's root, as far as the emulator is concerned.
_CREDENTIALS = {"AWS_ACCESS_KEY_ID": "emulator", "AWS_SECRET_ACCESS_KEY": "emulator"}


# Kept until they end: a process object that is dropped earlier complains.
_started: dict[int, subprocess.Popen[bytes]] = {}


class EmulatorError(Exception):
    """The emulator cannot be started or used; the message says what to do."""


@dataclass(frozen=True)
class Emulator:
    """A local AWS with IAM enforced. ``name`` is its folder under ``build``; several may run beside each other.

    Args:
        name: the folder for state and log.
        port: a fixed port, or None for any free one. A running emulator keeps the one it has.
    """

    name: str = "emulator"
    port: int | None = 4566

    @property
    def folder(self) -> Path:
        """Where state, log and temporary files lie."""
        return ROOT / "build" / self.name

    @property
    def endpoint(self) -> str:
        """The address that takes the place of AWS.

        Raises:
            EmulatorError: it does not run.
        """
        state = self._state()
        if state is None:
            raise EmulatorError(f"the emulator '{self.name}' does not run: start it with `make demo`")
        return f"http://{_HOST}:{state['port']}"

    @property
    def env(self) -> dict[str, str]:
        """Environment that points an AWS client or the CDK command line at this emulator, as its administrator."""
        region = {"AWS_REGION": REGION, "AWS_DEFAULT_REGION": REGION, "AWS_EC2_METADATA_DISABLED": "true"}
        return {**_CREDENTIALS, **region, "AWS_ENDPOINT_URL": self.endpoint}

    @property
    def log(self) -> Path:
        """What the emulator said; functions' errors too."""
        return self.folder / "emulator.log"

    def running(self) -> bool:
        """Whether it answers."""
        state = self._state()
        return state is not None and _healthy(state["port"])

    def start(self) -> None:
        """Start an empty emulator and wait until it answers. Nothing happens if it runs already.

        Raises:
            EmulatorError: not installed, the port is taken, or it did not come up.
        """
        if self.running():
            return
        if not INTERPRETER.exists():
            raise EmulatorError("the emulator is not installed: run `make setup`")
        self.stop()
        port = _claim(self.port)
        (self.folder / "tmp").mkdir(parents=True)
        process = self._spawn(port)
        self._state_file.write_text(json.dumps({"pid": process.pid, "port": port}), encoding="utf-8")
        self._wait(process, port)

    def stop(self) -> None:
        """Stop it with its functions, and forget everything. Nothing happens if it does not run."""
        state = self._state()
        if state is not None and _is_ours(state["pid"]):
            _end(state["pid"])
        _throw_away(self.folder)

    @property
    def _state_file(self) -> Path:
        return self.folder / "process.json"

    def _state(self) -> dict[str, int] | None:
        if not self._state_file.exists():
            return None
        state: dict[str, int] = json.loads(self._state_file.read_text(encoding="utf-8"))
        return state

    def _spawn(self, port: int) -> subprocess.Popen[bytes]:
        # Functions inherit this environment: nothing of the developer's shell may reach them.
        settings = {"AUTH": "true", "GATEWAY_PORT": str(port), "BIND_HOST": _HOST, "MINISTACK_HOST": "localhost"}
        places = {"TMPDIR": str(self.folder / "tmp"), "HOME": str(self.folder), "PATH": os.environ["PATH"]}
        env = {**_CREDENTIALS, **settings, **places, "MINISTACK_REGION": REGION, "IOT_MTLS_ENABLED": "0"}
        with self.log.open("wb") as log:
            process = subprocess.Popen(
                [INTERPRETER, _SCRIPT], cwd=self.folder, env=env, stdout=log, stderr=log, start_new_session=True
            )
        _started[process.pid] = process
        return process

    def _wait(self, process: subprocess.Popen[bytes], port: int) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline and process.poll() is None:
            if _healthy(port):
                return
            time.sleep(0.1)
        raise EmulatorError(f"the emulator did not start: see {self.log}")


def _throw_away(folder: Path) -> None:
    """Remove a folder later: functions leave ten thousands of unpacked files, and nobody should wait for that."""
    if not folder.exists():
        return
    trash = ROOT / "build" / "trash"
    trash.mkdir(parents=True, exist_ok=True)
    folder.rename(trash / f"{folder.name}-{time.time_ns()}")
    process = subprocess.Popen(["rm", "-rf", trash], start_new_session=True, stderr=subprocess.DEVNULL)
    _started[process.pid] = process


def _healthy(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{_HOST}:{port}/_ministack/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _claim(port: int | None) -> int:
    """A port that is free now: the wanted one, or any."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_HOST, port or 0))
        except OSError as error:
            raise EmulatorError(f"port {port} is taken: stop what uses it, or run `make down`") from error
        return int(probe.getsockname()[1])


def _is_ours(pid: int) -> bool:
    """Whether the process is still the emulator, not another one that got its number."""
    if pid in _started:
        return _started[pid].poll() is None
    seen = Path(f"/proc/{pid}/cmdline")
    if Path("/proc/self").exists():
        return seen.exists() and _SCRIPT.name in seen.read_text(encoding="utf-8", errors="replace")
    listed = subprocess.run(["ps", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return _SCRIPT.name in listed.stdout


def _end(pid: int) -> None:
    """End the process and the functions it started; they share a process group."""
    os.killpg(pid, signal.SIGTERM)
    deadline = time.monotonic() + _STOP_SECONDS
    while time.monotonic() < deadline and _is_ours(pid):
        time.sleep(0.1)
    if _is_ours(pid):
        os.killpg(pid, signal.SIGKILL)
    _started.pop(pid, None)
