"""Imports a module with nothing but what Lambda brings and the function's layers, and tells what that took.

Arguments: the path, joined by ``:``, the module, and what its first call imports besides (``module`` or
``module:function``, which is then called). Run with ``-I -S``: the packages of the environment stay out of sight.
"""

import importlib
import sys
import time


def bring(what: str) -> None:
    """Import a module; call the function after the colon, if there is one."""
    module, _, call = what.partition(":")
    found = importlib.import_module(module)
    if call:
        getattr(found, call)()


path, at_start, *at_first_call = sys.argv[1:]
sys.path[:0] = path.split(":")
begun = time.process_time()
bring(at_start)
started = time.process_time()
for later in at_first_call:
    bring(later)
called = time.process_time()
sys.stdout.write(f'{{"start": {started - begun}, "first_call": {called - begun}}}\n')
