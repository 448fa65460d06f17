"""Schools with a server of their own take part in a network: signed sums, and who is kept out."""

import datetime as dt
import json
import stat

import msgspec
import numpy as np
import polars as pl
import pytest
from click.testing import CliRunner

from erbij.cli.main import erbij
from erbij.privacy import signature

FORMULA = "score ~ girl + (1 | school)"
SCHOOLS = ("north", "south", "west")


def run(*arguments):
    return CliRunner().invoke(erbij, [str(one) for one in arguments])


def answers(school, seed):
    rng = np.random.default_rng(seed)
    n = 80 + 10 * seed
    girl, level = rng.integers(0, 2, n), 60 + 3 * seed
    score = level - 4 * girl + rng.normal(0, 12, n)
    return pl.DataFrame({"score": score, "girl": girl, "school": [school] * n})


@pytest.fixture(scope="module")
def sent(tmp_path_factory):
    """A folder with answers, keys and signed sums of three schools, and the keys that the network knows."""
    folder = tmp_path_factory.mktemp("network")
    lines = ["[schools]"]
    for seed, school in enumerate(SCHOOLS, 1):
        answers(school, seed).write_csv(folder / f"{school}.csv")
        made = run("sums-key", "--out", folder / f"{school}.key")
        lines.append(f'{school} = "{made.stdout.strip()}"')
        sign(folder, school)
    (folder / "keys.toml").write_text("\n".join(lines))
    return folder


def sign(folder, school, *, out=None, called=None):
    done = run(
        *("sums", folder / f"{school}.csv", FORMULA, "--out", out or folder / f"{school}.json"),
        *("--for-network", "--sign", folder / f"{school}.key", "--school", called or school),
    )
    assert done.exit_code == 0, done.output


def pool(folder, *files, **more):
    options = [part for name, value in more.items() for part in (f"--{name}", value)]
    return run("pool", *files, "--trust", folder / "keys.toml", "--json", *options)


def files(folder):
    return [folder / f"{school}.json" for school in SCHOOLS]


def resigned(folder, school, day, text=None):
    read = json.loads((folder / f"{school}.json").read_text())
    made = signature.Signed(school, day, text or read["text"])
    return signature.sign(made, (folder / f"{school}.key").read_bytes())


def test_pooled_result_is_that_of_one_server(sent):
    pl.concat([pl.read_csv(sent / f"{school}.csv") for school in SCHOOLS]).write_csv(sent / "all.csv")
    one = json.loads(run("fit", sent / "all.csv", FORMULA, "--json").stdout)
    found = pool(sent, *files(sent))
    assert found.exit_code == 0, found.output
    pooled = json.loads(found.stdout)
    assert pooled["n"] == one["n"] == sum(80 + 10 * seed for seed in (1, 2, 3))
    for what in ("beta", "se"):
        assert pooled[what] == pytest.approx(one[what], rel=1e-6)
    assert pooled["sigma2"] == pytest.approx(one["sigma2"], rel=1e-6)
    [ours], [theirs] = pooled["variances"], one["variances"]
    assert ours["value"] == pytest.approx(theirs["value"], rel=1e-5)


@pytest.mark.parametrize(("classes", "expected"), [(2, ["north 1", "north 2"]), (1, ["north/0"])])
def test_classes_of_two_schools_are_not_one(sent, tmp_path, classes, expected):
    named = pl.read_csv(sent / "south.csv").with_columns(
        pl.lit("north").alias("school"), (pl.int_range(pl.len()) % classes).cast(pl.String).alias("class")
    )
    named.write_csv(tmp_path / "north.csv")
    formula = "score ~ 1 + (1 | school) + (1 | class)"
    done = run("sums", tmp_path / "north.csv", formula, "--out", tmp_path / "north.json", "--for-network")
    assert done.exit_code == 0, done.output
    assert json.loads((tmp_path / "north.json").read_text())["levels"][1] == expected


def test_private_key_is_for_its_owner_only_and_is_never_written_over(sent):
    before = (sent / "north.key").read_bytes()
    assert stat.S_IMODE((sent / "north.key").stat().st_mode) == 0o600
    again = run("sums-key", "--out", sent / "north.key")
    assert again.exit_code == 1
    assert "is there already" in str(again.exception)
    assert (sent / "north.key").read_bytes() == before


@pytest.mark.parametrize(
    ("field", "value"), [("text", "{}"), ("school", "south"), ("on", "2031-01-01"), ("signature", "AAAA")]
)
def test_what_was_changed_is_refused(sent, tmp_path, field, value):
    file = json.loads((sent / "north.json").read_text()) | {field: value}
    (tmp_path / "changed.json").write_bytes(msgspec.json.encode(file))
    done = pool(sent, tmp_path / "changed.json", sent / "west.json")
    assert done.exit_code == 1
    assert "the signature is not that of the school" in str(done.exception)
    assert "ask the school for it again" in str(done.exception)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{}", "is not signed"),
        ('{"format":"erbij-signed/1"', "is not whole"),
        ('{"format":"erbij-signed/1","school":"north"}', "is not whole"),
    ],
)
def test_what_is_no_signed_file_is_refused(sent, tmp_path, content, said):
    (tmp_path / "file.json").write_text(content)
    done = pool(sent, tmp_path / "file.json")
    assert done.exit_code == 1
    assert said in str(done.exception)


def test_school_without_a_known_key_is_refused(sent, tmp_path):
    sign(sent, "north", out=tmp_path / "other.json", called="elsewhere")
    done = pool(sent, tmp_path / "other.json")
    assert done.exit_code == 1
    assert "no key of this school is known" in str(done.exception)
    assert "north, south, west" in str(done.exception)


def test_school_with_the_key_of_another_is_refused(sent, tmp_path):
    sign(sent, "north", out=tmp_path / "other.json", called="west")
    assert "not that of the school" in str(pool(sent, tmp_path / "other.json").exception)


def test_signed_sums_are_not_pooled_without_keys(sent):
    done = run("pool", *files(sent))
    assert done.exit_code == 1
    assert "--trust" in str(done.exception)


def test_school_counts_once_and_the_newest_file_of_it_does(sent, tmp_path):
    old = tmp_path / "old.json"
    other = json.loads((sent / "south.json").read_text())["text"]
    old.write_text(resigned(sent, "north", dt.date(2020, 1, 1), other))
    plain, doubled = pool(sent, *files(sent)), pool(sent, old, *files(sent))
    assert doubled.stdout == plain.stdout
    assert "old.json of north does not count" in doubled.stderr


def test_two_files_of_one_day_that_differ_are_a_question(sent, tmp_path):
    other = json.loads((sent / "south.json").read_text())["text"]
    (tmp_path / "again.json").write_text(resigned(sent, "north", dt.date.today(), other))
    done = pool(sent, *files(sent), tmp_path / "again.json")
    assert done.exit_code == 1
    assert "one day" in str(done.exception)


def test_sums_of_an_earlier_year_are_refused_where_a_day_is_named(sent, tmp_path):
    (tmp_path / "old.json").write_text(resigned(sent, "north", dt.date(2020, 1, 1)))
    done = pool(sent, tmp_path / "old.json", since="2026-01-01")
    assert done.exit_code == 1
    assert "was made too long ago" in str(done.exception)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[schools", "is no TOML"),
        ("", "has no [schools]"),
        ('[schools]\nnorth = "no key"', "is no public key"),
        ("[schools]\nnorth = 3", "is no public key"),
    ],
)
def test_keys_that_cannot_be_are_told(sent, tmp_path, text, said):
    (tmp_path / "keys.toml").write_text(text)
    done = run("pool", *files(sent), "--trust", tmp_path / "keys.toml")
    assert done.exit_code == 1
    assert said in str(done.exception)


def test_two_schools_with_one_key_are_told(sent, tmp_path):
    key = (sent / "keys.toml").read_text().split('"')[1]
    (tmp_path / "keys.toml").write_text(f'[schools]\nnorth = "{key}"\nsouth = "{key}"')
    assert "the same key" in str(run("pool", *files(sent), "--trust", tmp_path / "keys.toml").exception)


@pytest.mark.parametrize("options", [("--sign",), ("--school",), ("--sign", "--school")])
def test_signing_goes_with_the_gate_and_a_name(sent, tmp_path, options):
    given = {"--sign": sent / "north.key", "--school": "north"}
    wanted = [part for option in options for part in (option, given[option])]
    gate = () if len(options) == 2 else ("--for-network",)
    done = run("sums", sent / "north.csv", FORMULA, "--out", tmp_path / "none.json", *gate, *wanted)
    assert done.exit_code == 2
    assert not (tmp_path / "none.json").exists()


def test_key_of_another_kind_is_told(sent, tmp_path):
    (tmp_path / "other.key").write_text("no key")
    done = run(
        *("sums", sent / "north.csv", FORMULA, "--out", tmp_path / "none.json", "--for-network"),
        *("--sign", tmp_path / "other.key", "--school", "north"),
    )
    assert done.exit_code == 1
    assert "is no private key" in str(done.exception)
    assert not (tmp_path / "none.json").exists()
