"""What protection costs: a release beside the same findings without it.

    python -m bench.gate [--schools 500] [--pupils 300] [--processes 2] [--without-network]

Made-up schools of 75 to 1,200 pupils, then a network of `--schools` with `--pupils` each. No other program
for schools protects its tables jointly; the rival is the findings of the study, unprotected. Each size runs
in a process of its own, so that its peak of memory is its own.
"""

import argparse
import json
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from erbij.findings import registry
from erbij.privacy import gate, workers
from erbij.studies import town
from erbij.studies.opening import open_study

SIZES = ((1, 75), (1, 200), (1, 600), (1, 1200))


def measure(schools: int, pupils: int, processes: int) -> dict[str, float]:
    """Seconds by the clock and of processors; peak of memory in MB, here and in the largest other process."""
    with tempfile.TemporaryDirectory() as folder:
        town.write(town.make(schools, schools * pupils, seed=1), Path(folder))
        study = open_study(Path(folder) / "made-up-answers.csv", Path(folder) / "STUDY.toml")
    start = time.perf_counter()
    registry.answer(study)
    findings = time.perf_counter() - start
    start, work = time.perf_counter(), time.process_time()
    release = gate.release(study, progress=_tell, processes=processes)
    others = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "pupils": study.n,
        "cells": release.cells.height,
        "shown": release.cells.filter(status="shown").height,
        "findings": findings,
        "release": time.perf_counter() - start,
        "work": time.process_time() - work + others.ru_utime + others.ru_stime,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "beside": others.ru_maxrss / 1024,
    }


def _tell(done: int, total: int) -> None:
    if total > 1 and done % 50 == 0:
        print(f"  {done} of {total} blocks", file=sys.stderr, flush=True)


def apart(schools: int, pupils: int, processes: int) -> dict[str, float]:
    """The same in a process of its own."""
    command = [sys.executable, "-m", "bench.gate", "--only", str(schools), str(pupils)]
    command += ["--processes", str(processes)]
    return json.loads(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--schools", type=int, default=500)
    parser.add_argument("--pupils", type=int, default=300)
    parser.add_argument("--processes", type=int, default=workers.available())
    parser.add_argument("--without-network", action="store_true")
    parser.add_argument("--only", type=int, nargs=2, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.only:
        print(json.dumps(measure(*chosen.only, chosen.processes)))
        return
    print(
        f"{platform.machine()}, Python {platform.python_version()}; seconds by the clock (of the processors)"
    )
    network = () if chosen.without_network else ((chosen.schools, chosen.pupils),)
    for schools, pupils in (*SIZES, *network):
        found = apart(schools, pupils, chosen.processes)
        ratio = found["release"] / found["findings"]
        print(
            f"{schools} x {pupils}: {found['cells']} cells, {found['shown']} shown; findings alone "
            f"{found['findings']:.2f} s, release {found['release']:.2f} s ({found['work']:.2f} s), "
            f"{ratio:.1f} x; {found['memory']:.0f} MB, the largest other process {found['beside']:.0f} MB",
            flush=True,
        )


if __name__ == "__main__":
    main()
