"""Settings of the web application, each from the environment; docs/settings.md describes every one."""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from erbij.errors import WebError
from erbij.web import environment, providers, security

HERE = Path(__file__).parent
DATA = environment.folder("ERBIJ_DATA", default=Path.home() / ".local/share/erbij")
DEMO = environment.is_demo("ERBIJ_DEMO", data=DATA)
KEY_FILE = environment.folder("ERBIJ_KEY_FILE", default=DATA / "wave-key")
HELP_KEY_FILE = environment.folder("ERBIJ_HELP_KEY_FILE", default=DATA / "help-key")
BACKUPS = environment.folder("ERBIJ_BACKUPS", default=DATA / "backups")
SECURITY_CONTACT = environment.text("ERBIJ_SECURITY_CONTACT", default="")
BACKUP_FOR = environment.names("ERBIJ_BACKUP_FOR", default="")
RECORD_DAYS = environment.number("ERBIJ_RECORD_DAYS", default=730, least=30)
BACKUP_DAYS = environment.number("ERBIJ_BACKUP_DAYS", default=35, least=1)
HELP_HOUR = environment.number("ERBIJ_HELP_HOUR", default=50, least=1)  # minutes
SCHOOL_DAY = (8, 17)  # hours of the clock, Monday to Friday
HELP_DAYS = environment.number("ERBIJ_HELP_DAYS", default=30, least=1)
DEBUG = environment.flag("ERBIJ_DEBUG")
HTTPS = environment.flag("ERBIJ_HTTPS")

SECRET_KEY = os.environ.get("ERBIJ_SECRET_KEY") or security.kept_key(DATA / "secret-key").hex()
ALLOWED_HOSTS = environment.names("ERBIJ_HOSTS", default="localhost,127.0.0.1,[::1]")
DATABASES = {
    "default": environment.database("DATABASE_URL", default=DATA / "erbij.sqlite3"),
    # Apart: nothing that a pupil asks of an adult stands beside an answer.
    "help": environment.database("ERBIJ_HELP_DATABASE_URL", default=DATA / "help.sqlite3"),
}
environment.check_apart(DATABASES, names=("DATABASE_URL", "ERBIJ_HELP_DATABASE_URL"))
DATABASE_ROUTERS = ["erbij.web.help.router.HelpStore"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "erbij.web.records",
    "erbij.web.accounts",
    "erbij.web.schools",
    "erbij.web.surveys",
    "erbij.web.results",
    "erbij.web.plans",
    "erbij.web.help",
    "erbij.web.ideas",
    "erbij.web.scans",
    "erbij.web.mapping",
    "erbij.web.upkeep",
    "erbij.web.papers",
    *(["erbij.web.demo"] if DEMO else []),
]
MIDDLEWARE = [
    "erbij.web.security.SafeHeaders",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "erbij.web.accounts.middleware.FirstStart",
    "erbij.web.accounts.middleware.LimitedSession",
    "erbij.web.accounts.middleware.OwnLanguage",
    "erbij.web.accounts.second_step.SecondStep",
]
ROOT_URLCONF = "erbij.web.urls"
WSGI_APPLICATION = "erbij.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "erbij.web.schools.navigation.steps",
                "erbij.web.help.waiting.line",
                *(["erbij.web.demo.banner.made_up"] if DEMO else []),
            ]
        },
    }
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People and sign-in
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "erbij.web.accounts.adapter.ByInvitation"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation reached its reader already
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_USER_DISPLAY = "erbij.web.accounts.queries.display_name"
SIGN_IN_FILE = os.environ.get("ERBIJ_SIGN_IN_FILE", "").strip()
SIGN_IN_WITH = providers.read(Path(SIGN_IN_FILE).expanduser() if SIGN_IN_FILE else None)
PASSWORDS = environment.flag("ERBIJ_PASSWORDS", default=True)
if not (PASSWORDS or SIGN_IN_WITH):
    raise WebError("leaves no way to sign in", where=("ERBIJ_PASSWORDS",), advice="Set ERBIJ_SIGN_IN_FILE.")
FAILED_SIGN_INS = environment.number("ERBIJ_FAILED_SIGN_INS", default=30, least=5)  # in an hour
# A made-up town is entered by links, without a first step even.
SECOND_STEP_REQUIRED = (
    environment.choice("ERBIJ_MFA", allowed=("offered", "required")) == "required" and not DEMO
)
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if HTTPS else 0  # behind a proxy the visitor stands in X-Forwarded-For
MFA_TOTP_ISSUER = "Erbij"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG

# Sessions, cookies and headers
SESSION_COOKIE_AGE = environment.number("ERBIJ_SESSION_HOURS", default=8, least=1) * 3600  # seconds
IDLE_MINUTES = environment.number("ERBIJ_IDLE_MINUTES", default=90, least=5)
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
# Browsers take these names from this host only, by https, for all of its paths.
COOKIE_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}django_language"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HTTPS else []
CSRF_FAILURE_VIEW = "erbij.web.accounts.views.expired_form"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"  # security.SafeHeaders says why not no-referrer here
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# Limits on trying: in each process, and too many for somebody who tries to push the others out
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

# Languages
USE_I18N = USE_TZ = True
TIME_ZONE = environment.text("ERBIJ_TIME_ZONE", default="Europe/Brussels")
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English"), ("fr", "Français")]
LOCALE_PATHS = [HERE / "locale"]

# Files for the browser
STATIC_URL = "/static/"
STATICFILES_DIRS = [HERE / "static", ("erbij/fonts", HERE.parent / "reports" / "fonts")]
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 3600  # seconds

# Files that people send: in memory only, since they may hold names of pupils; a larger one never arrives
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 9 * 2**20  # bytes

# E-mail: without a server, invitations are printed and nothing is sent
EMAIL_HOST = environment.text("ERBIJ_EMAIL_HOST", default="")
EMAIL_PORT = int(environment.text("ERBIJ_EMAIL_PORT", default="587"))
EMAIL_HOST_USER = environment.text("ERBIJ_EMAIL_USER", default="")
EMAIL_HOST_PASSWORD = environment.text("ERBIJ_EMAIL_PASSWORD", default="")
EMAIL_USE_TLS = environment.flag("ERBIJ_EMAIL_TLS", default=True)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = environment.text("ERBIJ_EMAIL_FROM", default="erbij@localhost")
EMAIL_TIMEOUT = 10  # seconds
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without-words": {"()": "erbij.web.security.WithoutWords"}},
    "formatters": {"short": {"format": "{levelname} {name} {message}", "style": "{"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "filters": ["without-words"],
            "formatter": "short",
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}
