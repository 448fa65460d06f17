import re
from dataclasses import replace
from html.parser import HTMLParser
from importlib import resources

import pytest

from erbij.privacy.release import BreakdownCard, GroupCard
from erbij.reports import html
from erbij.reports.report import describe
from erbij.reports.words import LANGUAGES

NASTY = "<script>alert('&')</script>"


class Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def all(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def page(make_release, made_up):
    units = {("school", "a"): 50.0, ("school", "b"): 6.0}
    return html.render(describe(make_release(source=made_up, units=units), "nl"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_says_its_language_and_title(make_release, language):
    text = html.render(describe(make_release(hide=lambda _: True), language))
    assert Page(text).all("html") == [{"lang": language}]
    assert f"<title>{make_release().card.title[language]} · Erbij</title>" in text


def test_page_asks_nothing_of_another_host(page):
    hosts = set(re.findall(r"https?://[^\s\"'<>)]+", page))
    assert all("www.w3.org" in host for host in hosts)
    links = [v for _, attributes in Page(page).tags for k, v in attributes.items() if k in {"src", "href"}]
    assert links
    assert all(link.startswith(("#", "data:")) for link in links)
    assert all(url.startswith("data:") for url in re.findall(r"url\(['\"]?([^)]*)", page))
    assert "@import" not in page
    assert not Page(page).all("script")


def test_every_link_in_the_page_leads_somewhere(page):
    ids = {attributes["id"] for _, attributes in Page(page).tags if "id" in attributes}
    targets = {a["href"].removeprefix("#") for a in Page(page).all("a")}
    assert len(targets) == 9
    assert targets <= ids


def test_fonts_stand_in_the_page(page):
    fonts = resources.files("erbij.reports").joinpath("fonts")
    if not any(file.name.endswith(".woff2") for file in fonts.iterdir()):
        pytest.skip("no fonts yet: run make")
    assert page.count("src:url(data:font/woff2;base64,") == 4


def test_mark_of_made_up_figures_stands_in_header_and_figures(page):
    mark = "Verzonnen cijfers"
    assert mark in page[page.index("<header") : page.index("</header>")]
    figures = re.findall(r"<figure.*?</figure>", page, flags=re.DOTALL)
    assert len(figures) >= 4
    assert all(mark in figure for figure in figures)


def test_text_from_a_study_cannot_become_markup(make_release):
    release = make_release()
    card = release.card
    groups = tuple(GroupCard(g.id, {"en": f"{g.id} {NASTY}"}) for g in card.breakdowns[0].groups)
    text = html.render(
        describe(
            replace(
                release,
                card=replace(
                    card,
                    title={"en": NASTY},
                    breakdowns=(BreakdownCard("gender", {"en": NASTY}, groups, None),),
                    discrimination=replace(card.discrimination, label={"en": NASTY}),
                    source=replace(card.source, file=NASTY, attribution=NASTY),
                    instrument=replace(card.instrument, title={"en": NASTY}),
                ),
            ),
            "en",
        )
    )
    assert "<script" not in text.lower()
    assert "&lt;script&gt;alert" in text


def test_every_figure_holds_two_drawings_and_a_table(page):
    for figure in re.findall(r"<figure.*?</figure>", page, flags=re.DOTALL):
        assert figure.count("<svg") == 2
        assert figure.count("<table") == 1
        assert figure.count("<details") == 1


def test_drawings_have_a_text_alternative(page):
    drawings = [attributes for attributes in Page(page).all("svg") if "aria-hidden" not in attributes]
    assert all(drawing["role"] == "img" and drawing["aria-label"] for drawing in drawings)


def test_no_id_stands_there_twice(page):
    ids = [attributes["id"] for _, attributes in Page(page).tags if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_no_id_stands_there_twice_whatever_a_breakdown_is_called(make_release):
    card = replace(make_release().card.breakdowns[0], id="parts")
    release = make_release(breakdowns=(card,), hide=lambda _: True)
    text = html.render(describe(release, "en"))
    ids = [attributes["id"] for _, attributes in Page(text).tags if "id" in attributes]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("language", LANGUAGES)
def test_withheld_release_makes_a_page(make_release, language):
    text = html.render(describe(make_release(hide=lambda _: True), language))
    assert text.rstrip().endswith("</html>")
    assert "None" not in re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL)


def test_policy_of_the_page_forbids_every_request(page):
    (policy,) = (m["content"] for m in Page(page).all("meta") if m.get("http-equiv"))
    assert policy.startswith("default-src 'none'")
    assert "script-src" not in policy
