"""Keys on disk, headers of every answer, and log lines that hold no address and no words of anyone."""

import logging
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string

from erbij.errors import WebError

KEY_BYTES = 32
PUPIL_PATHS = ("/c/", "/k/", "/ballots/", "/i/")
PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in ("accelerometer", "camera", "geolocation", "gyroscope", "microphone", "payment", "usb")
)

Next = Callable[[HttpRequest], HttpResponseBase]


def kept_key(path: Path) -> bytes:
    """Read a key file, or make it when it is not there yet.

    Parameters
    ----------
    path
        Where 32 random bytes stand; a new file is readable by its owner only (0600).

    Returns
    -------
    bytes
        The 32 bytes.

    Raises
    ------
    WebError
        When the file can't be made or read, or holds another number of bytes.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _make_once(path)
        key = path.read_bytes()
    except OSError as problem:
        raise WebError(
            f"a key file can't be used ({problem.strerror})",
            where=(str(path),),
            advice="Give ERBIJ_DATA or ERBIJ_KEY_FILE a place where this account may write.",
        ) from problem
    if len(key) != KEY_BYTES:
        raise WebError(
            "a key file is not whole",
            where=(str(path),),
            found=f"{len(key)} bytes",
            allowed=[f"{KEY_BYTES} bytes"],
            advice="Put the copy back that was kept; a new key can't open what an old one closed.",
        )
    return key


def _make_once(path: Path) -> None:
    if path.exists():
        return
    # Two processes may start at once: each writes its own file, the first link wins, nobody reads half a key.
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        if not path.exists():
            os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that what was sent can't be used; 413 where it was too much."""
    is_large = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    page = render_to_string("400.html", {"is_large": is_large})
    return HttpResponse(page, status=413 if is_large else 400)


class SafeHeaders:
    """Add what Django does not: Permissions-Policy, and no copy of a page on a shared computer."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, with the headers set unless the view chose its own."""
        is_traced = request.method == "TRACE"  # it is there to show a request to whoever sent it
        response = HttpResponse(status=405) if is_traced else self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cache-Control", "no-store")
        if request.path.startswith(PUPIL_PATHS) or request.path == "/":
            # Not everywhere: under no-referrer a browser posts forms with `Origin: null`, which CSRF refuses.
            response.headers.setdefault("Referrer-Policy", "no-referrer")
        return response


class WithoutWords(logging.Filter):
    """Strip a log line to what an operator needs: level, logger, status, and where in the code it broke.

    Django writes the path (a session word, an invitation) and exceptions quote values: neither may
    reach a log.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the line in place; it is always kept."""
        if record.name.startswith("django"):
            record.msg = f"status {getattr(record, 'status_code', '-')}"
            record.args = ()
        if record.exc_info and record.exc_info[0] is not None:
            record.msg = f"{record.msg} {record.exc_info[0].__name__} at {_places(record.exc_info[2])}"
        record.exc_info = record.exc_text = record.stack_info = None
        return True


def _places(trace: object) -> str:
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code  # type: ignore[attr-defined]
        places.append(f"{Path(code.co_filename).name}:{trace.tb_lineno}")  # type: ignore[attr-defined]
        trace = trace.tb_next  # type: ignore[attr-defined]
    return " > ".join(places[-6:])
