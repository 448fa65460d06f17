"""`erbij sums` of a Parquet file that does not fit in memory, beside merely reading the columns it needs.

    python -m bench.scan [--rows 100000000] [--schools 100000] [--folder FOLDER]

The made-up file is written in chunks to a temporary folder and deleted afterwards: 2 GB at 10^8 rows,
and as much again while it is made. Each side runs in its own process, one after the other. Seconds by the
clock, and of the processor, which other work lengthens less; memory is the peak of the process.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

FORMULA = "y ~ x + girl + (1 + x | school)"
BYTES_A_ROW = 40
CHUNK = 5_000_000

# Reads every value of the columns, and adds them up so that none can be skipped.
SCAN = """
import duckdb, sys, time
start, cpu = time.perf_counter(), time.process_time()
duckdb.sql(f"SELECT sum(y), sum(x), sum(girl), sum(school) FROM read_parquet('{sys.argv[1]}')").fetchall()
print(time.perf_counter() - start, time.process_time() - cpu)
"""
SUMS = """
import sys, time
from click.testing import CliRunner
from erbij.cli.bench import sums
start, cpu = time.perf_counter(), time.process_time()
ended = CliRunner().invoke(sums, [sys.argv[1], sys.argv[2], "--out", sys.argv[3]], catch_exceptions=False)
assert ended.exit_code == 0, ended.output
print(time.perf_counter() - start, time.process_time() - cpu)
"""
POLARS = """
import sys, time
import polars as pl
from erbij.stats.aggregation import aggregate
start, cpu = time.perf_counter(), time.process_time()
aggregate(sys.argv[2], pl.scan_parquet(sys.argv[1]), for_pooling=True)
print(time.perf_counter() - start, time.process_time() - cpu)
"""
# Not ru_maxrss, which starts from what the parent took.
MEASURED = """
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
print(int(status["VmHWM"].split()[0]) / 1024)
"""


def made_up(path: Path, rows: int, schools: int) -> None:
    """Pupils of one school after those of another; numbers by hashing, so that chunks need no state."""
    parts = []
    for start in range(0, rows, CHUNK):
        part = path.with_name(f"part-{start}.parquet")
        duckdb.sql(
            f"""COPY (SELECT school, x, girl,
              60 + 2 * x + girl + (hash(school) % 1009) / 200.0 + (hash(i + 3) % 1000033) / 20000.0 AS y
            FROM (SELECT i, i * {schools} // {rows} AS school, (hash(i + 7) % 2)::TINYINT AS girl,
              (hash(i) % 1000003) / 288675.0 - 1.732 AS x
              FROM range({start}, {min(start + CHUNK, rows)}) t(i))) TO '{part}' (FORMAT parquet)"""
        )
        parts.append(part)
    duckdb.sql(f"COPY (FROM read_parquet({[str(part) for part in parts]})) TO '{path}' (FORMAT parquet)")
    for part in parts:
        part.unlink()


def run(code: str, *arguments: str) -> tuple[float, float, float]:
    """Seconds by the clock and of the processor, and the peak of memory in MB, of a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", code + MEASURED, *arguments], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    seconds, cpu, peak = map(float, done.stdout.split()[-3:])
    return seconds, cpu, peak


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=100_000_000)
    parser.add_argument("--schools", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, help="Where there is room for the made-up file.")
    parser.add_argument("--polars", action="store_true", help="Polars streaming too; takes much memory.")
    chosen = parser.parse_args()
    needed = 2 * chosen.rows * BYTES_A_ROW
    if shutil.disk_usage(chosen.folder or tempfile.gettempdir()).free < needed + 2**30:
        raise SystemExit(f"too little room for {needed / 1e9:.0f} GB of made-up rows: name a --folder")
    with tempfile.TemporaryDirectory(dir=chosen.folder) as folder:
        path, out = Path(folder) / "made-up.parquet", Path(folder) / "sums.json"
        made_up(path, chosen.rows, chosen.schools)
        size = path.stat().st_size / 1e9
        run(SCAN, str(path))  # what the machine keeps of the file it keeps for all
        found = {"scan": run(SCAN, str(path)), "erbij sums": run(SUMS, str(path), FORMULA, str(out))}
        told = json.loads(out.read_text())
        assert sum(told["counts"]) == chosen.rows
        if chosen.polars:
            found["Polars streaming"] = run(POLARS, str(path), FORMULA)
        found["scan again"] = run(SCAN, str(path))
    scans = [found["scan"], found["scan again"]]
    clock, processor = (min(scan[k] for scan in scans) for k in (0, 1))
    machine = f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    size = f"{chosen.rows:,} rows, {chosen.schools:,} schools, {size:.1f} GB"
    print(f"{time.strftime('%Y-%m-%d')}, {machine}, {size}")
    print("| | by the clock | of the processor | peak memory |\n|---|---|---|---|")
    for name, (seconds, cpu, peak) in found.items():
        times = f"{seconds:.1f} s ({seconds / clock:.1f} x) | {cpu:.1f} s ({cpu / processor:.1f} x)"
        print(f"| {name} | {times} | {peak:,.0f} MB |")


if __name__ == "__main__":
    main()
