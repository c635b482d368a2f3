"""The settings: production, unless DEBUG=1.

With DEBUG off, SECRET_KEY, ALLOWED_HOSTS and DATABASE_URL must be set, or nothing starts.
With DEBUG on and no DATABASE_URL, a PostgreSQL of our own is started (factcheck.embedded).
"""

from pathlib import Path
from typing import Any

from factcheck import env

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(env.text("FACTCHECK_VAR", str(BASE_DIR / "var"))).resolve()  # all that is written

DEBUG = env.flag("DEBUG")
SECRET_KEY = env.text("SECRET_KEY")
# With DEBUG on and none given, Django accepts the names of this machine's loopback only.
# The path that the site stands below, if not at the root of its host: "/facts".
FORCE_SCRIPT_NAME = env.text("URL_PREFIX", "") or None
# Ports that readers ask at, beside 80, 443 and the one that is listened on.
HOST_PORTS = env.words("HOST_PORTS", "")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "" if DEBUG else None)
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", "")

INSTALLED_APPS = [
    "annotations",
    "factcheck.apps.FactcheckAdminConfig",  # django.contrib.admin with our site
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",  # indexes that name how they compare
    "whitenoise.runserver_nostatic",  # before staticfiles: it replaces runserver's own serving
    "django.contrib.staticfiles",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
]

MIDDLEWARE = [
    "annotations.middleware.PlainRequests",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    # A view is closed to strangers unless it opts out: @login_not_required.
    "annotations.middleware.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "factcheck.urls"
WSGI_APPLICATION = "factcheck.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
# A template that cannot be rendered is an error in tests, not an empty form.
CRISPY_FAIL_SILENTLY = False


# People

AUTH_USER_MODEL = "annotations.User"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]


# Data


def _default_database() -> dict[str, Any]:
    url = env.text("DATABASE_URL", "" if DEBUG else None)
    if url:
        # A connection lives a minute and is asked after before use: a database that was restarted
        # costs no reader an error. Behind PgBouncer in transaction mode, set it to 0.
        age = int(env.text("CONN_MAX_AGE", "60"))
        reuse = {"CONN_MAX_AGE": age, "CONN_HEALTH_CHECKS": True}
        return env.database(url) | reuse
    # Connections to our own server end with the request, so that the code reloader and the tests
    # leave nothing open.
    from factcheck.embedded.server import NAME, SOCKETS

    return {
        "ENGINE": "factcheck.embedded",
        "NAME": NAME,
        "USER": NAME,
        "HOST": str(SOCKETS),
        "OPTIONS": env.without_jit({}),
    }


# Never ATOMIC_REQUESTS: a move is one transaction of its own, and reading needs none.
DATABASES = {"default": _default_database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

FIXTURE_DIRS = [BASE_DIR / "fixtures"]
# Moments in dumps to the microsecond: what is dumped and loaded is the same as before.
SERIALIZATION_MODULES = {
    "json": "factcheck.serialization.json",
    "jsonl": "factcheck.serialization.jsonl",
}

MEDIA_ROOT = VAR / "media"
# Forms accept files up to 10 MB; a body may be a little more than the file in it. Bytes. No
# body is read that is larger (annotations.middleware).
DATA_UPLOAD_MAX_MEMORY_SIZE = 11 * 1024 * 1024
# A long article has more than 1,000 marks to confirm, or sentences to triage, at once.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Web addresses whose pages are imported: the ports that are asked, and exact "address:port" that
# may be reached though they are not on the public internet (an archive of one's own).
FETCH_PORTS = [int(port) for port in env.words("FETCH_PORTS", "80,443")]
FETCH_ALLOWED = env.words("FETCH_ALLOWED", "")


# Static files

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Fonts and scripts of an embed are asked for by a sandboxed frame, which has no origin.
WHITENOISE_ALLOW_ALL_ORIGINS = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "factcheck.static.HashedStaticFiles"
    },
}


# Reading

# How long a shared cache may keep a public page without asking, in seconds. Only with a hook that
# purges it: readers must never get a page that was corrected since.
PUBLIC_CACHE_SECONDS = int(env.text("PUBLIC_CACHE_SECONDS", "0"))
# A function, by its dotted path, that is given the addresses to purge whenever an edition is made.
PURGE_HOOK = env.text("PURGE_HOOK", "")


# Language and time

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français"), ("ar", "العربية")]
USE_I18N = True
# Public pages are in the desk's language or in ?lang=, whoever asks: views/public/serving.py.
FORMAT_MODULE_PATH = "factcheck.formats"
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True


# Security

_self = "'self'"
_none = "'none'"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [_self],
        "img-src": [_self, "data:"],
        "object-src": [_none],
        "base-uri": [_none],
        "frame-ancestors": [_none],
        "form-action": [_self],
    },
}
SESSION_COOKIE_SECURE = not DEBUG
CSRF_COOKIE_SECURE = not DEBUG
CSRF_FAILURE_VIEW = "annotations.views.signing_in.old_token"
CSRF_COOKIE_HTTPONLY = True  # scripts read the token from the page
SECURE_SSL_REDIRECT = not DEBUG
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked from inside, without TLS
SECURE_HSTS_SECONDS = 0 if DEBUG else 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = not DEBUG
# HSTS preloading cannot be taken back: that is for the owner of the domain to decide, not for us.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
if env.flag("BEHIND_PROXY"):
    # Only where a proxy ends TLS and sets this header itself, whatever its client sent.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")


# Mail

# The server is not kept whole: pages that show settings hide passwords, but not addresses.
_mail = env.mail(_url) if (_url := env.text("EMAIL_URL", "")) else {}
# Whether letters go anywhere: with DEBUG on and no server, to the terminal of the worker.
MAIL_GOES_OUT = DEBUG or bool(_mail)
if _mail:
    EMAIL_HOST, EMAIL_PORT = _mail["HOST"], _mail["PORT"]
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["HOST_USER"], _mail["HOST_PASSWORD"]
    EMAIL_USE_TLS, EMAIL_USE_SSL = _mail["USE_TLS"], _mail["USE_SSL"]
    EMAIL_TIMEOUT = _mail["TIMEOUT"]
    DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.sender("MAIL_FROM")
elif DEBUG:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
# Where the site stands, for the links in mails that no request asks for.
_names = [name for name in ALLOWED_HOSTS if name[:1] not in "*."]
SITE_URL = env.site(
    "SITE_URL", f"https://{_names[0]}" if _names and not DEBUG else "http://127.0.0.1:8000"
)


# Logs

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {"django": {"level": "INFO"}},  # without Django's own handlers: no line twice
}
