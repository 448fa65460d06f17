"""Settings of a server that says all it can and breaks when it is told to: what it then writes is looked at.

DJANGO_SETTINGS_MODULE=bench.loud erbij serve
"""

from erbij.web.settings import *  # noqa: F403 (the settings of the application, and two changes)
from erbij.web.settings import LOGGING, MIDDLEWARE

for _logger in (LOGGING["root"], *LOGGING["loggers"].values()):
    _logger["level"] = "DEBUG"
MIDDLEWARE = [*MIDDLEWARE, "bench.breaking.Breaking"]
