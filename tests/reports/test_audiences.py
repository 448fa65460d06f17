"""The report of parents and of staff: the noun follows who answered, and so does what can't be told."""

from dataclasses import replace

import pytest

from erbij.errors import ReportError
from erbij.instruments import registry
from erbij.privacy.release import ScaleCard
from erbij.reports.report import describe
from erbij.reports.words import Words

PUPILS = {"nl": "leerling", "en": "pupil", "fr": "élève"}
OTHERS = {
    "parents": {"nl": ("ouders", "collega"), "en": ("parents", "colleague"), "fr": ("parents", "collègue")},
    "staff": {"nl": ("collega", "ouder"), "en": ("colleagues", "parent"), "fr": ("collègues", "parents")},
}
OWN = ScaleCard("team-belonging", "belonging", {"en": "team"}, 50.0, True, 4, None, None, None)


@pytest.fixture
def make(make_release):
    """A release of pupils, parents or staff."""

    def of(audience, **changes):
        usual = make_release().card
        instrument = replace(usual.instrument, audience=audience)
        bare = {} if audience == "pupils" else {"discrimination": None}
        return make_release(instrument=instrument, **(bare | changes))

    return of


def told(report):
    for section in report.sections:
        yield from (section.heading, *section.lead, *section.points, *section.sure, *section.not_told)
        for figure in section.figures:
            yield from (figure.title, figure.subtitle, figure.note, figure.alt, *figure.sentences)
            yield from (row.shown for row in figure.rows)
            yield from (*figure.table.head, *(entry for row in figure.table.rows for entry in row))
        for title, table in section.tables:
            yield from (title, *table.head, *(entry for row in table.rows for entry in row))


@pytest.mark.parametrize("hide", [False, True])
@pytest.mark.parametrize("language", PUPILS)
@pytest.mark.parametrize("audience", OTHERS)
def test_report_speaks_of_who_answered_and_of_no_other(make, audience, language, hide):
    report = describe(make(audience, hide=lambda _: hide), language)
    text = " ".join((report.lead, *told(report))).lower()
    own, other = OTHERS[audience][language]
    assert text.count(own) >= 8
    assert other not in text
    if audience == "parents":
        # "With fellow pupils" is the name of a part that no instrument for parents has.
        assert PUPILS[language] not in text.replace(Words(language).say("source-peers").lower(), "")


@pytest.mark.parametrize("audience", OTHERS)
def test_adults_are_not_told_of_treatment_ages_or_pisa(make, audience):
    report = describe(make(audience), "en")
    expected = ["answered", "level", "groups", "opportunities", "certainty", "limits"]
    assert [s.id for s in report.sections] == expected
    limits = " ".join(report.sections[-1].points)
    assert "can answer twice" in limits
    assert "PISA" not in limits
    assert "Age" not in dict(report.provenance)


def test_staff_are_told_of_their_own_belonging_beside_what_they_see(make, make_release):
    scales = (*make_release().card.scales, OWN)
    cells = {("everyone", "everyone", "mean:team-belonging"): 81.0}
    report = describe(make("staff", scales=scales, cells=cells), "en")
    (level,) = (s for s in report.sections if s.id == "level")
    (own,) = (f for f in level.figures if f.id == "figure-own")
    assert own.title == "Belonging of colleagues themselves"
    assert [(row.id, row.value) for row in own.rows] == [("team-belonging", 81.0)]
    assert level.lead[0].startswith("On a scale from 0 to 100, colleagues put the belonging of pupils at 68")


def test_release_without_an_audience_is_of_pupils(make_release):
    assert make_release().card.instrument.audience == "pupils"


@pytest.mark.parametrize("name", ["erbij-parents", "erbij-staff"])
def test_own_instruments_measure_what_a_report_tells(name):
    instrument = registry.load(name)
    main = instrument.scales[instrument.main_scale]
    assert (main.kind, main.high_is_good) == ("belonging", True)


def test_another_main_scale_is_refused_for_adults_too(make, make_release):
    scales = tuple(replace(scale, kind="outcome") for scale in make_release().card.scales)
    with pytest.raises(ReportError, match="does not measure belonging"):
        describe(make("parents", scales=scales), "en")
