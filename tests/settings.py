"""The settings under test: a developer's, quicker, and the same whatever this machine's .env says.

DATABASE_URL is heard, so that the tests can be run on another PostgreSQL.
"""

import os

os.environ |= {"DEBUG": "1", "SECRET_KEY": "for tests only"}
# The database waits for no disk; benchmarks turn that off, to measure what people get.
os.environ.setdefault("FACTCHECK_DISPOSABLE", "1")

from factcheck.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # thousands of logins
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {
    name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
    for name in ("default", "process")
}
# From where they lie, as with DEBUG on: pytest turns that off, and nothing was collected.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
