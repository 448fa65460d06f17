"""The page that shows the look: tokens, components with their states, and every shape of chart.

It is for who builds and translates, and made of the same partials as the real pages: what is changed there
changes here. Anyone who is signed in may look; it holds no data.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from erbij.reports import examples
from erbij.reports.description import Section
from erbij.reports.report import CHROME
from erbij.reports.words import Words
from erbij.web.accounts.forms import PersonForm
from erbij.web.accounts.requests import PersonRequest
from erbij.web.results.telling import drawing_of, language_of_reader, shown
from erbij.web.results.templatetags.terms import Marker

TOKENS = ("paper", "card", "wash", "line", "ink", "soft", "teal", "teal-soft", "amber", "amber-soft", "field")
THEMES = ("by-day", "by-night")


@login_required
def style(request: PersonRequest) -> HttpResponse:
    """Show the look in the reader's language."""
    words = Words(language_of_reader())
    sections = examples.sections(words)
    # A form that was sent without a name shows its error; nothing is kept.
    wrong = PersonForm({"language": words.language}, instance=None, auto_id="wrong-%s")
    messages.success(request, _("Saved."))
    messages.error(request, _("This is what something that went wrong looks like."))
    context = {
        "tokens": TOKENS,
        "themes": [(theme, [(section, _paper(section)) for section in sections]) for theme in THEMES],
        "sections": shown(sections),
        "marker": Marker(words.language),
        "chrome": {name.replace("-", "_"): words.say(name) for name in CHROME},
        "form": PersonForm(instance=request.user),
        "wrong": wrong,
    }
    return render(request, "results/style.html", context)


def _paper(section: Section) -> SafeString:
    return drawing_of(section.figures[0], "paper")
