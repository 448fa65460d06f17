"""Words that need explaining, as buttons beside which their meaning opens."""

from dataclasses import dataclass, field

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from erbij.reports import terms
from erbij.reports.terms import Term

register = template.Library()


@dataclass(slots=True)
class Marker:
    """Marks each term once on a page, where it first stands."""

    language: str
    used: dict[str, Term] = field(default_factory=dict)


@register.filter
def explained(sentence: str, marker: Marker) -> SafeString:
    """The sentence, with terms that come up first as buttons; `results/tips.html` has their meaning."""
    pieces = ((_piece(text, term, marker),) for text, term in terms.find(sentence, marker.language))
    return format_html_join("", "{}", pieces)


def _piece(text: str, term: Term | None, marker: Marker) -> str:
    if term is None or term.id in marker.used:
        return text
    marker.used[term.id] = term
    return format_html(
        '<button type="button" class="term" popovertarget="term-{}">{}</button>', term.id, text
    )
