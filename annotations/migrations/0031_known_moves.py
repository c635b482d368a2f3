"""The lines that were there before name known moves as well."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("annotations", "0030_log_as_data")]

    operations = [ValidateConstraint("transition", "transition_move_is_known")]
