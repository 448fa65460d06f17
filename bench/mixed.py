"""Seconds for linear mixed models beside lme4, statsmodels, mixedlm and glmm, in one run.

    python -m bench.mixed [--rows 1000000] [--rivals-python PATH] [--data NAME...] [--slow]

The rivals from PyPI run in a Python of their own, named by --rivals-python or ERBIJ_BENCH_MIXED
(`python3.11 -m venv rivals && rivals/bin/pip install glmm mixedlm statsmodels pandas pyarrow`); lme4 where
`Rscript` is there. Each side runs in its own process on the same files and fits from a table in memory: the
median of five fits after a warm one. --slow adds lme4 and statsmodels, which may take minutes.
"""

import argparse
import json
import os
import platform
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

from erbij.stats import mixed_fit
from erbij.stats.frame_rows import sums_of

SHARED = Path(os.environ.get("ERBIJ_SHARED", Path(__file__).resolve().parents[2] / "shared" / "data"))
MODELS = {
    "hsb82": "mAch ~ minrty + sx + cses + meanses + sector + (1 + cses | school)",
    "chem97": "score ~ gcsecnt + gender + age + (1 + gcsecnt | school)",
    "crossed": "y ~ x + (1 | s) + (1 | d)",
    "large": "y ~ x + z + (1 + x | g)",
}
REPEATS = 5


def crossed_rows() -> pl.DataFrame:
    """As large as InstEval: 2,972 students rate 1,128 teachers."""
    rng = np.random.default_rng(1)
    n = 73_421
    s, d, x = rng.integers(0, 2972, n), rng.integers(0, 1128, n), rng.normal(size=n)
    y = 3 + 0.2 * x + rng.normal(0, 0.33, 2972)[s] + rng.normal(0, 0.52, 1128)[d] + rng.normal(0, 1.2, n)
    return pl.DataFrame({"y": y, "x": x, "s": s, "d": d})


def large_rows(n: int) -> pl.DataFrame:
    rng = np.random.default_rng(2)
    J = max(n // 100, 2)
    g, x, z = rng.integers(0, J, n), rng.normal(size=n), rng.normal(size=n)
    y = 1 + 0.5 * x - 0.2 * z + rng.normal(0, 0.5, J)[g] + rng.normal(0, 0.3, J)[g] * x + rng.normal(size=n)
    return pl.DataFrame({"y": y, "x": x, "z": z, "g": g})


def files(folder: Path, rows: int) -> dict[str, Path]:
    """Each data set as Parquet, and text columns as numbers in a plain file for R."""
    made = {"crossed": crossed_rows(), "large": large_rows(rows)}
    for name in ("hsb82", "chem97"):
        if (SHARED / f"{name}.parquet").exists():
            made[name] = pl.read_parquet(SHARED / f"{name}.parquet")
    found = {}
    for name, formula in MODELS.items():
        if name not in made:
            continue
        used = [c for c in made[name].columns if c in formula.replace("(", " ").replace(")", " ").split()]
        frame = made[name].select(used)
        found[name] = folder / f"{name}.parquet"
        frame.write_parquet(found[name])
        codes = frame.with_columns(pl.col(pl.String).rank("dense")).cast(pl.Float64)
        codes.to_numpy().ravel(order="F").tofile(found[name].with_suffix(".bin"))
        found[name].with_suffix(".names").write_text(" ".join(used))
    return found


def timed(task: Callable[[], float]) -> dict[str, float]:
    task()
    seconds = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        loglik = task()
        seconds.append(time.perf_counter() - start)
    return {"s": statistics.median(seconds), "loglik": loglik}


def ours(path: Path, formula: str) -> dict[str, float]:
    frame = pl.read_parquet(path)

    def fitted() -> float:
        sums, plan = sums_of(formula, frame)
        return mixed_fit.fit(sums, plan.layout).loglik

    return timed(fitted)


PYTHON = """
import json, statistics, sys, time, warnings
import pandas as pd
warnings.simplefilter("ignore")
name, path, formula, rival = sys.argv[1:5]
frame = pd.read_parquet(path)
def glmm_fit():
    import glmm
    groups = ("g", "s", "d", "school")
    data = {c: (frame[c].astype(str) if c in groups else frame[c]).to_numpy() for c in frame}
    def once():
        fit = glmm.fit(data, formula, reml=True)
        return float(getattr(fit, "loglik", getattr(fit, "log_lik", float("nan"))))
    return once
def mixedlm_fit():
    import mixedlm
    def once():
        fit = mixedlm.lmer(formula, frame)
        return float(getattr(fit.logLik(), "value", fit.logLik()))
    return once
def statsmodels_fit():
    import statsmodels.formula.api as smf
    fixed, random = formula.split(" + (")
    slopes, group = random.strip(")").split(" | ")
    return lambda: float(smf.mixedlm(fixed, frame, groups=frame[group], re_formula="~" + slopes).fit().llf)
once = {"glmm": glmm_fit, "mixedlm": mixedlm_fit, "statsmodels": statsmodels_fit}[rival]()
loglik = once(); seconds = []
for _ in range(5 if name != "large" else 2):
    start = time.perf_counter(); once(); seconds.append(time.perf_counter() - start)
print(json.dumps({"s": statistics.median(seconds), "loglik": loglik}))
"""

LME4 = """
suppressPackageStartupMessages({library(lme4); library(jsonlite)})
a <- commandArgs(TRUE); names <- strsplit(readLines(paste0(a[1], ".names"), warn = FALSE), " ")[[1]]
file <- paste0(a[1], ".bin")
d <- as.data.frame(matrix(readBin(file, "double", file.size(file) / 8), ncol = length(names)))
names(d) <- names
s <- replicate(3, system.time(m <<- lmer(as.formula(a[2]), d))["elapsed"])
cat(toJSON(list(s = median(s), loglik = as.numeric(logLik(m))), auto_unbox = TRUE, digits = NA))
"""


def run(command: list[str]) -> dict[str, float] | None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"did not run: {command[0]}: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
        return None
    return json.loads(done.stdout.strip().splitlines()[-1])


def rivals(name: str, path: Path, python: str | None, *, slow: bool) -> dict[str, dict[str, float] | None]:
    found: dict[str, dict[str, float] | None] = {}
    if python:
        which = ["glmm", "mixedlm"] + (["statsmodels"] if slow and name != "crossed" else [])
        for rival in which:
            found[rival] = run([python, "-c", PYTHON, name, str(path), MODELS[name], rival])
    if shutil.which("Rscript") and slow:
        found["lme4"] = run(["Rscript", "-e", LME4, str(path.with_suffix("")), MODELS[name]])
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rivals-python", default=os.environ.get("ERBIJ_BENCH_MIXED"))
    parser.add_argument("--data", nargs="+", default=list(MODELS), choices=list(MODELS))
    parser.add_argument("--slow", action="store_true")
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(ours(Path(options.one[1]), MODELS[options.one[0]])))
        return
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores; NumPy {np.__version__}")
    with tempfile.TemporaryDirectory() as folder:
        made = files(Path(folder), options.rows)
        for name, path in ((name, made[name]) for name in options.data if name in made):
            own = run([sys.executable, "-m", "bench.mixed", "--one", name, str(path)])
            if own is None:
                continue
            print(f"{name}: erbij {own['s']:.4f} s, log-likelihood {own['loglik']:.4f}")
            for rival, there in rivals(name, path, options.rivals_python, slow=options.slow).items():
                if there:
                    ratio = there["s"] / own["s"]
                    print(f"  {rival} {there['s']:.4f} s ({ratio:.1f} x), {there['loglik']:.4f}")


if __name__ == "__main__":
    main()
