"""Indexes by which earlier checks of claims like one are found, made without stopping anybody."""

from django.db import migrations
from django.db.models import F, Index, Value
from django.db.models.functions import Collate

from annotations.database.indexes import AddIndexConcurrently
from annotations.models.earlier import PlaceOfClaim


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("annotations", "0118_places_of_claims"),
    ]

    operations = [
        AddIndexConcurrently(
            "earliercheck",
            Index(
                F("desk"),
                Collate(PlaceOfClaim("claim", Value(nth)), "C"),
                name=f"earlier_check_place_{nth}",
            ),
        )
        for nth in range(1, 5)
    ]
