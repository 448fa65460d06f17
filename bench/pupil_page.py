"""How soon a pupil can answer: from the address to a first question that takes a tap, on a slow tablet.

    python -m bench.pupil_page [--times 9] [--slower 4] [--browser /usr/bin/chromium]

Starts `erbij demo` in a folder of its own and opens its class in Chromium with a processor that is slowed
down. Each time is a window of its own without a cache. Shown is the median, with the smallest and largest: by
the clock, which any other work on the machine stretches, and as time of the processor that the page took.
"""

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

START = "from erbij.cli.main import main; main()"
FIRST_TAP = """new Promise((resolve) => {
  // What a pupil needs: the first question is drawn, takes a tap, and the tap is drawn.
  addEventListener("DOMContentLoaded", () => setTimeout(() => {
    document.getElementById("next").click();
    const choice = document.querySelector(".step.now[data-item] .choice");
    choice.click();
    requestAnimationFrame(() => setTimeout(() => resolve({
      ready: performance.now(),
      is_checked: choice.querySelector("input").checked,
      bytes: [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
        .reduce((sum, one) => sum + one.transferSize, 0),
    })));
  }));
})"""


@contextmanager
def a_class_that_is_asked() -> Iterator[str]:
    """The address of the questions in a made-up town, served as a school has it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    with tempfile.TemporaryDirectory() as folder:
        town = [sys.executable, "-c", START, "demo", "--data", f"{folder}/town", "--port", port, "--json"]
        server = subprocess.Popen(town, stdout=subprocess.PIPE, text=True)
        try:
            links = json.loads(server.stdout.readline() if server.stdout else "")
            yield next(iter(links["class"].values()))
        finally:
            server.terminate()
            server.wait(timeout=20)


def until_it_answers(address: str) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(address, timeout=30).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server does not answer")


def opened_once(browser: Browser, address: str, *, slower: float) -> dict[str, Any]:
    context = browser.new_context(viewport={"width": 360, "height": 720})
    page = context.new_page()
    tools = context.new_cdp_session(page)
    tools.send("Performance.enable", {"timeDomain": "threadTicks"})
    tools.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.add_init_script(f"window.firstTap = {FIRST_TAP}")
    page.goto(address)
    found: dict[str, Any] = page.evaluate("window.firstTap")
    metrics = {one["name"]: one["value"] for one in tools.send("Performance.getMetrics")["metrics"]}
    found["work"] = metrics["TaskDuration"] * 1000
    context.close()
    if not found["is_checked"]:
        raise RuntimeError("the first question did not take the tap")
    return found


def shown(name: str, values: list[float], unit: str) -> str:
    low, middle, high = min(values), statistics.median(values), max(values)
    return f"  {name:<34} {middle:8,.0f} {unit}  ({low:,.0f} to {high:,.0f})"


def main() -> None:
    parser = argparse.ArgumentParser(description="How soon a pupil can answer.")
    parser.add_argument("--times", type=int, default=9)
    parser.add_argument("--slower", type=float, default=4)
    parser.add_argument("--browser", default="/usr/bin/chromium")
    asked = parser.parse_args()
    with a_class_that_is_asked() as address, sync_playwright() as driver:
        path = asked.browser if Path(asked.browser).is_file() else None
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        until_it_answers(address)
        opened_once(browser, address, slower=1)  # the server's own first time
        for slower in (1, asked.slower):
            found = [opened_once(browser, address, slower=slower) for _ in range(asked.times)]
            print(f"processor slowed down {slower:g} x, {asked.times} times, load {os.getloadavg()[0]:.1f}")
            print(shown("first question takes a tap", [one["ready"] for one in found], "ms"))
            print(shown("  of which work of the page", [one["work"] for one in found], "ms"))
            print(shown("over the network", [one["bytes"] for one in found], "bytes"))
        browser.close()


if __name__ == "__main__":
    main()
