"""A reader opens the report: on a phone, with a keyboard, in the dark, on paper."""

from pathlib import Path

import pytest

SCREENS = (320, 360, 390, 768, 1001, 1440)
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"

CONTRASTS = """
() => {
  const channel = c => { c /= 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4 };
  const numbers = text => text.match(/[0-9.]+/g).map(Number);
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const behind = node => {
    for (; node; node = node.parentElement) {
      const colour = numbers(getComputedStyle(node).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const seen = "p, li, h1, h2, h3, th, td, summary, a, .mark, .brand, svg text";
  return [...document.querySelectorAll(seen)].filter(n => n.textContent.trim()).map(node => {
    const style = getComputedStyle(node);
    const own = numbers(node.matches("svg text") ? style.fill : style.color);
    const [a, b] = [light(own), light(behind(node))].sort((x, y) => y - x);
    return [(a + 0.05) / (b + 0.05), node.textContent.trim().slice(0, 40)];
  });
}
"""

TEXT_SIZES = """
() => [...document.querySelectorAll(".chart svg text")].filter(n => n.getClientRects().length).map(node => {
  const svg = node.ownerSVGElement;
  const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  return parseFloat(getComputedStyle(node).fontSize) * scale;
})
"""


def test_page_asks_the_network_for_nothing_and_does_not_complain(open_page):
    page = open_page()
    page.wait_for_load_state("load")
    page.emulate_media(media="print")
    assert page.asked
    assert [url for url in page.asked if not url.startswith(("file:", "data:"))] == []
    assert page.complaints == []


def test_fonts_in_the_page_are_used(open_page):
    page = open_page()
    if not page.evaluate("document.fonts.size"):
        pytest.skip("no fonts yet: run make")
    assert page.evaluate("document.fonts.ready.then(f => [...f].every(face => face.status !== 'error'))")


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_page_does_not_scroll_sideways(open_page, language):
    page = open_page(language)
    for width in (1440, 768, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_page_with_open_tables_does_not_scroll_sideways(open_page, width):
    page = open_page(width=width)
    page.evaluate("document.querySelectorAll('details').forEach(node => { node.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("width", "drawing"), [(320, "narrow"), (768, "wide"), (1440, "wide")])
def test_one_of_the_two_drawings_is_seen(open_page, width, drawing):
    page = open_page(width=width)
    seen = page.evaluate(
        "[...document.querySelectorAll('.chart > div')].filter(n => n.offsetHeight).map(n => n.className)"
    )
    assert seen
    assert set(seen) == {drawing}


def test_tables_open_by_keyboard(open_page):
    page = open_page()
    details = page.locator("details").all()
    assert len(details) >= 8
    for one in details[:3]:
        one.locator("summary").focus()
        page.keyboard.press("Enter")
        assert one.evaluate("node => node.open")
        assert one.locator("table").is_visible()
        page.keyboard.press("Space")
        assert not one.evaluate("node => node.open")


def test_keyboard_reaches_contents_and_every_table_and_shows_where_it_is(open_page):
    page = open_page()
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        tag, outline = page.evaluate(
            "() => { const n = document.activeElement; return [n.tagName, getComputedStyle(n).outlineStyle] }"
        )
        if tag == "BODY":
            break
        reached.append(tag)
        assert outline == "solid"
    assert reached.count("A") == page.locator("a").count() > 0
    assert reached.count("SUMMARY") == page.locator("summary").count()


def test_contents_lead_to_each_question(open_page):
    page = open_page(reduced_motion="reduce")
    for link in page.locator("nav a").all():
        link.click()
        target = page.locator(link.get_attribute("href"))
        assert target.locator("h2").is_visible()


def test_closed_tables_are_printed(open_page):
    page = open_page()
    hidden = "[...document.querySelectorAll('details table')].filter(t => !t.checkVisibility()).length"
    assert page.evaluate(hidden) == page.locator("details table").count() > 0
    page.emulate_media(media="print")
    heights = page.evaluate("[...document.querySelectorAll('details')].map(d => d.offsetHeight)")
    assert min(heights) > 60
    assert page.evaluate(
        "[...document.querySelectorAll('details table')].every(t => t.getBoundingClientRect().height > 20)"
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_what_is_behind_it(open_page, scheme):
    page = open_page(color_scheme=scheme)
    found = page.evaluate(CONTRASTS)
    assert len(found) > 100
    assert [faint for faint in found if faint[0] < 4.5] == []


def test_dark_scheme_is_dark(open_page):
    colours = {
        scheme: open_page(color_scheme=scheme).evaluate("getComputedStyle(document.body).backgroundColor")
        for scheme in ("light", "dark")
    }
    brightness = {name: sum(map(int, c.strip("rgb()").split(","))) for name, c in colours.items()}
    assert brightness["dark"] < 200
    assert brightness["light"] > 600


@pytest.mark.parametrize("width", SCREENS)
def test_text_in_drawings_is_twelve_pixels_or_more_on_the_screen(open_page, width):
    sizes = open_page(width=width).evaluate(TEXT_SIZES)
    assert sizes
    assert min(sizes) >= 12


@pytest.mark.parametrize(("language", "width"), [("nl", 320), ("en", 1440), ("fr", 1440)])
def test_axe_finds_nothing(open_page, language, width):
    if not AXE.is_file():
        pytest.skip("no node_modules/axe-core: run make, or npm ci")
    page = open_page(language, width=width)
    page.add_script_tag(path=AXE)
    found = page.evaluate(
        "axe.run().then(r => r.violations.map(v => [v.id, v.help, v.nodes.slice(0, 3).map(n => n.html)]))"
    )
    assert found == []
