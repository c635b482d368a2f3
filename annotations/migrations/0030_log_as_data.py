"""Moves are names of a known list, and what code has to say of a line is data."""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

MOVES = [
    ("import", "Add an article"),
    ("describe", "Change an article’s details"),
    ("revise", "Save a new text"),
    ("translate", "Tie a translation"),
    ("untie", "Untie a translation"),
    ("also in", "Name another language"),
    ("triage", "Triage"),
    ("mark", "Mark"),
    ("unmark", "Take a mark out"),
    ("orphan", "Lose a mark’s place"),
    ("confirm", "Confirm a mark"),
    ("attach", "Place a mark again"),
    ("let go", "Let a mark go"),
    ("look again", "Look for lost marks again"),
    ("word", "Write the wording"),
    ("reword", "Change the wording"),
    ("set aside", "Set aside"),
    ("bring back", "Bring back"),
    ("open", "Open checking"),
    ("assign", "Ask somebody"),
    ("extend", "Change the day"),
    ("start", "Start"),
    ("submit", "Submit"),
    ("decline", "Decline"),
    ("take back", "Ask no longer"),
    ("expire", "Lapse"),
    ("fulfil", "Do what was asked"),
    ("return", "Return an annotation"),
    ("ask again", "Ask for another annotation"),
    ("disclose", "Disclose"),
    ("adopt", "Adopt"),
    ("decide", "Decide"),
    ("approve", "Approve"),
    ("send back", "Send back"),
    ("ask reply", "Ask for a reply"),
    ("reply", "Keep a reply"),
    ("reply not needed", "Say that no reply is needed"),
    ("publish", "Publish"),
    ("reopen", "Correct"),
    ("retract", "Retract"),
    ("withdraw", "Withdraw"),
    ("confirm taking back", "Confirm what was taken back"),
    ("change rules", "Change the desk’s rules"),
    ("write guidelines", "Write the guidelines"),
    ("write statement", "Write what readers are told of the desk"),
    ("enrol", "Enrol, or change a role"),
    ("end membership", "End a membership"),
]


class Migration(migrations.Migration):
    dependencies = [("annotations", "0023_indexes_for_long_lists")]

    operations = [
        migrations.AddField("Transition", "detail", models.JSONField(blank=True, default=dict)),
        migrations.AlterField("Transition", "move", models.CharField(choices=MOVES, max_length=40)),
        # Checked of new lines at once; of those that are there, in the next migration, without
        # a lock that keeps others from writing.
        AddConstraintNotValid(
            model_name="transition",
            constraint=models.CheckConstraint(
                name="transition_move_is_known",
                condition=models.Q(move__in=[name for name, _label in MOVES]),
            ),
        ),
    ]
