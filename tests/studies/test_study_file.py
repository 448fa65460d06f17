import re
from pathlib import Path

import pytest

from erbij.errors import StudyError
from erbij.studies.opening import open_study
from erbij.studies.study_file import SECTIONS, read_study_file

WHOLE = """
[file]
delimiter = ";"
encoding = "cp1252"
sheet = "May"

[items]
ST034Q01TA = "q1"

[missing]
codes = [7, 8, "NA"]

[units]
school = "school"
class = "klas"

[asked]
all = 60
[asked.school]
"north" = 35
[asked.class]
"north/5A" = 20

[breakdowns.gender]
column = "gender"
label = { nl = "gender", en = "gender", fr = "genre" }
missing = [9]
reference = "girls"
groups = [{ id = "girls", label = "girls", codes = [1, "f"] }, { id = "boys", label = "boys", codes = [2] }]

[breakdowns.means]
ordered = true
column = "means"
label = "means"
groups = [{ id = "few", label = "few", up_to = 0 }, { id = "many", label = "many", from = 0.5, up_to = 3 }]

[weights]
column = "w"
replicates = "r"
fay = 0.5

[discrimination]
column = "unfair"
little_up_to = 9
label = "unfair treatment"
missing = [99]
majority = { breakdown = "gender", groups = ["boys"] }

[policy]
smallest = 12
"""


def refused(path: Path) -> str:
    with pytest.raises(StudyError) as caught:
        read_study_file(path)
    return str(caught.value)


def test_study_file_reads_every_key(write_study):
    plan = read_study_file(write_study(WHOLE))
    assert plan.title == {"nl": "Our school", "en": "Our school", "fr": "Our school"}
    assert (plan.instrument, plan.attribution, plan.is_made_up) == ("pisa-2015-belonging", "", False)
    assert (plan.layout.delimiter, plan.layout.encoding, plan.layout.sheet) == (";", "cp1252", "May")
    assert plan.item_columns == {"ST034Q01TA": "q1"}
    assert plan.missing == (7, 8, "NA")
    assert plan.unit_columns == {"school": "school", "class": "klas"}
    assert plan.asked == {"all": {"all": 60}, "school": {"north": 35}, "class": {"north/5A": 20}}
    gender, means = plan.breakdowns
    assert gender.groups[0].codes == (1, "f")
    assert (gender.reference, gender.missing, gender.has_ranges) == ("girls", (9,), False)
    assert (gender.is_ordered, means.is_ordered) == (False, True)
    assert [(g.low, g.high) for g in means.groups] == [(float("-inf"), 0.0), (0.5, 3.0)]
    assert (plan.weights.column, plan.weights.replicates, plan.weights.fay) == ("w", "r", 0.5)
    assert plan.discrimination.majority_groups == ("boys",)
    assert plan.discrimination.little_up_to == 9
    assert plan.policy == {"smallest": 12}


def test_study_file_needs_only_a_title_and_an_instrument(write_study):
    plan = read_study_file(write_study())
    assert plan.weights is None
    assert plan.discrimination is None
    assert plan.breakdowns == ()


def test_study_file_words_in_one_language_serve_the_others(write_study):
    head = '[study]\ninstrument = "x"\ntitle = { en = "School", nl = "De school" }\n'
    title = read_study_file(write_study(head=head)).title
    assert title == {"nl": "De school", "en": "School", "fr": "De school"}


def test_study_file_may_start_with_the_mark_of_notepad(write_study):
    path = write_study()
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert read_study_file(path).instrument == "pisa-2015-belonging"


def changed(old: str, new: str) -> str:
    assert WHOLE.count(old) == 1, old
    return WHOLE.replace(old, new)


@pytest.mark.parametrize(
    ("more", "telling"),
    [
        ("[breakdown.x]", ["breakdown", "unknown key", "Did you mean breakdowns?"]),
        (changed("delimiter =", "delimeter ="), ["file.delimeter", "Did you mean delimiter?"]),
        (changed('";"', '";;"'), ["file.delimiter", "one sign"]),
        (changed('ST034Q01TA = "q1"', "ST034Q01TA = 1"), ["items.ST034Q01TA", "string"]),
        (changed('= "q1"', '= "q1"\nST034Q02TA = "q1"'), ["items.", "two items", "'q1'"]),
        (changed('[7, 8, "NA"]', "7"), ["missing.codes", "must be a list"]),
        (changed('[7, 8, "NA"]', "[true]"), ["missing.codes", "True", "a number, a string"]),
        (changed('[7, 8, "NA"]', "[nan]"), ["missing.codes", "not a code"]),
        (changed('class = "klas"', 'room = "klas"'), ["units.room", "allowed: school, grade, class"]),
        (changed("[asked.class]", "[asked.grade]"), ["asked.grade", "without a column", "school, class"]),
        (changed('"north" = 35', '"north" = 0'), ["asked.school.north", "found 0", "1 or more"]),
        (changed("all = 60", "all = true"), ["asked.all", "True"]),
        (changed("[breakdowns.gender]", "[breakdowns.everyone]"), ["breakdowns.everyone", "Erbij itself"]),
        (changed("[breakdowns.means]", "[breakdowns.discrimination]"), ["breakdowns.discrimination"]),
        (changed("[breakdowns.means]", '[breakdowns."a b"]'), ["not an id", "'a b'"]),
        (changed('id = "boys"', 'id = "girls"'), ["breakdowns.gender.groups", "stands there twice", "girls"]),
        (changed("codes = [2]", 'codes = ["01"]'), ["breakdowns.gender", "'01'", "girls", "boys"]),
        (changed("missing = [9]", "missing = [2.0]"), ["a code that stands there twice", "missing"]),
        (changed("codes = [2]", "codes = []"), ["breakdowns.gender.groups[2].codes", "holds nothing"]),
        (changed("codes = [2]", "from = 2"), ["mixes codes and ranges"]),
        (changed("codes = [2]", "codes = [2], from = 2"), ["either codes or a range"]),
        (changed('reference = "girls"', 'reference = "girl"'), ["no such group", "girls, boys"]),
        (changed("from = 0.5, up_to = 3", "from = 0, up_to = 3"), ["ranges that overlap", "few up to 0"]),
        (changed("from = 0.5, up_to = 3", "from = 3, up_to = 0.5"), ["from lies above up_to"]),
        (changed("up_to = 0 ", 'up_to = "0" '), ["groups[1].up_to", "must be a number"]),
        (changed("fay = 0.5", "fay = 1"), ["weights.fay", "0 <= fay < 1"]),
        (changed("fay = 0.5", "fay = nan"), ["weights.fay", "finite"]),
        (changed('replicates = "r"', ""), ["weights.fay", "needs replicates"]),
        (changed("fay = 0.5", 'clusters = "school"'), ["weights.clusters", "beside replicates"]),
        (changed('column = "w"', ""), ["weights.column", "missing key"]),
        (changed('column = "unfair"', ""), ["either column or scale"]),
        (changed('column = "unfair"', 'column = "u"\nscale = "s"'), ["either column or scale"]),
        (changed('column = "unfair"', 'scale = "s"'), ["discrimination.missing", "column only"]),
        (changed('breakdown = "gender", g', 'breakdown = "sex", g'), ["majority.breakdown", "gender, means"]),
        (changed('groups = ["boys"]', 'groups = ["men"]'), ["majority.groups", "girls, boys"]),
        (changed('groups = ["boys"]', 'groups = ["boys", "girls"]'), ["some of the groups, not all"]),
        (changed('label = "unfair treatment"', "label = { de = 'x' }"), ["label.de", "nl, en, fr"]),
        (changed('label = "unfair treatment"', 'label = " "'), ["discrimination.label", "not empty"]),
        ("policy = 3", ["study.policy", "unknown key"]),
        ("[policy", ["not TOML"]),
        ("x = " + "[" * 5000, ["not TOML"]),
    ],
)
def test_study_file_names_the_key_and_what_is_allowed(write_study, more, telling):
    message = refused(write_study(more))
    assert message.startswith("STUDY.toml")
    for words in telling:
        assert words in message


@pytest.mark.parametrize(
    ("head", "telling"),
    [
        ("", "missing key"),
        ("study = 3", "must be a table"),
        ('[study]\ntitle = "x"', "study.instrument: missing key"),
        ('[study]\ntitle = 3\ninstrument = "x"', "study.title: must be words"),
        ('[study]\ntitle = "x"\ninstrument = "x"\nmade_up = "no"', "true, false"),
        ("# " + "x" * 2**20, "too large"),
    ],
)
def test_study_file_without_its_head_is_refused(write_study, head, telling):
    assert telling in refused(write_study(head=head))


def test_study_file_that_is_not_there_or_not_utf8_is_refused(tmp_path, write_study):
    assert "can't be opened" in refused(tmp_path / "none.toml")
    assert "can't be opened" in refused(tmp_path)
    path = write_study()
    path.write_bytes(path.read_bytes() + b"# caf\xe9")
    assert "not TOML in UTF-8" in refused(path)


def test_document_shows_a_whole_example_that_opens_and_describes_every_key(tmp_path):
    text = (Path(__file__).parents[2] / "docs" / "study-toml.md").read_text(encoding="utf-8")
    answers, example = text.split("```\n")[1], text.split("```toml\n")[1].split("```")[0]
    (tmp_path / "answers.csv").write_text(answers, encoding="cp1252")
    (tmp_path / "STUDY.toml").write_text(re.sub(r"(?m)^(all|\"Noord).*$", "", example), encoding="utf-8")
    study = open_study(tmp_path / "answers.csv", tmp_path / "STUDY.toml")
    assert study.n == 2
    assert study.units["class"].names == ("Noord/A",)
    assert [e.what for e in study.exclusions] == ["missing-code"]
    described = set(re.findall(r"^\| `([a-z_]+)", text, re.MULTILINE))
    assert described >= {"study", *SECTIONS}
