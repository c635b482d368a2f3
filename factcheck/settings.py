"""The settings: production, unless DEBUG=1.

With DEBUG off, SECRET_KEY, ALLOWED_HOSTS and DATABASE_URL must be set, or nothing starts.
With DEBUG on and no DATABASE_URL, a PostgreSQL of our own is started (factcheck.embedded).
"""

from pathlib import Path
from typing import Any

from annotations.database import plans
from factcheck import env, places

BASE_DIR = Path(__file__).resolve().parent.parent
# The folder of all that is written beside the database: files, collected static files.
VAR = Path(env.text("FACTCHECK_VAR", places.VAR)).resolve()

# For a developer's own machine: errors are shown with their insides, nothing asks for TLS.
DEBUG = env.flag("DEBUG")
# Signs sessions and links, and seals second factors and the names of confidential sources: 50
# random characters or more, the same in every process, kept secret, and kept with the backups.
SECRET_KEY = env.text("SECRET_KEY")
# The keys from before, with commas, for as long as anything signed or sealed with them is needed.
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS", "")
# The path that the site stands below, if not at the root of its host: "/facts".
FORCE_SCRIPT_NAME = env.text("URL_PREFIX", "") or None
# Ports that readers ask at, beside 80, 443 and the one that is listened on.
HOST_PORTS = env.words("HOST_PORTS", "")
# The names that the site is asked by. With DEBUG on and none given, this machine's loopback only.
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "" if DEBUG else None)
# Other origins that forms may come from, with their scheme: "https://preview.example.org".
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
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]

MIDDLEWARE = [
    "annotations.journal.Journal",
    "annotations.middleware.PlainRequests",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "annotations.middleware.Sessions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "annotations.middleware.InTheirOwnTime",
    "django_htmx.middleware.HtmxMiddleware",
    # A view is closed to strangers unless it opts out: @login_not_required.
    "annotations.middleware.SignInMiddleware",
    "annotations.middleware.SentForms",
    "allauth.account.middleware.AccountMiddleware",
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
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "account_login"
AUTHENTICATION_BACKENDS = ["annotations.accounts.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# The door is django-allauth's. Nobody signs up by themselves: people are invited (accounts).
ACCOUNT_ADAPTER = "annotations.accounts.Adapter"
_forms = "annotations.forms.account.door"
ACCOUNT_FORMS = {
    "login": "annotations.forms.SignInForm",
    "reset_password": "annotations.accounts.LostPasswordForm",
    "user_token": f"{_forms}.LostPasswordLinkForm",
    "reset_password_from_key": f"{_forms}.NewPasswordForm",
    "set_password": f"{_forms}.FirstPasswordForm",
    "change_password": f"{_forms}.ChangePasswordForm",
    "reauthenticate": f"{_forms}.ConfirmForm",
    "add_email": f"{_forms}.NewAddressForm",
}
# Django's own: allauth's asks for addresses, and writes one down, for whoever guesses at a link.
_generator = "django.contrib.auth.tokens.PasswordResetTokenGenerator"
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = _generator
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_CHANGE_EMAIL = True  # one address, changed when the new one has answered
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Where it is changed one stays signed in; elsewhere a session made under the old one is no more.
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_METHODS = ["password", "mfa"]
ACCOUNT_PREVENT_ENUMERATION = "strict"
# Wrong passwords, each by address and by the account that was named. Counted in the shared cache.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "20/5m/ip,5/5m/key",
    "hold": "30/10m/ip,300/h/ip",
    # Answering by a link what a desk asked.
    "reply": "60/10m/ip,300/h/ip",
}
# How many proxies of one's own stand before us: of X-Forwarded-For only what the outermost of them
# added is believed, which each of the others has to pass on. Without one, nothing of it is.
ALLAUTH_TRUSTED_PROXY_COUNT = int(env.text("PROXIES", "1" if env.flag("BEHIND_PROXY") else "0"))
MFA_ADAPTER = "annotations.accounts.SecondFactors"
MFA_FORMS = {
    "login_webauthn": f"{_forms}.PasskeyForm",
    "authenticate": f"{_forms}.CodeForm",
    "reauthenticate": f"{_forms}.ConfirmCodeForm",
    "activate_totp": f"{_forms}.AppForm",
    "add_webauthn": f"{_forms}.AddPasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody makes accounts in another’s name
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Factcheck"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
INVITATION_DAYS = 14

# Sign-in with an organisation's own accounts, where it has an OpenID Connect server: Google
# Workspace, Entra, Keycloak. Only addresses that were invited, and that it says are confirmed.
OIDC_SERVER = env.text("OIDC_SERVER", "")
SOCIALACCOUNT_ADAPTER = "annotations.accounts.OwnOrganisation"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "organisation",
                # With OIDC_SERVER: what the button to sign in there names.
                "name": env.text("OIDC_NAME", "your organisation"),
                # With OIDC_SERVER: the name that it knows this site by.
                "client_id": env.text("OIDC_CLIENT_ID"),
                # With OIDC_SERVER: what this site shows it to prove that it is this site.
                "secret": env.text("OIDC_CLIENT_SECRET"),
                # Entra does not say whether it confirmed an address. Only where the server has
                # the organisation's own accounts and no others may it be believed without.
                "settings": {
                    "server_url": OIDC_SERVER,
                    # With OIDC_SERVER: whether its addresses count as confirmed though it does
                    # not say so, as Entra's do not.
                    "verified_email": env.flag("OIDC_TRUST_EMAIL"),
                },
            }
        ]
        if OIDC_SERVER
        else [],
    }
}


# Data


def _default_database() -> dict[str, Any]:
    # postgresql://user:password@host:port/name; a host that begins with %2F is a folder of sockets.
    # What stands behind a ? goes to libpq: ?sslmode=verify-full
    url = env.text("DATABASE_URL", "" if DEBUG else None)
    if url:
        # Seconds that a connection is kept, and with it the statements that are asked all day. It
        # is asked after before use: a database that was restarted costs no reader an error. Behind
        # PgBouncer in transaction mode, set it to 0.
        age = int(env.text("CONN_MAX_AGE", "60"))
        # Whether long lists are read without cursors of the server, and no statement is kept there:
        # behind PgBouncer in transaction mode, they would be another session's.
        cursors = env.flag("DISABLE_SERVER_SIDE_CURSORS")
        reuse = {
            "CONN_MAX_AGE": age,
            "CONN_HEALTH_CHECKS": True,
            "DISABLE_SERVER_SIDE_CURSORS": cursors,
        }
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
# A standby of the database, as DATABASE_URL: public pages are read from it. Where it is lost, they
# are read from the first; connecting to it is tried for 2 s then. It may be a moment behind, so
# that it does not go with PUBLIC_CACHE_SECONDS: a cache would keep a page that was just corrected.
if _replica := env.text("DATABASE_REPLICA_URL", ""):
    DATABASES["replica"] = DATABASES["default"] | env.database(_replica)
    DATABASE_ROUTERS = ["annotations.database.replica.Router"]
for _database in DATABASES.values():
    _database["OPTIONS"] |= plans.OPTIONS
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# "default" is shared by all processes and hosts, in a table that a migration makes: what counts
# wrong passwords must be. "process" is each process's own: what is quick to make again.
CACHES = {
    "default": {
        "BACKEND": "annotations.database.shared_cache.SharedCache",
        "LOCATION": "factcheck_cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

FIXTURE_DIRS = [places.SHIPPED / "fixtures"]
# Moments in dumps to the microsecond: what is dumped and loaded is the same as before.
SERIALIZATION_MODULES = {
    "json": "factcheck.serialization.json",
    "jsonl": "factcheck.serialization.jsonl",
}

MEDIA_ROOT = VAR / "media"
# A bucket of S3 or of a service like it for saved copies, instead of a folder: s3://bucket/prefix,
# or s3://bucket/prefix?endpoint_url=https://... Keys are AWS_ACCESS_KEY_ID and
# AWS_SECRET_ACCESS_KEY, or those of the machine's role.
_bucket = env.text("BLOBS_URL", "")
# Forms accept files up to 10 MB; a body may be a little more than the file in it. Bytes. No
# body is read that is larger (annotations.middleware), but for the form of a saved copy.
DATA_UPLOAD_MAX_MEMORY_SIZE = 11 * 1024 * 1024
# A long article has more than 1,000 marks to confirm, or sentences to triage, at once.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Ports that are asked when a page of the web is imported.
FETCH_PORTS = [int(port) for port in env.words("FETCH_PORTS", "80,443")]
# Exact "address:port" that may be fetched though they are not on the public internet: an archive
# of one's own.
FETCH_ALLOWED = env.words("FETCH_ALLOWED", "")
# Whether pages that are cited are fetched by the worker and kept: it asks them by the site's name.
SAVE_COPIES = env.flag("SAVE_COPIES")
# Whether cited pages of published checks are looked at again, each week: it asks others' servers.
WATCH_SOURCES = env.flag("WATCH_SOURCES")
# The keys of an account of the Internet Archive, as "access:secret": desks may have it save what
# they cite in public.
INTERNET_ARCHIVE_KEYS = env.text("INTERNET_ARCHIVE_KEYS", "")
# What the keys are made from by which messages to desks' own archives are signed: 32 random
# characters or more (`manage.py check` warns of fewer). `manage.py archiver_key DESK` says the key
# of one. Without it none is sent.
ARCHIVER_SECRET = env.text("ARCHIVER_SECRET", "")
# Authorities (RFC 3161) that stamp each day's root of all hashes, by their addresses: it asks them.
TIMESTAMP_AUTHORITIES = env.words("TIMESTAMP_AUTHORITIES", "")
# The certificates, as a PEM file, that their stamps are verified against; without it a stamp is
# only compared with its root.
TIMESTAMP_CERTIFICATES = env.text("TIMESTAMP_CERTIFICATES", "")
# The Chromium that `manage.py export_dossier --pdf` prints with, if not the first on PATH.
CHROMIUM = env.text("CHROMIUM", "")


# Static files

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [places.SHIPPED / "static"]
# Fonts and scripts of an embed are asked for by a sandboxed frame, which has no origin.
WHITENOISE_ALLOW_ALL_ORIGINS = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "blobs": env.blobs(_bucket, MEDIA_ROOT / "blobs"),
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
if _replica and PUBLIC_CACHE_SECONDS:
    raise env.Missing("DATABASE_REPLICA_URL does not go with PUBLIC_CACHE_SECONDS: unset one.")
# A function, by its dotted path, that is given the addresses to purge whenever an edition is made.
PURGE_HOOK = env.text("PURGE_HOOK", "")


# Language and time

LANGUAGE_CODE = "en"
# Those whose catalogue holds every message: who has read them is in docs/languages.md.
LANGUAGES = [("en", "English"), ("ar", "العربية"), ("es", "Español"), ("fr", "Français")]
USE_I18N = True
# Public pages are in the desk's language or in ?lang=, whoever asks: views/public/serving.py.
FORMAT_MODULE_PATH = "factcheck.formats"
LOCALE_PATHS = [places.SHIPPED / "locale"]
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
SESSION_ENGINE = "annotations.sessions"
SESSION_COOKIE_SECURE = not DEBUG
CSRF_COOKIE_SECURE = not DEBUG
CSRF_FAILURE_VIEW = "annotations.views.account.door.old_token"
CSRF_COOKIE_HTTPONLY = True  # scripts read the token from the page
SECURE_SSL_REDIRECT = not DEBUG
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]  # asked from inside, without TLS
# Seconds for which browsers are to ask this host by TLS only. It cannot be taken back before they
# are over: begin with 3600, and go to 31536000 once everything works.
SECURE_HSTS_SECONDS = int(env.text("HSTS_SECONDS", "0"))
# Other names of the domain, and preloading, are for the owner of the domain to decide, not for us.
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W005", "security.W021"]
# Whether a proxy ends TLS and sets X-Forwarded-Proto itself, whatever its client sent.
if env.flag("BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")


# Mail

# The server that mail goes out by: smtp://user:password@host:587/?tls=1, or smtps://... Without
# it, none goes out.
_url = env.text("EMAIL_URL", "")
# It is not kept whole: pages that show settings hide passwords, but not addresses.
_mail = env.mail(_url) if _url else {}
# Whether letters go anywhere: with DEBUG on and no server, to the terminal of the worker.
MAIL_GOES_OUT = DEBUG or bool(_mail)
if _mail:
    EMAIL_HOST, EMAIL_PORT = _mail["HOST"], _mail["PORT"]
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["HOST_USER"], _mail["HOST_PASSWORD"]
    EMAIL_USE_TLS, EMAIL_USE_SSL = _mail["USE_TLS"], _mail["USE_SSL"]
    EMAIL_TIMEOUT = _mail["TIMEOUT"]
    # With EMAIL_URL: who mails are from, as "The Desk <desk@example.org>".
    DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.sender("MAIL_FROM")
elif DEBUG:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
_names = [name for name in ALLOWED_HOSTS if name[:1] not in "*."]
# Where links in mails lead: the scheme and host of the site, if it is not the first of
# ALLOWED_HOSTS by https.
SITE_URL = env.site(
    "SITE_URL", f"https://{_names[0]}" if _names and not DEBUG else "http://127.0.0.1:8000"
)


# Logs

# How the log is written: json, an object a line for machines, or line, for a terminal.
LOG_FORMAT = env.choice("LOG_FORMAT", "line" if DEBUG else "json", ("json", "line"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "annotations.journal.JsonLines"},
        "line": {"()": "annotations.journal.PlainLines"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {"django": {"level": "INFO"}},  # without Django's own handlers: no line twice
}
# Who brings it, as "Authorization: Bearer ...", gets Prometheus figures at /metrics. Without it
# nobody does.
METRICS_TOKEN = env.text("METRICS_TOKEN", "")

# Where errors are reported, by Sentry's protocol: without what people typed or asked for.
if dsn := env.text("SENTRY_DSN", ""):
    import sentry_sdk

    # Where an error arose, never whose text it arose in.
    sentry_sdk.init(
        dsn,
        send_default_pii=False,
        max_request_body_size="never",
        include_local_variables=False,
        before_send=env.without_query,
    )
