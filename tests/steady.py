"""What makes a run the same on any machine, and no longer than it must be.

Properties are tried on the same examples every time: the same code gets the same verdict, however busy the machine is.
`--hypothesis-profile=search` looks for other ones, as often as wanted.

One numeric thread: on two cores, threads that wait by spinning take the time from the rest.

No garbage is looked for while hundreds of modules are imported, nor later among what came of that.
"""

from __future__ import annotations

import gc
import os

from hypothesis import HealthCheck, settings

from tests.fault_tally import choose_seed

UNHURRIED = settings(deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("steady", UNHURRIED, derandomize=True, max_examples=50)
settings.register_profile("search", UNHURRIED, max_examples=1000)


def pytest_configure() -> None:
    """Before the first test module is imported. A profile that was asked for takes over afterwards."""
    settings.load_profile("steady")
    choose_seed()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    gc.disable()


def pytest_collection_finish() -> None:
    """What is imported now stays."""
    gc.freeze()
    gc.enable()
