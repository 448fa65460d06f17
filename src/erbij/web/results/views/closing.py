"""Closing a wave: asked once more, done beside the page, and told how far it is."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.cache import never_cache

from erbij.web.results import jobs
from erbij.web.schools.access import SchoolRequest, for_roles
from erbij.web.schools.roles import MANAGERS
from erbij.web.surveys import keys
from erbij.web.surveys import queries as surveys
from erbij.web.surveys.forms import CloseForm
from erbij.web.surveys.models import Wave
from erbij.web.surveys.refusals import Refusal


@never_cache
@for_roles(*MANAGERS)
def close(request: SchoolRequest, code: str) -> HttpResponse:
    """Ask once more, then close, and tell how far it is."""
    wave = surveys.wave(request.school.pk, code)
    if wave is None or wave.is_draft:
        raise Http404
    if wave.state == Wave.State.CLOSED:
        return redirect("result", school=request.school.slug, code=code)
    form = CloseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            jobs.start(wave, word=form.cleaned_data["word"])
        except Refusal as refusal:
            form.add_error("word", str(refusal.words))
        else:
            return redirect("wave-close", school=request.school.slug, code=code)
    context = {
        "wave": wave,
        "form": form,
        "needs_words": keys.needs_words(wave.wrapped_key),
        "running": len(surveys.sessions_of(wave)),
        "stages": _stages(wave),
    }
    is_busy = bool(wave.step) and wave.step != "stopped" and not form.errors
    template = "results/closing.html" if is_busy else "results/close.html"
    return render(request, template, context, status=422 if form.errors else 200)


STAGES = (
    ("opening", _lazy("Opening the sealed answers")),
    ("protecting", _lazy("Protecting the results")),
    ("destroying", _lazy("Destroying answers and keys")),
)


def _stages(wave: Wave) -> list[dict[str, object]]:
    """The steps of closing: those that are done, and how far the one is that goes on now."""
    ids = [id_ for id_, _words in STAGES]
    now = ids.index(wave.step) if wave.step in ids else -1
    return [
        {
            "words": words,
            "is_done": place < now,
            "is_now": place == now,
            "done": wave.step_done,
            "total": wave.step_total if wave.step_total > 1 else 0,
        }
        for place, (_id, words) in enumerate(STAGES)
    ]
