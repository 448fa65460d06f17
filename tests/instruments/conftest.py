from collections.abc import Callable
from pathlib import Path

import pytest

SMALL = """
id = "small"
version = "1"
status = "not-validated"
source = "Own wording"
licence = "EUPL-1.2"
ages = "10-12"
main_scale = "belonging"
title = { nl = "Klein", en = "Small" }

[translations]
nl = "reviewed"
en = "machine, not reviewed"

[formats.how-often]
type = "rating"
missing_codes = [9]
options = [
  { code = 1, nl = "nooit", en = "never" },
  { code = 2, nl = "soms", en = "sometimes" },
  { code = 3, nl = "vaak", en = "often" },
]

[formats.who]
type = "one-of"
options = [{ code = "girl", nl = "meisje", en = "girl" }, { code = "boy", nl = "jongen", en = "boy" }]

[scales.belonging]
kind = "belonging"
line = 40
label = { nl = "erbij horen", en = "belonging" }

[scales.open-door]
kind = "opportunity"
opportunity = "welcome"
label = { nl = "onthaal", en = "welcome" }

[[items]]
id = "peers"
scale = "belonging"
facet = "acceptance"
source = "peers"
context = "class"
format = "how-often"
text = { nl = "Mag je meedoen?", en = "May you join in?" }

[[items]]
id = "alone"
scale = "belonging"
facet = "inclusion"
source = "peers"
format = "how-often"
reversed = true
text = { nl = "Ben je alleen?", en = "Are you alone?" }

[[items]]
id = "greeted"
scale = "open-door"
source = "teachers"
format = "how-often"
text = { nl = "Word je begroet?", en = "Are you greeted?" }

[[items]]
id = "gender"
format = "who"
text = { nl = "Wat ben je?", en = "What are you?" }
why = { nl = "Om te zien of het gelijk is.", en = "To see whether it is equal." }
"""


@pytest.fixture
def small_text() -> str:
    return SMALL


@pytest.fixture
def write_instrument(tmp_path: Path) -> Callable[..., Path]:
    """Write the small instrument, with some of its text replaced."""

    def write(*changes: tuple[str, str]) -> Path:
        text = SMALL
        for old, new in changes:
            assert old in text, f"{old!r} does not stand in the small instrument"
            text = text.replace(old, new, 1)
        path = tmp_path / "small.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write
