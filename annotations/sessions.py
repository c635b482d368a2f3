"""Sessions as Django keeps them in the database, found by a statement that is written once.

Each page begins with it, and Django took as long to write it as for a page of a few words.
"""

from __future__ import annotations

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from annotations.prepared import PreparedRows


def _session(key: str) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key)


_SESSION: PreparedRows[Session] = PreparedRows(_session, 1)


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> Session | None:
        found = _SESSION.one(self.session_key)
        if found is None or found.expire_date <= timezone.now():
            self._session_key = None
            return None
        return found
