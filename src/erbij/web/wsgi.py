"""What a WSGI server (granian, gunicorn) is pointed at: `erbij.web.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "erbij.web.settings")
application = get_wsgi_application()
