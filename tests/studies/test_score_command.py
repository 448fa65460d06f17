import json

import numpy as np
import polars as pl
import pytest
from click.testing import CliRunner

from erbij.cli.score import score
from erbij.errors import StudyError

ITEMS = [f"ST034Q0{i}TA" for i in range(1, 7)]


def run(*arguments: object):
    words = [str(a) for a in arguments]
    return CliRunner().invoke(score, [*words, "--instrument", "pisa-2015-belonging"], catch_exceptions=False)


def test_score_adds_a_column_for_each_scale_and_leaves_the_others(tmp_path, pisa_frame):
    frame = pisa_frame.with_columns(pl.Series("school", ["007"] * 40), pl.lit(0.1).alias("-w"))
    frame.write_csv(tmp_path / "a.csv")
    result = run(tmp_path / "a.csv", "--out", tmp_path / "b.csv")
    before, after = (pl.read_csv(tmp_path / f, infer_schema=False) for f in ("a.csv", "b.csv"))
    assert after.columns == [*frame.columns[:-1], "'-w", "score.belonging"]
    assert after.select(pl.all().exclude("score.belonging", "'-w")).equals(before.drop("-w"))
    scores = after["score.belonging"].cast(pl.Float64)
    assert scores.is_null().to_list() == [False, True] + [False] * 38
    # Items 2, 3 and 5 are agreed with by those who belong; 1 = strongly agree.
    codes = pisa_frame.select(ITEMS).row(2)
    points = [(4 - c) if i in (1, 2, 4) else (c - 1) for i, c in enumerate(codes)]
    assert scores[2] == pytest.approx(np.mean(points) / 3 * 100, abs=1e-9)
    assert "score.belonging: 39 scores" in result.stdout
    assert "too-few-answers, belonging: 1" in result.stdout


def test_score_prints_counts_as_json(tmp_path, pisa_frame):
    pisa_frame.write_parquet(tmp_path / "a.parquet")
    told = json.loads(run(tmp_path / "a.parquet", "--out", tmp_path / "b.parquet", "--json").stdout)
    assert told["rows"] == 40
    assert told["scores"] == {"belonging": 39}
    assert told["exclusions"] == [{"what": "too-few-answers", "where": "belonging", "count": 1}]
    assert pl.read_parquet(tmp_path / "b.parquet").drop("score.belonging").equals(pisa_frame)


def test_score_makes_formulas_harmless_and_leaves_numbers(tmp_path, pisa_frame):
    texts = ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", "-1.5", "+3", "-1,5", "1e-5", "-", "plain", " =1"]
    frame = pisa_frame.head(12).with_columns(pl.Series("text", texts))
    frame.write_csv(tmp_path / "a.csv")
    run(tmp_path / "a.csv", "--out", tmp_path / "b.csv")
    found = pl.read_csv(tmp_path / "b.csv", infer_schema=False)["text"].to_list()
    safe = [
        "'=1+1",
        "'+cmd",
        "'-2+3",
        "'@SUM(A1)",
        "'\t=1",
        "-1.5",
        "+3",
        "-1,5",
        "1e-5",
        "'-",
        "plain",
        " =1",
    ]
    assert found == safe


def test_score_reads_what_delimiter_and_encoding_say(tmp_path, pisa_frame):
    text = pisa_frame.with_columns(pl.lit("é").alias("naam")).write_csv(separator=";")
    (tmp_path / "a.csv").write_bytes(text.encode("cp1252"))
    run(tmp_path / "a.csv", "--out", tmp_path / "b.csv", "--delimiter", ";", "--encoding", "cp1252")
    assert pl.read_csv(tmp_path / "b.csv")["naam"][0] == "é"


def test_score_never_writes_over_the_answers(tmp_path, pisa_frame):
    pisa_frame.write_csv(tmp_path / "a.csv")
    before = (tmp_path / "a.csv").read_bytes()
    (tmp_path / "link.csv").symlink_to(tmp_path / "a.csv")
    for out in ("a.csv", "link.csv"):
        with pytest.raises(StudyError, match="would overwrite the answers"):
            run(tmp_path / "a.csv", "--out", tmp_path / out)
    assert (tmp_path / "a.csv").read_bytes() == before


@pytest.mark.parametrize(("out", "telling"), [("b.xlsx", ".csv, .parquet"), ("none/b.csv", "no such folder")])
def test_score_refuses_where_it_cannot_write(tmp_path, pisa_frame, out, telling):
    pisa_frame.write_csv(tmp_path / "a.csv")
    with pytest.raises(StudyError, match=telling):
        run(tmp_path / "a.csv", "--out", tmp_path / out)
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]


def test_score_refuses_a_file_that_has_scores(tmp_path, pisa_frame):
    pisa_frame.with_columns(pl.lit(1).alias("score.belonging")).write_csv(tmp_path / "a.csv")
    with pytest.raises(StudyError, match="already has scores"):
        run(tmp_path / "a.csv", "--out", tmp_path / "b.csv")
    assert not (tmp_path / "b.csv").exists()


def test_score_refuses_a_wrong_code_with_its_row(tmp_path, pisa_frame):
    pisa_frame.with_columns(pl.lit(7).alias(ITEMS[1])).write_csv(tmp_path / "a.csv")
    with pytest.raises(StudyError, match=r"row 2, column ST034Q02TA: not a code .*; found 7\.0"):
        run(tmp_path / "a.csv", "--out", tmp_path / "b.csv")
