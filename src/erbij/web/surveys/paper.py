"""What is printed: the cards of a class and the recovery sheet, in the language of the school.

Made in memory. Nothing here writes a file or a row.
"""

from base64 import b64encode
from collections.abc import Sequence

import segno
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from erbij.reports import typeset
from erbij.web import codes as signs
from erbij.web.schools.models import SchoolClass
from erbij.web.surveys.models import Wave


def deck(wave: Wave, school_class: SchoolClass, *, codes: Sequence[str], link: str) -> bytes:
    """A PDF to cut: a page for the adult, then a card for each code.

    Parameters
    ----------
    codes
        Whole codes, in the order in which they are printed.
    link
        The whole address of the page for cards. The code follows behind a `#`, which no browser sends.
    """
    language = wave.school.language
    # A page in another language than the school's would be the first thing that a child sees.
    start = link if language == "nl" else f"{link}?language={language}"
    with translation.override(language):
        words = {
            **_on_the_cover(wave, school_class, len(codes)),
            "invitation": _("Scan the square, or go to"),
            "line": _("One card, one time. Drawn by lot: nobody writes down who had which."),
            "picture": _("Square to scan: it opens the page with the code of this card"),
        }
    shown = [{"qr": _qr(f"{start}#{code}"), "code": signs.shown(code)} for code in codes]
    address = link.split("://", 1)[-1].rstrip("/")
    return typeset.pdf("cards", {"language": language, "address": address, "cards": shown, **words})


def _on_the_cover(wave: Wave, school_class: SchoolClass, number: int) -> dict[str, object]:
    return {
        "title": _("Cards for %(name)s") % {"name": school_class.name},
        "subtitle": f"{wave.school.name} · {wave.title} · " + _("%(number)d cards") % {"number": number},
        "steps": [
            _("Cut along the lines. All cards are the same size."),
            _("Shuffle them, face down. Every pupil draws one. Nobody writes down who has which."),
            _("Keep the cards that are left: they are for a card that gets lost or a pupil who comes later."),
            _("Tear up the cards afterwards. A card works one time, and only while the survey is open."),
        ],
        "notes": [
            _("These codes are on this paper only. Print it once, and then delete the file."),
            _("Cards that were made for this class before no longer work, unless they were used already."),
        ],
    }


def recovery_sheet(wave: Wave, recovery: str) -> str:
    """The recovery code of a wave on a sheet, as a `data:` link: nobody has to ask for it again.

    Parameters
    ----------
    recovery
        As `services.open_wave` gives it.
    """
    made = typeset.pdf(
        "sheet",
        {
            "language": get_language() or "nl",
            "title": _("Recovery sheet"),
            "subtitle": f"{wave.school.name} · {wave.title}",
            "code": recovery,
            "lines": [
                _("This code opens the answers of this survey when the passphrase is lost."),
                _("Keep this sheet apart from the passphrase, behind a lock. There is no other copy."),
                _("Tear it up when the survey is closed: then there is nothing left to open."),
            ],
        },
    )
    return f"data:application/pdf;base64,{b64encode(made).decode()}"


def _qr(link: str) -> str:
    drawn: str = segno.make(link, error="m", micro=False).svg_inline(
        scale=1, border=0, omitsize=True, dark="#1d2b33", svgclass=None, lineclass=None
    )
    return drawn
