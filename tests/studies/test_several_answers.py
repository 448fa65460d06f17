"""Several answers in one cell, as Microsoft Forms, Google Forms and KoboToolbox write them."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from erbij.errors import StudyError
from erbij.instruments import registry
from erbij.studies import several_answers
from erbij.studies.answer_file import InMemory
from erbij.studies.mapping import matching, writing
from erbij.studies.mapping.guess import guess
from erbij.studies.opening import open_study, study_of
from erbij.studies.study_file import parse

INSTRUMENT = registry.load("erbij-pupils-13-18")
ITEM = INSTRUMENT.items["discrimination-grounds"]
FORM = INSTRUMENT.format_of(ITEM)
LANGUAGES = sorted(INSTRUMENT.translations)
BETWEEN = {"microsoft-forms": ";", "google-forms": ", "}
MAIN = INSTRUMENT.scales[INSTRUMENT.main_scale].items
CELLS = [["language", "gender"], [], ["disability"], ["none"]]


def written(tool: str, cells: list[list[str]], language: str = "nl") -> bytes:
    label = {option.code: option.label[language] for option in FORM.options}
    between = BETWEEN[tool]
    end = between if tool == "microsoft-forms" else ""
    said = [between.join(label[code] for code in codes) + (end if codes else "") for codes in cells]
    return file([f'"{one}"' for one in said], language)


def file(cells: list[str], language: str = "nl") -> bytes:
    names = [*(INSTRUMENT.items[item].text[language] for item in MAIN), ITEM.text[language]]
    rows = [",".join(['"2"'] * len(MAIN) + [cell]) for cell in cells]
    return "\n".join([",".join(f'"{name}"' for name in names), *rows]).encode()


def plan(extra: str = "") -> str:
    found = guess(InMemory("a.csv", written("google-forms", CELLS)), instrument=INSTRUMENT.id)
    return writing.to_toml(found, title="x") + extra


@pytest.mark.parametrize("language", ["nl", "en", "fr"])
@pytest.mark.parametrize("tool", BETWEEN)
def test_cell_of_a_form_becomes_a_column_for_each_answer(tool: str, language: str, tmp_path: Path) -> None:
    path, toml = tmp_path / "a.csv", tmp_path / "STUDY.toml"
    path.write_bytes(written(tool, CELLS, language))
    found = guess(path, instrument=INSTRUMENT.id)
    assert ITEM.id in found.items
    assert found.unclear == {}
    toml.write_text(writing.to_toml(found, title="x"))
    study = open_study(path, toml)
    for code in FORM.codes:
        expected = [float(code in codes) if codes else np.nan for codes in CELLS]
        assert np.array_equal(study.answers[f"{ITEM.id}.{code}"], expected, equal_nan=True), code


@given(
    language=st.sampled_from(LANGUAGES),
    codes=st.sets(st.sampled_from(FORM.codes), min_size=1),
    between=st.sampled_from([";", "; ", ",", ", ", "|", "\n", " ;\n"]),
    end=st.sampled_from(["", ";", ".", " "]),
)
def test_answers_put_together_come_apart_again(
    language: str, codes: set[str], between: str, end: str
) -> None:
    label = {option.code: option.label[language] for option in FORM.options}
    cell = between.join(label[code] for code in sorted(codes)) + end
    found = several_answers.ticked(cell, several_answers.answers_of(FORM, {}))
    assert found.codes == codes
    assert found.others == ()


@given(st.text(max_size=60))
def test_any_cell_is_answers_and_others(cell: str) -> None:
    found = several_answers.ticked(cell, several_answers.answers_of(FORM, {}))
    assert found.codes <= set(FORM.codes)
    assert all(found.others)


def test_codes_with_blanks_between_them_are_answers() -> None:
    found = several_answers.ticked("language money", several_answers.answers_of(FORM, {}))
    assert found.codes == {"language", "money"}


def test_answer_that_is_in_no_list_is_refused_with_its_row_or_counted() -> None:
    content = file(['"geld of kleren;mijn hond;"', '"mijn hond"', '"geld of kleren"'])
    with pytest.raises(StudyError, match=r"row 2, .*an answer that is not in the list; found 'mijn hond'"):
        study_of(InMemory("a.csv", content), parse(plan()))
    study = study_of(InMemory("a.csv", content), parse(plan("[missing]\nothers = true\n")))
    money = study.answers[f"{ITEM.id}.money"]
    assert np.array_equal(money, [1, np.nan, 1], equal_nan=True)
    counted = [each for each in study.exclusions if each.where == ITEM.text["nl"]]
    assert [(each.what, each.count) for each in counted] == [("missing-code", 2)]


def test_study_file_adds_words_of_answers_and_divides_by_one() -> None:
    more = """[answers.grounds]
"mijn hond" = "other"
[breakdowns.pet]
column = "discrimination-grounds.other"
label = "dier"
groups = [{ id = "yes", codes = [1], label = "ja" }, { id = "no", codes = [0], label = "nee" }]
"""
    content = file(['"mijn hond;geld of kleren"', '"geld of kleren"', '""'])
    study = study_of(InMemory("a.csv", content), parse(plan(more)))
    assert study.breakdowns[-1].codes.tolist() == [0, 1, -1]


def test_one_cell_and_a_column_for_each_are_not_both_read() -> None:
    content = written("google-forms", CELLS).replace(b"\n", b',"discrimination-grounds.money"\n', 1)
    rows = content.decode().splitlines()
    both = "\n".join([rows[0], *(f"{row},1" for row in rows[1:])]).encode()
    with pytest.raises(StudyError, match="has a column for each answer too"):
        study_of(InMemory("a.csv", both), parse(plan()))
    # KoboToolbox writes both: the guess takes the columns.
    said = {"g": "discrimination-grounds", **{f"g/{c}": f"discrimination-grounds/{c}" for c in FORM.codes}}
    keys = {match.key for match in matching.matches(INSTRUMENT, said)}
    assert keys == {f"{ITEM.id}.{code}" for code in FORM.codes}


def test_column_of_one_answer_is_known_by_question_and_answer() -> None:
    name = f"Q9[SQ001]. {ITEM.text['fr']} [{FORM.options[0].label['fr']}]"
    (found,) = matching.matches(INSTRUMENT, {name: name})
    assert found.key == f"{ITEM.id}.{FORM.options[0].code}"


def test_words_of_a_few_in_a_cell_are_not_told() -> None:
    cells = ['"geld of kleren;mijn hond"'] * 3 + ['"An Zonnebloem;geld of kleren"']
    found = guess(InMemory("a.csv", file(cells)), instrument=INSTRUMENT.id)
    assert found.unclear == {"grounds": ("mijn hond",)}
    assert found.rare == 1
