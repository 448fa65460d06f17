"""A place where the server breaks, with all that was sent in the error."""

import json
import logging
from collections.abc import Callable
from typing import Any

log = logging.getLogger("erbij.web")
LARGEST = 100_000
"""Bytes."""


class Breaking:
    """Breaks at a ballot of the wave `break`; leaves everything else alone."""

    def __init__(self, get_response: Callable[[Any], Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> Any:
        return self.get_response(request)

    def process_view(self, request: Any, *_view: Any) -> None:
        # What is too large is for the page itself to refuse: reading it here would answer in its place.
        is_small = int(request.META.get("CONTENT_LENGTH") or 0) < LARGEST
        if is_small and request.path == "/ballots/" and b'"wave": "break"' in request.body:
            log.debug("a line of our own")
            raise RuntimeError(f"it broke with {json.loads(request.body)}")
