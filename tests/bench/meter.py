"""What a process has used so far, its children included. Imports nothing but the standard library: peers use it too."""

from __future__ import annotations

import json
import re
import resource
import sys
from pathlib import Path

_STATUS = Path("/proc/self/status")
_BLOCK = 1024  # bytes in which Linux counts memory (man 2 getrusage, man 5 proc)


def cpu_seconds() -> float:
    """Processor time of this process and of its children that have ended, user and system together."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def peak_mb() -> float:
    """The most memory this process held at any time, and on top of it the most that one of its children held.

    An upper bound: a child shares most of what its parent holds. The process's own peak is asked of ``/proc``, because
    that of ``getrusage`` begins with what the program held that started it.
    """
    own = re.search(r"^VmHWM:\s+(\d+)", _STATUS.read_text(encoding="ascii"), re.MULTILINE)
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return (int(own[1] if own else 0) + children) * _BLOCK / 1_000_000


def tell(**figures: object) -> None:
    """Hand figures to the process that measures, as the last line of the output."""
    sys.stdout.write(json.dumps(figures) + "\n")
