"""A school of 1,200 hands in: is every ballot there, once, and how fast?

    python -m bench.handing_in [--pupils 1200] [--seconds 60] [--busy 20] [--json]

The real server on a real database, over real sockets; SQLite, and PostgreSQL where it is installed. First the
school in a minute, then as much as it can take. What counts is rows in the table, never an answer of the
server. The rival is the bare row: see bare.py.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from bench import bare, postgres, school, server
from bench.box import Box

CLASSES = 50
MOST_PER_SECOND = 1500
"""Ballots made for each second of the busy part: more than can be handed in."""
TARGET = {"lost": 0, "doubled": 0, "p99": 1.0, "rate": 400.0}


@dataclass(frozen=True, slots=True)
class Handed:
    """How a handing-in went; times in seconds, from the first sending to the acknowledgement."""

    sent: int
    acknowledged: int
    stored: int
    lost: int
    doubled: int
    refused: int
    resent: int
    p50: float
    p99: float
    longest: float
    rate: float


def tablets(plan: Path, port: int, how: str, *, seconds: float, part: tuple[int, int]) -> dict[str, Any]:
    """Run the tablets in a process of their own."""
    numbers = ["--seconds", str(seconds), "--ballots", *map(str, part)]
    command = [sys.executable, "-m", "bench.tablets", str(plan), str(port), how, *numbers]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=seconds + 600)
    return json.loads(done.stdout)


def weighed(found: dict[str, Any], before: set[str], after: list[str]) -> Handed:
    """Hold what tablets were told against the rows that are there."""
    sent = found["sent"]
    mine = {one["id"] for one in sent}
    acknowledged = {one["id"] for one in sent if one["seconds"] is not None}
    rows = [ballot for ballot in after if ballot not in before]
    took = sorted(one["seconds"] for one in sent if one["seconds"] is not None)
    stored = set(rows) & mine
    return Handed(
        sent=len(sent),
        acknowledged=len(acknowledged),
        stored=len(stored),
        lost=len(acknowledged - stored),
        doubled=len(rows) - len(set(rows)),
        refused=sum(one["statuses"][-1] not in (0, 200) for one in sent),
        resent=sum(len(one["statuses"]) > 1 for one in sent),
        p50=took[len(took) // 2],
        p99=took[int(0.99 * len(took))],
        longest=took[-1],
        rate=len(stored) / found["seconds"],
    )


@contextmanager
def room() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="erbij-bench-") as folder:
        yield Path(folder)


def ours(address: str, *, pupils: int, seconds: float, busy: float) -> dict[str, Any]:
    """The school in its minute, and then all that the server can take."""
    with room() as folder:
        many = pupils + int(busy * MOST_PER_SECOND)
        size = -(-many // CLASSES)
        school.prepare(folder, database=address, classes=CLASSES, size=size, parts=(pupils, many - pupils))
        plan, box = folder / "plan.json", Box(folder, address)
        with server.serving(school.settings(folder, address), folder / "log") as port:
            found = tablets(plan, port, "burst", seconds=seconds, part=(0, pupils))
            minute = weighed(found, set(), box.ids())
            before = set(box.ids())
            found = tablets(plan, port, "saturate", seconds=busy, part=(pupils, many))
            flood = weighed(found, before, box.ids())
        return {
            "minute": asdict(minute),
            "busy": asdict(flood),
            "tallied": box.tallied(),
            "whole": box.is_whole(),
        }


def bare_rows(count: int) -> list[dict[str, str]]:
    """Rows of the size of a ballot; nothing is sealed in them."""
    row = {"wave": "w" * 10, "sealed": "A" * 5570, "class": "c"}
    return [row | {"id": str(uuid4())} for _ in range(count)]


def rival(address: str, *, busy: float) -> dict[str, float]:
    """The same rows through the same server without the application, and without a server."""
    with room() as folder:
        rows = bare_rows(int(busy * 4 * MOST_PER_SECOND))
        plan = folder / "plan.json"
        plan.write_text(json.dumps({"ballots": rows}))
        command = (sys.executable, "-m", "bench.bare")
        with server.serving(school.settings(folder, address), folder / "log", *command) as port:
            found = tablets(plan, port, "saturate", seconds=busy, part=(0, len(rows)))
        took = sorted(one["seconds"] for one in found["sent"] if one["seconds"] is not None)
        where = {"folder": str(folder), "address": address}
        straight = bare.straight(bare_rows(len(rows)), **where, seconds=min(busy, 5))
        return {
            "rate": len(took) / found["seconds"],
            "p99": took[int(0.99 * len(took))],
            "straight": straight,
        }


def side(name: str, address: str, rival_address: str, chosen: argparse.Namespace) -> dict[str, Any]:
    print(
        f"{name}: {chosen.pupils} pupils in {chosen.seconds:.0f} s, then {chosen.busy:.0f} s busy",
        file=sys.stderr,
    )
    own = ours(address, pupils=chosen.pupils, seconds=chosen.seconds, busy=chosen.busy)
    return own | {"name": name, "rival": rival(rival_address, busy=min(chosen.busy, 10))}


def sides(chosen: argparse.Namespace) -> list[dict[str, Any]]:
    found = [side("SQLite", "", "", chosen)]
    if postgres.programs() is None:
        print("PostgreSQL is not installed here: SQLite only.", file=sys.stderr)
        return found
    with postgres.cluster() as cluster:
        version = str(cluster.ask("SHOW server_version")[0][0]).split()[0]
        found.append(side(f"PostgreSQL {version}", cluster.create("ours"), cluster.create("bare"), chosen))
    return found


def table(found: list[dict[str, Any]]) -> str:
    """Numbers and ratios, for a person."""
    lines = ["| | " + " | ".join(each["name"] for each in found) + " |", "|---|" + "---|" * len(found)]
    rows = {
        "the minute: sent, stored, lost, doubled": lambda e: "{sent}, {stored}, {lost}, {doubled}".format(
            **e["minute"]
        ),
        "p50, p99, longest": lambda e: "{p50:.3f}, {p99:.3f}, {longest:.3f} s".format(**e["minute"]),
        "sent again, refused": lambda e: "{resent}, {refused}".format(**e["minute"]),
        "busy, 32 tablets: sent, stored, lost, doubled": lambda e: (
            "{sent}, {stored}, {lost}, {doubled}".format(**e["busy"])
        ),
        "busy: ballots stored per second": lambda e: f"{e['busy']['rate']:.0f}",
        "busy: p50, p99, longest": lambda e: "{p50:.3f}, {p99:.3f}, {longest:.3f} s".format(**e["busy"]),
        "rival, bare row behind the same server": lambda e: compared(e, "rate"),
        "rival, bare row without a server": lambda e: compared(e, "straight"),
        "the database finds itself whole": lambda e: "yes" if e["whole"] else "NO",
    }
    lines += [f"| {name} | " + " | ".join(show(each) for each in found) + " |" for name, show in rows.items()]
    return "\n".join(lines)


def compared(each: dict[str, Any], name: str) -> str:
    rate = each["rival"][name]
    return f"{rate:.0f}/s ({rate / each['busy']['rate']:.1f} x ours)"


def short(each: dict[str, Any]) -> list[str]:
    """What falls short of the targets."""
    minute, busy = each["minute"], each["busy"]
    found = [
        part
        for part in (minute, busy)
        if part["lost"] > TARGET["lost"] or part["doubled"] > TARGET["doubled"]
    ]
    said = [f"{each['name']}: ballots lost or doubled"] if found else []
    if minute["stored"] != minute["sent"] or each["tallied"] != minute["stored"] + busy["stored"]:
        said.append(f"{each['name']}: not every ballot is stored and counted")
    if minute["p99"] >= TARGET["p99"]:
        said.append(f"{each['name']}: p99 {minute['p99']:.2f} s")
    if busy["rate"] < TARGET["rate"]:
        said.append(f"{each['name']}: {busy['rate']:.0f} ballots/s")
    return said


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pupils", type=int, default=1200)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--busy", type=float, default=20)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    found = sides(chosen)
    missed = [line for each in found for line in short(each)]
    if chosen.json:
        print(json.dumps({"sides": found, "short": missed}))
    else:
        machine = f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the end"
        print(f"{time.strftime('%Y-%m-%d')}, {machine}\n\n{table(found)}\n")
        print("\n".join(missed) or "Nothing lost, nothing doubled, within the targets.")
    raise SystemExit(1 if missed else 0)


if __name__ == "__main__":
    main()
