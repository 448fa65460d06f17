"""Terms: one source, explained in every language, found in the sentences in which they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erbij.reports import terms
from erbij.reports.report import describe
from erbij.reports.words import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_is_explained_by_a_sentence_and_found_by_its_forms(language):
    for term in terms.glossary(language):
        assert term.about.endswith(".")
        for form in term.forms:
            assert (form, term) in list(terms.find(f"x {form}, y", language)), form
    assert {term.id for term in terms.glossary(language)} == set(terms.TERMS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_form_stands_for_two_terms(language):
    forms = [form.casefold() for term in terms.glossary(language) for form in term.forms]
    assert len(forms) == len({*forms})


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_report_says_of_uncertainty_is_explained(make_release, language):
    told = describe(make_release(), language)
    sentences = [text for s in told.sections for text in (*s.lead, *s.points, *s.sure, *s.not_told)]
    found = {term.id for text in sentences for _piece, term in terms.find(text, language) if term}
    assert found >= {"interval", "belonging", "everyone", "scale", "alpha"}


@given(st.text(), st.sampled_from(LANGUAGES))
def test_pieces_of_a_sentence_are_the_sentence(sentence, language):
    assert "".join(piece for piece, _term in terms.find(sentence, language)) == sentence


def test_longer_form_wins_and_words_within_words_do_not_count():
    found = [piece for piece, term in terms.find("On a scale from 0 to 100; orange, meanwhile", "en") if term]
    assert found == ["scale from 0 to 100"]
