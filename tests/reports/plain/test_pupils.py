"""The page for pupils: what it may say."""

import re
from dataclasses import replace

import pytest

from erbij.privacy.release import ScaleCard
from erbij.reports.plain import pupils
from erbij.reports.plain.page import Tally
from erbij.reports.words import PLAIN_LANGUAGES

EVERYONE = "everyone"
SOURCES = ("source-teachers", "source-peers", "source-school")


def told(release, language="en") -> str:
    return " ".join(s for part in pupils.tell(release, language).parts for s in part.sentences)


@pytest.fixture
def by_source(make_release):
    """A release with such means of the three sources; each interval reaches 3 to both sides."""

    def make(*means: float | None, **more):
        card = make_release().card
        scales = [ScaleCard(name, "belonging", {}, 50.0, True, 5, "source", None, None) for name in SOURCES]
        cells = {(EVERYONE, EVERYONE, f"mean:{s}"): mean for s, mean in zip(SOURCES, means, strict=True)}
        return make_release(cells=cells, scales=(card.scales[0], *scales), **more)

    return make


def test_older_pupils_count_to_a_hundred_and_the_youngest_to_ten(make_release):
    release = make_release()
    young = replace(release.card, instrument=replace(release.card.instrument, ages="8-9"))
    assert "Of every 100 pupils, about 86 feel" in told(release)
    assert "between 83 and 90" in told(release)
    assert "Think of 10 children. About 9 feel: I belong. It can be 8 to 9." in told(
        replace(release, card=young)
    )


def test_best_and_least_are_told_where_their_ranges_stand_alone(by_source):
    found = told(by_source(80.0, 60.0, 70.0))
    assert "This goes best: with teachers" in found
    assert "This has to get better: with other pupils" in found


def test_two_that_share_the_first_place_are_not_told_apart(by_source):
    found = told(by_source(71.0, 60.0, 70.0))
    assert "goes best" not in found
    assert "has to get better: with other pupils" in found


@pytest.mark.parametrize("means", [(70.0, 71.0, 72.0), (None, None, None), (70.0, None, None)])
def test_nothing_is_ranked_that_chance_can_explain(by_source, means):
    assert not re.search("goes best|better:", told(by_source(*means)))


def test_no_group_is_named(make_release):
    found = told(make_release())
    assert not re.search("girls|boys|another", found)


def test_pupils_who_belong_less_are_not_blamed_and_only_where_there_are_some(make_release):
    assert "not their fault" in told(make_release())
    assert "not their fault" not in told(make_release(cells={(EVERYONE, EVERYONE, "below"): 0.0}))
    assert "not their fault" not in told(make_release(hide=lambda _: True))


def for_ages(release, ages):
    return replace(
        release, card=replace(release.card, instrument=replace(release.card.instrument, ages=ages))
    )


def test_each_age_reads_its_own_page(make_release):
    release = make_release()
    pages = {ages: pupils.tell(for_ages(release, ages), "en") for ages in ("8-9", "10-12", "13-18", "18+")}
    parts = {ages: [part.id for part in page.parts] for ages, page in pages.items()}
    assert parts["8-9"] == parts["10-12"] == ["heard", "unknown"]
    assert parts["13-18"] == parts["18+"] == ["heard", "unknown", "how"]
    assert [len(pages[ages].parts[1].sentences) for ages in ("8-9", "10-12")] == [2, 3]
    assert f"fewer than {release.card.policy.threshold} pupils" in " ".join(pages["13-18"].parts[2].sentences)


def test_picture_of_ten_is_no_surer_than_the_interval(make_release):
    """The interval of 86 in 100 is 83 to 90."""
    tally = pupils.tell(make_release(), "en").parts[0].tally
    assert tally.counts == (8, 1, 1)
    assert tally.people == ("sure",) * 8 + ("perhaps", "rest")
    assert [name for _, _, name in tally.key] == [
        "Feels: I belong",
        "We are not sure",
        "Does not feel that yet",
    ]


def test_kind_that_does_not_occur_has_no_key(make_release):
    nobody = Tally((10, 0, 0), ("yes", "perhaps", "no"))
    assert nobody.key == (("sure", 10, "yes"),)


@pytest.mark.parametrize("share", [None, 0.0])
def test_what_is_withheld_has_no_picture(make_release, share):
    release = (
        make_release(hide=lambda _: True)
        if share is None
        else make_release(cells={(EVERYONE, EVERYONE, "below"): share})
    )
    tally = pupils.tell(release, "en").parts[0].tally
    assert (tally is None) == (share is None)


@pytest.mark.parametrize("language", PLAIN_LANGUAGES)
def test_page_is_told_in_every_language(by_source, language):
    page = pupils.tell(by_source(80.0, 60.0, 70.0), language)
    assert [len(part.sentences) for part in page.parts] == [6, 3]
    assert all(pupils.around(language).values())
    assert page.title
    assert page.unreviewed


def test_every_number_comes_from_the_release(make_release):
    release = make_release()
    assert not re.search(r"\d", told(replace(release, cells=release.cells.clear())))
