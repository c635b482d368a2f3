"""People are told when somebody answers what they asked."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0114_phrases"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="notice",
            name="notice_kind_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="noticechoice",
            name="notice_choice_kind_is_known",
        ),
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("asked", "You are asked to check, decide or approve"),
                    ("handed", "An article is handed over to you"),
                    ("returned", "Your work is returned"),
                    ("mentioned", "You are mentioned in a discussion"),
                    ("due", "Something you were asked for is due tomorrow"),
                    ("overdue", "Something you were asked for, or asked of others, is overdue"),
                    ("given_up", "Somebody you asked declined, or their time was over"),
                    ("all_in", "All annotations of a claim that you asked for are in"),
                    ("approved", "A verdict you worked on is approved"),
                    ("published", "A check you worked on is published"),
                    ("corrected", "A published check you worked on is corrected or taken back"),
                    ("reported", "A reader reports a mistake"),
                    ("answered", "Somebody whom you asked for a reply answered"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="noticechoice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("asked", "You are asked to check, decide or approve"),
                    ("handed", "An article is handed over to you"),
                    ("returned", "Your work is returned"),
                    ("mentioned", "You are mentioned in a discussion"),
                    ("due", "Something you were asked for is due tomorrow"),
                    ("overdue", "Something you were asked for, or asked of others, is overdue"),
                    ("given_up", "Somebody you asked declined, or their time was over"),
                    ("all_in", "All annotations of a claim that you asked for are in"),
                    ("approved", "A verdict you worked on is approved"),
                    ("published", "A check you worked on is published"),
                    ("corrected", "A published check you worked on is corrected or taken back"),
                    ("reported", "A reader reports a mistake"),
                    ("answered", "Somebody whom you asked for a reply answered"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "asked",
                            "handed",
                            "returned",
                            "mentioned",
                            "due",
                            "overdue",
                            "given_up",
                            "all_in",
                            "approved",
                            "published",
                            "corrected",
                            "reported",
                            "answered",
                        ],
                    )
                ),
                name="notice_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="noticechoice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "asked",
                            "handed",
                            "returned",
                            "mentioned",
                            "due",
                            "overdue",
                            "given_up",
                            "all_in",
                            "approved",
                            "published",
                            "corrected",
                            "reported",
                            "answered",
                        ],
                    )
                ),
                name="notice_choice_kind_is_known",
            ),
        ),
    ]
