"""Closing beside the page that asked for it, so that the page can tell how far it is."""

import logging
import threading
from contextvars import copy_context
from functools import partial

from django.db import connections
from django_scopes import scope

from erbij.web.results import services
from erbij.web.surveys import closing
from erbij.web.surveys.models import Wave

log = logging.getLogger(__name__)


def start(wave: Wave, *, word: str) -> threading.Thread:
    """Close a wave in a thread of its own. A wave whose server stopped meanwhile can be closed again.

    Raises
    ------
    Refusal
        Before anything changes, where the words or the key file are not right.
    """
    closing.check_word(wave=wave, word=word)
    _tell(wave, "starting", 0, 0)
    # With its context: who closes is who asked for it.
    thread = threading.Thread(target=copy_context().run, args=(_run, wave, word), name="closing")
    thread.start()
    return thread


def _tell(wave: Wave, step: str, done: int, total: int) -> None:
    with scope(school=wave.school):
        Wave.objects.filter(pk=wave.pk).update(step=step, step_done=done, step_total=total)


def _run(wave: Wave, word: str) -> None:
    try:
        services.close_wave(wave=wave, word=word, progress=partial(_tell, wave))
        _tell(wave, "", 0, 0)
    except Exception as problem:
        # Its kind only: the text of an unexpected error could hold an answer.
        log.error("closing a survey stopped: %s", type(problem).__name__)
        _tell(wave, "stopped", 0, 0)
    finally:
        connections.close_all()
