"""Letters that lead to a new password, and find out when they are sent whether there is one."""

from django.db import migrations, models

KINDS = {
    "answer": "Answer to a reader",
    "account": "Account",
    "notices": "Notices",
    "digest": "Daily digest",
    "reply": "Right of reply",
    "lost": "Lost password",
}


class Migration(migrations.Migration):
    dependencies = [("annotations", "0171_words_and_looks")]

    operations = [
        migrations.AlterField(
            "letter",
            "kind",
            models.CharField(
                choices=list(KINDS.items()), db_default="answer", default="answer", max_length=10
            ),
        ),
        migrations.RemoveConstraint("letter", "letter_kind_is_known"),
        migrations.AddConstraint(
            "letter",
            models.CheckConstraint(
                condition=models.Q(("kind__in", list(KINDS))), name="letter_kind_is_known"
            ),
        ),
    ]
