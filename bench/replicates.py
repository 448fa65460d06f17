"""Speed and memory of survey statistics with 80 replicate weights, beside a rival in the same run.

    python -m bench.replicates [--rows 600000] [--rival-python PATH]

The rival is `svy` (PyPI) in the Python named by --rival-python or ERBIJ_BENCH_RIVAL, else R's `survey`. Each
side runs in its own process on the same made-up data; without a rival only our own numbers are shown.
"""

import argparse
import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
from scipy.sparse import csr_array

from erbij.stats.design import SamplingDesign
from erbij.stats.domains import domain_means
from erbij.stats.logistic_regression import survey_logistic
from erbij.stats.quantiles import survey_quantiles
from erbij.stats.regression import survey_mean, survey_regression

REPLICATES, FAY, REPEATS = 80, 0.5, 5
NAMES = ["Intercept", "x1", "x2", "x3"]
WEIGHTS = [f"w{r}" for r in range(1, REPLICATES + 1)]


def made_up(rows: int) -> pl.DataFrame:
    rng = np.random.default_rng(20261122)
    X = rng.normal(size=(rows, 3))
    y = 60 + X @ [2.0, -1.0, 0.5] + rng.normal(0, 18, rows)
    w = rng.uniform(0.5, 3, rows)
    factors = rng.choice([FAY, 2 - FAY], (rows, REPLICATES))
    columns = {"y": y, "x1": X[:, 0], "x2": X[:, 1], "x3": X[:, 2], "w": w}
    return pl.DataFrame(columns | {name: w * factors[:, r] for r, name in enumerate(WEIGHTS)})


def timed(task: Callable[[], object]) -> tuple[float, object]:
    task()  # warm
    seconds = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        result = task()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds), result


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def ours(path: Path) -> dict[str, object]:
    frame = pl.read_parquet(path)
    y, w, R = frame["y"].to_numpy(), frame["w"].to_numpy(), frame.select(WEIGHTS).to_numpy()
    X = np.column_stack([np.ones(y.size), frame.select("x1", "x2", "x3").to_numpy()])
    del frame
    design = SamplingDesign(w, R, FAY)
    mean_s, mean = timed(lambda: survey_mean(y, design))
    fit_s, fit = timed(lambda: survey_regression(y, X, design, names=NAMES))
    peak = peak_mb()
    quantile_s, _ = timed(lambda: survey_quantiles(y, design, [0.25, 0.5, 0.75]))
    logistic_s, _ = timed(lambda: survey_logistic((y < 50).astype(float), X, design, names=NAMES))
    rng = np.random.default_rng(1)
    few = csr_array(np.column_stack([np.ones(y.size, bool), rng.random((y.size, 19)) < 0.2]))
    few_s, _ = timed(lambda: domain_means(y, few, design, parents=np.zeros(20, dtype=int)))
    rows = np.arange(y.size)
    many = csr_array(
        (np.ones(3 * y.size, bool), (np.tile(rows, 3), units(y.size, rng))), shape=(y.size, 20_001)
    )
    parents = np.concatenate([np.zeros(1, dtype=int), 1 + np.arange(20_000) // 4 * 4])
    clustered = SamplingDesign(w, clusters=rows // 25)
    many_s, _ = timed(lambda: domain_means(y, many, clustered, parents=parents))
    return {
        "mean_s": mean_s,
        "regression_s": fit_s,
        "peak_mb": peak,
        "mean": [mean.value, mean.se],
        "slope": [fit.beta[1], fit.se[1]],
        "three quantiles with replicates": quantile_s,
        "logistic regression with replicates, to the last digit": logistic_s,
        "20 domains with replicates": few_s,
        "20,001 domains linearised in clusters": many_s,
        "peak_mb of everything": peak_mb(),
    }


def units(n: int, rng: np.random.Generator) -> np.ndarray:
    """Everyone; a school (every fourth domain); a group in that school."""
    school = np.arange(n) * 5000 // n
    return np.concatenate([np.zeros(n, dtype=int), 1 + 4 * school, 2 + 4 * school + rng.integers(0, 3, n)])


# Runs in the rival's Python, which has no erbij.
SVY = """
import json, resource, statistics, sys, time
import polars as pl, svy
frame = pl.read_parquet(sys.argv[1])
W = [f"w{r}" for r in range(1, 81)]
design = svy.Design(wgt="w", rep_wgts=svy.BrrWgts(prefix="w", n_reps=80, df=79, fay_coef=0.5))
sample = svy.Sample(frame, design)
def timed(task):
    task(); seconds = []
    for _ in range(5):
        start = time.perf_counter(); result = task(); seconds.append(time.perf_counter() - start)
    return statistics.median(seconds), result
out = {"name": "svy " + svy.__version__}
out["mean_s"], mean = timed(lambda: sample.estimation.mean(
    "y", method="replication", variance_center="estimate"))
e = mean.estimates[0]; out["mean"] = [e.est, e.se]
out["regression_s"], fit = timed(lambda: sample.glm.fit("y", x=["x1", "x2", "x3"], method="replication"))
out["slope"] = [fit.fitted.coefs[1].est, fit.fitted.coefs[1].se]
out["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps(out))
"""

SURVEY = """
suppressPackageStartupMessages({library(survey); library(jsonlite)})
file <- commandArgs(TRUE)[1]; W <- paste0("w", 1:80)
d <- as.data.frame(matrix(readBin(file, "double", file.size(file) / 8), ncol = 85))
names(d) <- c("y", "x1", "x2", "x3", "w", W)
design <- svrepdesign(weights = ~w, repweights = as.matrix(d[W]), data = d[c("y", "x1", "x2", "x3", "w")],
  type = "Fay", rho = 0.5, combined.weights = TRUE, mse = TRUE)
seconds <- function(f) unname(system.time(f())["elapsed"])
mean_s <- seconds(function() m <<- svymean(~y, design))
fit_s <- seconds(function() g <<- svyglm(y ~ x1 + x2 + x3, design))
peak <- sum(gc()[, 6])
cat(toJSON(list(name = paste("R survey", packageVersion("survey")), mean_s = mean_s, regression_s = fit_s,
  peak_mb = peak, mean = c(coef(m), SE(m)), slope = c(coef(g)[2], SE(g)[2])), auto_unbox = TRUE, digits = NA))
"""


def run(command: list[str]) -> dict[str, object] | None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(
            f"did not run: {' '.join(command)[:60]}: {done.stderr.strip().splitlines()[-3:]}", file=sys.stderr
        )
        return None
    return json.loads(done.stdout.strip().splitlines()[-1])


def rivals(path: Path, python: str | None) -> list[dict[str, object]]:
    found = []
    if python:
        found.append(run([python, "-c", SVY, str(path)]))
    if shutil.which("Rscript"):
        plain = path.with_suffix(".bin")
        pl.read_parquet(path).to_numpy().ravel(order="F").tofile(plain)
        found.append(run(["Rscript", "-e", SURVEY, str(plain)]))
    return [rival for rival in found if rival]


def line(name: str, row: dict[str, object], own: dict[str, object]) -> str:
    cells = [f"{row[k]:.3f} s ({row[k] / own[k]:.1f} x)" for k in ("mean_s", "regression_s")]
    cells.append(f"{row['peak_mb']:,.0f} MB ({row['peak_mb'] / own['peak_mb']:.1f} x)")
    cells += [f"{row[k][0]:.6f} ({row[k][1]:.6f})" for k in ("mean", "slope")]
    return " | ".join([name, *cells])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=600_000)
    parser.add_argument("--rival-python", default=os.environ.get("ERBIJ_BENCH_RIVAL"))
    parser.add_argument("--ours", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.ours:
        print(json.dumps(ours(chosen.ours)))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made-up.parquet"
        made_up(chosen.rows).write_parquet(path)
        own = run([sys.executable, "-m", "bench.replicates", "--ours", str(path)])
        others = rivals(path, chosen.rival_python)
    if own is None:
        raise SystemExit(1)
    machine = f"{platform.machine()}, {os.cpu_count()} cores"
    print(f"{time.strftime('%Y-%m-%d')}, {machine}, {chosen.rows:,} rows, {REPLICATES} replicates")
    print("| | mean | three slopes | peak memory | mean (SE) | first slope (SE) |\n|---|---|---|---|---|---|")
    print("| " + line("erbij", own, own) + " |")
    for rival in others:
        print("| " + line(str(rival["name"]), rival, own) + " |")
    if not others:
        print("No rival here: neither svy (name its Python with --rival-python) nor R's survey was found.")
    for key in (key for key in own if " " in key and not key.startswith("peak_mb")):
        print(f"{key}: {own[key]:.2f} s")
    print(f"peak memory with these: {own['peak_mb of everything']:,.0f} MB")


if __name__ == "__main__":
    main()
