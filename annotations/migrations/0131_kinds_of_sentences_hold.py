"""The sentences that were there before rows and captions were kinds keep their rules as well."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("annotations", "0130_rows_captions_pictures")]

    operations = [
        ValidateConstraint("sentence", "sentence_kind_is_known"),
        ValidateConstraint("sentence", "sentence_block_is_known"),
        ValidateConstraint("sentence", "sentence_body_is_numbered"),
    ]
