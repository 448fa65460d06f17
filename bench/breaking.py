"""A place where the server breaks, with all that was sent in the error."""

import json
import logging
from collections.abc import Callable
from typing import Any

log = logging.getLogger("erbij.web")


class Breaking:
    """Breaks at a ballot of the wave `break`; leaves everything else alone."""

    def __init__(self, get_response: Callable[[Any], Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> Any:
        return self.get_response(request)

    def process_view(self, request: Any, *_view: Any) -> None:
        if request.path == "/ballots/" and b'"wave": "break"' in request.body:
            log.debug("a line of our own")
            raise RuntimeError(f"it broke with {json.loads(request.body)}")
