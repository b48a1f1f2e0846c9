"""While a model works, Python goes on."""

import threading
import time

import numpy as np
import pytest

import btyd


def longest_silence(work):
    """How long the work took, and the longest time for which another thread could not run meanwhile."""
    ticks, over = [], threading.Event()

    def tick():
        while not over.is_set():
            ticks.append(time.perf_counter())

    ticker = threading.Thread(target=tick)
    ticker.start()
    while not ticks:
        pass
    began = time.perf_counter()
    work()
    took = time.perf_counter() - began
    over.set()
    ticker.join()
    inside = [began, *(t for t in ticks if began < t < began + took), began + took]
    return took, max(np.diff(inside))


CUSTOMERS = btyd.ParetoNbd([0.8, 6.0, 0.6, 12.0]).simulate(np.linspace(20, 52, 400_000), seed=1)


@pytest.mark.parametrize(
    "work",
    [
        lambda: btyd.ParetoNbd.fit(CUSTOMERS),
        lambda: [btyd.ParetoNbd([0.8, 6.0, 0.6, 12.0]).score(CUSTOMERS, within=39) for _ in range(8)],
    ],
    ids=["fitting", "scoring"],
)
def test_another_thread_runs_while_a_model_works(work):
    took, silence = longest_silence(work)
    assert silence < took / 3, f"another thread was silent for {silence:.3f} of {took:.3f} seconds"


def test_fits_in_threads_are_the_fits():
    base = {name: column[:20_000] for name, column in CUSTOMERS.items()}
    want = btyd.ParetoNbd.fit(base).parameters
    found = []
    threads = [threading.Thread(target=lambda: found.append(btyd.ParetoNbd.fit(base).parameters)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [want] * 4
