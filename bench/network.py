"""A network as its researcher meets it: `erbij report` on one file of all pupils.

    python -m bench.network [--schools 500] [--pupils 1200] [--processes 2]

The town is made first, by a process of its own. What counts is the time by the clock, that of the processors,
and the highest sum of the memory of the command and of all processes that it starts (proportional set size,
so that what they share counts once; looked at five times a second). No other program for schools protects
tables jointly; beside it stand the time of reading the file alone, and what was asked for.
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

from erbij.privacy import workers

ASKED_SECONDS, ASKED_MB = 600, 4096
LOOK = 0.2

MAKE = """
import sys
from pathlib import Path
from erbij.studies import town
schools, pupils = int(sys.argv[1]), int(sys.argv[2])
town.write(town.make(schools, schools * pupils, seed=1), Path(sys.argv[3]))
"""
READ = """
import sys, time
from pathlib import Path
from erbij.studies.opening import open_study
start = time.perf_counter()
open_study(Path(sys.argv[1]) / "made-up-answers.csv", Path(sys.argv[1]) / "STUDY.toml")
print(time.perf_counter() - start)
"""


def measure(folder: Path, schools: int, pupils: int, processes: int) -> dict[str, float]:
    """Make the town, read it, and make its report."""
    subprocess.run([sys.executable, "-c", MAKE, str(schools), str(pupils), str(folder)], check=True)
    read = subprocess.run([sys.executable, "-c", READ, str(folder)], stdout=subprocess.PIPE, check=True)
    command = [str(Path(sys.executable).with_name("erbij")), "report", str(folder / "made-up-answers.csv")]
    command += ["--study", str(folder / "STUDY.toml"), "--out", str(folder / "out"), "--json"]
    before, start = _work(), time.perf_counter()
    run = subprocess.Popen([*command, "--processes", str(processes)], stdout=subprocess.PIPE, text=True)
    peak = _watch(run)
    if run.wait():
        sys.exit("the report was not made")
    cells = json.loads(run.stdout.read())["cells"]  # type: ignore[union-attr]
    return {
        **cells,
        "reading": float(read.stdout),
        "clock": time.perf_counter() - start,
        "work": _work() - before,
        "memory": peak,
        "files": sum(file.stat().st_size for file in (folder / "out").iterdir()) / 1e6,
    }


def _work() -> float:
    of_children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return of_children.ru_utime + of_children.ru_stime


def _watch(run: subprocess.Popen[str]) -> float:
    """The highest sum of memory of a process and of all that it started, in MB, until it ends."""
    peak = 0.0
    while run.poll() is None:
        peak = max(peak, sum(map(_memory, _family(run.pid))))
        time.sleep(LOOK)
    return peak


def _family(pid: int) -> list[int]:
    try:
        tasks = [task / "children" for task in Path(f"/proc/{pid}/task").iterdir()]
        children = [int(child) for task in tasks for child in task.read_text().split()]
    except OSError:
        return []
    return [pid, *(each for child in children for each in _family(child))]


def _memory(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--schools", type=int, default=500)
    parser.add_argument("--pupils", type=int, default=1200)
    parser.add_argument("--processes", type=int, default=workers.available())
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder), chosen.schools, chosen.pupils, chosen.processes)
    print(
        f"{platform.machine()}, Python {platform.python_version()}, {chosen.processes} processes; "
        f"{chosen.schools} x {chosen.pupils}: {found['shown']} cells shown, {found['withheld']} withheld, "
        f"{found['files']:.0f} MB of files\n"
        f"{found['clock']:.0f} s by the clock ({found['clock'] / ASKED_SECONDS:.2f} of what was asked, "
        f"{found['clock'] / found['reading']:.0f} x reading the file), "
        f"{found['work']:.0f} s of the processors; "
        f"{found['memory']:.0f} MB ({found['memory'] / ASKED_MB:.2f} of what was asked)"
    )


if __name__ == "__main__":
    main()
