"""An upgrade that was cut off while it built an index can be begun again."""

from __future__ import annotations

import pytest
from django.contrib.postgres import operations
from django.db import IntegrityError, connection
from django.db.migrations.loader import MigrationLoader

from annotations.database.indexes import AddIndexConcurrently

NAME = "claim_in_work"


def state() -> list[tuple[bool, str]]:
    """Whether the index can be used, and what it is."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select indisvalid, pg_get_indexdef(indexrelid) from pg_index"
            " where indexrelid = to_regclass(%s)",
            [NAME],
        )
        return list(cursor.fetchall())


@pytest.mark.django_db(transaction=True)
def test_half_an_index_is_no_hindrance(cast):
    cast.marked()
    cast.marked()
    whole = state()
    with connection.cursor() as cursor:
        cursor.execute(f"drop index {NAME}")
        with pytest.raises(IntegrityError):  # two of one desk: it is left half built
            cursor.execute(
                f"create unique index concurrently {NAME} on annotations_claim (desk_id)"
            )
    assert [is_valid for is_valid, _what in state()] == [False]
    now = MigrationLoader(connection).project_state()
    [index] = (i for i in now.models["annotations", "claim"].options["indexes"] if i.name == NAME)
    step = AddIndexConcurrently("claim", index)
    for _try in range(2):
        with connection.schema_editor(atomic=False) as editor:
            step.database_forwards("annotations", editor, now, now)
        assert state() == whole


def test_every_index_that_is_built_beside_the_work_is_built_so():
    steps = [
        step
        for (app, _name), migration in MigrationLoader(None).disk_migrations.items()
        for step in migration.operations
        if app == "annotations" and isinstance(step, operations.AddIndexConcurrently)
    ]
    assert len(steps) > 30
    assert {type(step) for step in steps} == {AddIndexConcurrently}
