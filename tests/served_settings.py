"""Production's settings, for a site that tests ask over HTTP: only its files are not collected."""

from factcheck.settings import *  # noqa: F403
from factcheck.settings import STORAGES

STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
}
# Quicker, and the same as the tests' own: people sign in under tests/settings.py.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
