"""Django's loaddata for a site that works: it adds what is not there, and changes nothing that is.

So a fixture may be loaded again, and a dump of several desks beside others, whatever people did
since: no password is reset, no status put back, nothing brought back that was taken out.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.management.base import CommandError
from django.core.management.commands import loaddata
from django.core.serializers.base import (
    DEFER_FIELD,
    DeserializationError,
    DeserializedObject,
    deserialize_fk_value,
)
from django.db import DatabaseError, connections, models

from annotations import blobs
from annotations.exchange import fixtures
from annotations.models import Desk, RatingScale

WHOLE: tuple[type[models.Model], ...] = (Desk, RatingScale)
"""What comes with all its rows or not at all: what lacks in one that is here was taken out."""


Name = tuple[type[models.Model], tuple[str, ...]]
Wait = tuple[DeserializedObject, models.ForeignKey]


class Command(loaddata.Command):
    help = (
        "Installs the named fixture(s) in the database. What is there already is left as it is: "
        "rows by their natural key, and all rows of a desk or rating scale that is there."
    )

    def handle(self, *fixture_labels: str, **options: Any) -> None:
        """Load all of it or nothing. Raises CommandError, in a sentence, for what is refused."""
        try:
            super().handle(*fixture_labels, **options)
        except (DatabaseError, DeserializationError, ValidationError) as refused:
            raise CommandError(_in_a_sentence(refused)) from refused

    def loaddata(self, fixture_labels: Sequence[str]) -> None:
        self.new: dict[type[models.Model], set[Any]] = defaultdict(set)
        self.last = fixture_labels[-1] if fixture_labels else ""
        self.waiting: dict[int, DeserializedObject] = {}
        self.waits_for: dict[Name, list[Wait]] = defaultdict(list)
        self.here: set[models.Model] = set()
        self.left = 0
        super().loaddata(fixture_labels)
        self._refuse_contradictions()
        if self.left and self.verbosity >= 1:
            self.stdout.write(f"{self.left} object(s) were there, or were taken out since: left.")

    def load_label(self, fixture_label: str) -> None:
        super().load_label(fixture_label)
        if fixture_label == self.last:
            self._break_circles()

    def save_obj(self, obj: DeserializedObject) -> bool:
        """Save the row, unless it is there, or what it names comes later: then it waits."""
        if self._is_left(obj.object):
            self.left += 1
            return False
        if _keys(obj):
            _reserve_key(obj.object, self.using)
            self._wait(obj)
            return True
        self._save(obj)
        return True

    def _save(self, obj: DeserializedObject) -> None:
        """Save the row, and then whatever waited for it alone, and what waited for that."""
        able = deque([obj])
        while able:
            each = able.popleft()
            try:
                super().save_obj(each)
            except OSError as error:  # of the bytes that come with the row
                raise CommandError(f"{blobs.unkept(error)} ({error})") from error
            self.new[type(each.object)].add(each.object.pk)
            able.extend(self._told_of(each.object))

    def _refuse_contradictions(self) -> None:
        """Raise CommandError, which takes all back, for new rows that cannot stand as they are."""
        for row, why in fixtures.contradictions(self.new, self.using):
            raise CommandError(f"{fixtures.name_of(row)} {why}. Nothing was loaded.")

    # What is there already

    def _is_left(self, row: models.Model) -> bool:
        there = self._there(row)
        if there is not None and isinstance(row, WHOLE):
            self.here.add(there)
        return there is not None or self._is_of_what_is_here(row)

    def _there(self, row: models.Model) -> models.Model | None:
        """The same row in the database. Raises CommandError if its key is another row's."""
        if row.pk is None:
            return None
        there = type(row)._base_manager.using(self.using).filter(pk=row.pk).first()
        if there is None and not self._has_another_key(row):
            return None
        if there is not None and (_is_same(row, there) or self._is_of_what_is_here(row)):
            return there
        raise CommandError(
            f"{row._meta.label} {row.pk} of the file is another row than the {row.pk} here, or has "
            "another key here. Load it into an empty database, or dump it with --natural-primary "
            "and --natural-foreign. Nothing was loaded."
        )

    def _has_another_key(self, row: models.Model) -> bool:
        manager: Any = type(row)._default_manager.db_manager(self.using)
        if not (hasattr(row, "natural_key") and hasattr(manager, "get_by_natural_key")):
            return False
        try:
            manager.get_by_natural_key(*row.natural_key())
        except ObjectDoesNotExist:
            return False
        return True

    def _is_of_what_is_here(self, row: models.Model) -> bool:
        return bool(self.here) and _whole_of(row) in self.here

    # What names a row that comes later in the file

    def _wait(self, obj: DeserializedObject) -> None:
        self.waiting[id(obj)] = obj
        for field in _keys(obj):
            self.waits_for[_named(field.related_model, obj.deferred_fields[field])] += [
                (obj, field)
            ]

    def _told_of(self, row: models.Model) -> Iterator[DeserializedObject]:
        """Tell those that wait for the row that it is there. Those that wait for nothing more."""
        if not hasattr(row, "natural_key"):
            return
        for obj, field in self.waits_for.pop(_named(type(row), row.natural_key()), ()):
            if id(obj) in self.waiting:
                self._fill_in(obj, field, getattr(row, field.target_field.attname))
                if id(obj) not in self.waiting:
                    yield obj

    def _fill_in(self, obj: DeserializedObject, field: models.ForeignKey, key: Any) -> None:
        setattr(obj.object, field.attname, key)
        del obj.deferred_fields[field]
        if not _keys(obj):
            del self.waiting[id(obj)]

    def _break_circles(self) -> None:
        """Save a row of each circle without what it names, which is filled in at the end."""
        while self.waiting:
            rows = self.waiting.values()
            able = next((obj for obj in rows if all(field.null for field in _keys(obj))), None)
            if able is None:
                able = self._found_after_all()
            self.waiting.pop(id(able), None)
            self._save(able)

    def _found_after_all(self) -> DeserializedObject:
        """A row whose names the database knows, spelled otherwise. Raises CommandError for none."""
        for obj in list(self.waiting.values()):
            for field in _keys(obj):
                value = obj.deferred_fields[field]
                key = deserialize_fk_value(field, value, self.using, handle_forward_references=True)
                if key is not DEFER_FIELD:
                    self._fill_in(obj, field, key)
            if id(obj) not in self.waiting:
                return obj
        raise CommandError(_names_nothing(next(iter(self.waiting.values()))))


def _named(model: Any, natural_key: Sequence[Any]) -> Name:
    """How rows of a file name a row: its model and its natural key, as text."""
    return model, tuple(map(str, natural_key))


def _keys(obj: DeserializedObject) -> list[models.ForeignKey]:
    """The foreign keys to rows that were not there when the row was read."""
    return [field for field in obj.deferred_fields or () if isinstance(field, models.ForeignKey)]


def _in_a_sentence(refused: Exception) -> str:
    """What was refused, without the lines that PostgreSQL and Python put around it."""
    words = " ".join(str(refused).partition("\nCONTEXT:")[0].split())
    hint = ""
    if "has no field named 'text'" in words or "(annotations.article:pk=None)" in words:
        hint = " This is an article as people write it: `manage.py fixture make` makes it whole."
    return f"{words.rstrip('.')}.{hint} Nothing was loaded."


def _names_nothing(obj: DeserializedObject) -> str:
    field = _keys(obj)[0]
    named = ", ".join(map(str, obj.deferred_fields[field]))
    return (
        f"A {obj.object._meta.verbose_name} of the file has as its {field.verbose_name} “{named}”, "
        "which is neither here nor in the file. Nothing was loaded."
    )


def _is_same(row: models.Model, other: models.Model) -> bool:
    if hasattr(row, "natural_key"):
        return bool(row.natural_key() == other.natural_key())  # type: ignore[attr-defined]
    names = [field.attname for field in row._meta.concrete_fields]
    return all(getattr(row, name) == getattr(other, name) for name in names)


def _reserve_key(row: models.Model, using: str) -> None:
    """The next key now, so that rows have the order of the file though some are saved later."""
    if row.pk is None:
        column = row._meta.pk.column
        with connections[using].cursor() as cursor:
            cursor.execute(
                "select nextval(pg_get_serial_sequence(%s, %s))", [row._meta.db_table, column]
            )
            row.pk = cursor.fetchone()[0]


def _whole_of(row: models.Model) -> models.Model | None:
    """The desk or the scale that the row is a part of, or None."""
    found: Any = row
    for name in _way(type(row)):
        if getattr(found, f"{name}_id") is None:
            return None
        found = getattr(found, name)
    return None if found is row else found


@cache
def _way(model: type[models.Model]) -> tuple[str, ...]:
    """The shortest way of foreign keys that are never empty to a desk, else to a scale."""
    if model in WHOLE:
        return ()
    return next(filter(None, (_way_to(whole, model) for whole in WHOLE)), ())


def _way_to(whole: type[models.Model], model: type[models.Model]) -> tuple[str, ...]:
    ways: list[tuple[type[models.Model], tuple[str, ...]]] = [(model, ())]
    seen = {model}
    for place, way in ways:
        for field in place._meta.concrete_fields:
            other: Any = field.related_model
            if other is whole:
                return (*way, field.name)
            if other is not None and not field.null and other not in seen:
                seen.add(other)
                ways.append((other, (*way, field.name)))
    return ()
