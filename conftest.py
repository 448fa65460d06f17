"""Set up before any test or doctest is imported: settings of the web, and a data folder of its own."""

import os
import tempfile

import django
from hypothesis import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "erbij.web.settings")
# Never the folder of whoever runs the tests: reading the settings makes key files.
os.environ["ERBIJ_DATA"] = tempfile.mkdtemp(prefix="erbij-tests-")
# Playwright keeps an event loop in the thread of the tests, where Django would refuse the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
django.setup()
# How long an example takes is not what is tested: the machine may be busy.
settings.register_profile("erbij", deadline=None)
settings.load_profile("erbij")
