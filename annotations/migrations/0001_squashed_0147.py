"""All tables as they are after 0147, made at once: a new database needs a third of the time.

A database that has some of the migrations that this one replaces goes on with those. A test sees
that both end with the same columns, indexes, constraints, functions and triggers
(tests/drills/test_upgrade.py).
"""

import uuid

import django.contrib.auth.models
import django.contrib.auth.validators
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.operations
import django.contrib.postgres.search
import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.core.management import call_command
from django.db import migrations, models

import annotations.database
import annotations.models.earlier
import annotations.models.folding
import annotations.models.user


def make_the_shared_cache(apps, schema_editor):
    """The table that all processes and hosts share what they count in (settings.CACHES)."""
    call_command(
        "createcachetable", "factcheck_cache", database=schema_editor.connection.alias, verbosity=0
    )


class Migration(migrations.Migration):
    replaces = [
        ("annotations", "0001_first_models"),
        ("annotations", "0002_guards"),
        ("annotations", "0003_desk_rules"),
        ("annotations", "0004_desk_guards"),
        ("annotations", "0005_revisions"),
        ("annotations", "0006_readers"),
        ("annotations", "0007_workbench"),
        ("annotations", "0008_mentions"),
        ("annotations", "0009_topics"),
        ("annotations", "0010_what_readers_are_told"),
        ("annotations", "0011_translations"),
        ("annotations", "0012_claim_translations"),
        ("annotations", "0020_what_is_current"),
        ("annotations", "0021_what_is_current_is_guarded"),
        ("annotations", "0022_what_is_current_is_filled"),
        ("annotations", "0023_indexes_for_long_lists"),
        ("annotations", "0030_log_as_data"),
        ("annotations", "0031_known_moves"),
        ("annotations", "0040_slugs_of_every_script"),
        ("annotations", "0050_incoming_readings"),
        ("annotations", "0051_lines_by_time"),
        ("annotations", "0052_zones"),
        ("annotations", "0053_people"),
        ("annotations", "0054_shared_cache"),
        ("annotations", "0055_erasure"),
        ("annotations", "0060_outbox"),
        ("annotations", "0061_notices"),
        ("annotations", "0062_planning"),
        ("annotations", "0070_sources"),
        ("annotations", "0071_documents"),
        ("annotations", "0072_blobs"),
        ("annotations", "0073_copies_moved"),
        ("annotations", "0074_captures"),
        ("annotations", "0080_marks_as_read"),
        ("annotations", "0081_texts_are_canonical"),
        ("annotations", "0082_earlier_checks"),
        ("annotations", "0093_letters_of_reply"),
        ("annotations", "0094_criticism"),
        ("annotations", "0095_watching"),
        ("annotations", "0099_claims_disclosed_last"),
        ("annotations", "0103_folded_words"),
        ("annotations", "0104_folded_indexes"),
        ("annotations", "0105_claimants_by_name"),
        ("annotations", "0106_saved_filters"),
        ("annotations", "0107_unsent_forms"),
        ("annotations", "0108_moves_that_there_are"),
        ("annotations", "0109_proofs"),
        ("annotations", "0110_confidential_sources"),
        ("annotations", "0111_claimants_of_several_names"),
        ("annotations", "0112_indexes_of_names"),
        ("annotations", "0113_requests_to_confirm"),
        ("annotations", "0114_phrases"),
        ("annotations", "0115_notices_of_answers"),
        ("annotations", "0116_looking_again"),
        ("annotations", "0117_a_desks_look"),
        ("annotations", "0118_places_of_claims"),
        ("annotations", "0119_checks_like_a_claim"),
        ("annotations", "0120_where_citations_stand"),
        ("annotations", "0123_links_and_locators"),
        ("annotations", "0126_outdated_articles"),
        ("annotations", "0127_lists_by_key"),
        ("annotations", "0128_names_of_tables_and_fields"),
        ("annotations", "0130_rows_captions_pictures"),
        ("annotations", "0131_kinds_of_sentences_hold"),
        ("annotations", "0135_jobs_are_counted"),
        ("annotations", "0139_order_of_a_saved_filter"),
        ("annotations", "0145_retracted_sources"),
        ("annotations", "0146_notes_on_sources"),
        ("annotations", "0147_notes_on_sources_stand"),
    ]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        django.contrib.postgres.operations.TrigramExtension(),
        migrations.CreateModel(
            name="Desk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("slug", models.SlugField(unique=True)),
                (
                    "organisation",
                    models.CharField(
                        help_text="The publisher that readers know the desk by.",
                        max_length=100,
                        verbose_name="organisation",
                    ),
                ),
                ("website", models.URLField(blank=True)),
                (
                    "language",
                    models.CharField(default="en", max_length=10, verbose_name="language"),
                ),
                (
                    "time_zone",
                    models.CharField(
                        db_default="UTC",
                        default="UTC",
                        help_text="Of the times on public pages, and of members who chose none.",
                        max_length=64,
                        validators=[annotations.models.user.validate_zone],
                        verbose_name="time zone",
                    ),
                ),
                (
                    "second_factor",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        verbose_name="whoever checks, edits or manages signs in with a second factor",
                    ),
                ),
                (
                    "is_sample",
                    models.BooleanField(
                        default=False,
                        help_text="Every output says so. Set when the desk is made, never changed.",
                    ),
                ),
                (
                    "preset",
                    models.CharField(
                        choices=[
                            ("two", "Two people"),
                            ("three", "Three people"),
                            ("four", "Four people or more"),
                        ],
                        default="four",
                        max_length=10,
                        verbose_name="preset",
                    ),
                ),
                (
                    "annotations_needed",
                    models.PositiveSmallIntegerField(
                        default=2,
                        help_text="How many people annotate each claim without seeing each other's work.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="annotations needed",
                    ),
                ),
                (
                    "decider_may_approve",
                    models.BooleanField(
                        blank=True,
                        help_text="Empty: as the preset has it. Nobody ever approves their own annotation.",
                        null=True,
                        verbose_name="may whoever decided also approve?",
                    ),
                ),
                (
                    "checkers_mark",
                    models.BooleanField(
                        default=False, verbose_name="checkers may mark claims and triage sentences"
                    ),
                ),
                (
                    "lapse_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Counted from when it was due, or from when it was asked for. The draft is kept. Empty: never.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(365),
                        ],
                        verbose_name="days until a check lapses",
                    ),
                ),
                (
                    "sources_needed",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(20),
                        ],
                        verbose_name="sources each verdict stands on, at least",
                    ),
                ),
                (
                    "demand_sources",
                    models.CharField(
                        choices=[
                            ("off", "Not asked for"),
                            ("warn", "Missing: warn"),
                            ("block", "Missing: do not publish"),
                        ],
                        default="off",
                        max_length=10,
                        verbose_name="that many sources",
                    ),
                ),
                (
                    "demand_primary",
                    models.CharField(
                        choices=[
                            ("off", "Not asked for"),
                            ("warn", "Missing: warn"),
                            ("block", "Missing: do not publish"),
                        ],
                        default="off",
                        max_length=10,
                        verbose_name="a primary source",
                    ),
                ),
                (
                    "demand_copies",
                    models.CharField(
                        choices=[
                            ("off", "Not asked for"),
                            ("warn", "Missing: warn"),
                            ("block", "Missing: do not publish"),
                        ],
                        default="off",
                        max_length=10,
                        verbose_name="a saved copy of every source",
                    ),
                ),
                (
                    "demand_locator",
                    models.CharField(
                        choices=[
                            ("off", "Not asked for"),
                            ("warn", "Missing: warn"),
                            ("block", "Missing: do not publish"),
                        ],
                        db_default="off",
                        default="off",
                        help_text="A locator: a page, a paragraph, a time, a line. Or, of what has none of these, words that were found in a saved copy. Not asked of confidential sources.",
                        max_length=10,
                        verbose_name="where in its source each citation stands",
                    ),
                ),
                (
                    "demand_confirmed",
                    models.CharField(
                        choices=[
                            ("off", "Not asked for"),
                            ("warn", "Missing: warn"),
                            ("block", "Missing: do not publish"),
                        ],
                        db_default="off",
                        default="off",
                        help_text="Blocked are handing in, for the author’s own notes, and publishing.",
                        max_length=10,
                        verbose_name="what annotators noted of a source as still to be confirmed",
                    ),
                ),
                (
                    "demand_reply",
                    models.CharField(
                        choices=[
                            ("off", "Not asked for"),
                            ("warn", "Missing: warn"),
                            ("block", "Missing: do not publish"),
                        ],
                        default="off",
                        max_length=10,
                        verbose_name="a reply asked of whoever the claim is about",
                    ),
                ),
                (
                    "corrected_days",
                    models.PositiveSmallIntegerField(
                        default=30,
                        help_text="0: for good.",
                        verbose_name="days a corrected page says so at its top",
                    ),
                ),
                (
                    "people_shown",
                    models.CharField(
                        choices=[("names", "Their names"), ("roles", "Their roles, without names")],
                        db_default="names",
                        default="names",
                        help_text="From the next edition on: what is published keeps what it shows.",
                        max_length=10,
                        verbose_name="what readers are told of who checked, decided and approved",
                    ),
                ),
                (
                    "logo",
                    models.URLField(
                        blank=True,
                        db_default="",
                        default="",
                        help_text="A picture that sites which take over our ClaimReview may show.",
                        verbose_name="address of the logo",
                    ),
                ),
                (
                    "data_licence",
                    models.URLField(
                        blank=True,
                        db_default="",
                        default="",
                        help_text="The address of the licence under which others may use our ClaimReview.",
                        verbose_name="licence of the data",
                    ),
                ),
                (
                    "colour",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=7, verbose_name="colour"
                    ),
                ),
                (
                    "logo_file",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=64, verbose_name="logo"
                    ),
                ),
                ("logo_width", models.PositiveSmallIntegerField(db_default=0, default=0)),
                ("logo_height", models.PositiveSmallIntegerField(db_default=0, default=0)),
                (
                    "icon_file",
                    models.CharField(blank=True, db_default="", default="", max_length=64),
                ),
                (
                    "touch_icon_file",
                    models.CharField(blank=True, db_default="", default="", max_length=64),
                ),
            ],
            options={
                "verbose_name": "desk",
                "verbose_name_plural": "desks",
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("preset__in", ["two", "three", "four"])),
                        name="desk_preset_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("people_shown__in", ["names", "roles"])),
                        name="desk_people_shown_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("annotations_needed__range", (1, 5))),
                        name="desk_needs_one_to_five_annotations",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("annotations_needed", 1), ("preset", "two")),
                            models.Q(
                                models.Q(("preset", "two"), _negated=True),
                                ("annotations_needed__gte", 2),
                            ),
                            _connector="OR",
                        ),
                        name="desk_needs_two_blind_unless_two_people",
                        violation_error_message="A desk of two people has one annotation a claim; a larger one at least two.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("lapse_days__isnull", True),
                            ("lapse_days__range", (1, 365)),
                            _connector="OR",
                        ),
                        name="desk_lapse_days_is_a_year_at_most",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sources_needed__range", (1, 20))),
                        name="desk_needs_one_to_twenty_sources",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("demand_sources__in", ["off", "warn", "block"])),
                        name="desk_demand_sources_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("demand_primary__in", ["off", "warn", "block"])),
                        name="desk_demand_primary_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("demand_copies__in", ["off", "warn", "block"])),
                        name="desk_demand_copies_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("demand_locator__in", ["off", "warn", "block"])),
                        name="desk_demand_locator_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("demand_confirmed__in", ["off", "warn", "block"])),
                        name="desk_demand_confirmed_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("demand_reply__in", ["off", "warn", "block"])),
                        name="desk_demand_reply_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("colour", ""), ("colour__regex", "^#[0-9a-f]{6}$"), _connector="OR"
                        ),
                        name="desk_colour_is_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("icon_file", ""),
                                ("logo_file", ""),
                                ("logo_height", 0),
                                ("logo_width", 0),
                                ("touch_icon_file", ""),
                            ),
                            models.Q(
                                ("icon_file__regex", "^[0-9a-f]{64}$"),
                                ("logo_file__regex", "^[0-9a-f]{64}$"),
                                ("logo_height__gte", 1),
                                ("logo_width__gte", 1),
                                ("touch_icon_file__regex", "^[0-9a-f]{64}$"),
                            ),
                            _connector="OR",
                        ),
                        name="desk_logo_is_whole_or_none",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HeldForm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("to", models.TextField()),
                ("fields", models.JSONField()),
                ("files", models.JSONField()),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Rating",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("slug", models.SlugField()),
                ("label", models.CharField(max_length=60)),
                (
                    "short",
                    models.CharField(
                        blank=True, help_text="Shown on the rating card.", max_length=120
                    ),
                ),
                ("definition", models.TextField()),
                (
                    "tone",
                    models.CharField(
                        choices=[
                            ("true", "True"),
                            ("mostly", "Mostly true"),
                            ("context", "Missing context"),
                            ("misleading", "Misleading"),
                            ("false", "False"),
                            ("unproven", "Unproven"),
                            ("uncheckable", "Not checkable"),
                        ],
                        max_length=20,
                    ),
                ),
                ("order", models.PositiveSmallIntegerField()),
                (
                    "value",
                    models.SmallIntegerField(
                        blank=True,
                        help_text="Its number on the scale; empty if it has none.",
                        null=True,
                    ),
                ),
            ],
            options={
                "ordering": ["scale", "order"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("label", ""), _negated=True), name="rating_has_label"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "tone__in",
                                [
                                    "true",
                                    "mostly",
                                    "context",
                                    "misleading",
                                    "false",
                                    "unproven",
                                    "uncheckable",
                                ],
                            )
                        ),
                        name="rating_tone_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Salt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(unique=True)),
                ("value", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                (
                    "first_name",
                    models.CharField(blank=True, max_length=150, verbose_name="first name"),
                ),
                (
                    "last_name",
                    models.CharField(blank=True, max_length=150, verbose_name="last name"),
                ),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="email address"),
                ),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                (
                    "date_joined",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="date joined"
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        help_text="Of your own pages and mails. Empty: your desk’s.",
                        max_length=10,
                        verbose_name="language",
                    ),
                ),
                (
                    "time_zone",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        help_text="Of the times that you are shown and type. Empty: your desk’s.",
                        max_length=64,
                        validators=[annotations.models.user.validate_zone],
                        verbose_name="time zone",
                    ),
                ),
                (
                    "single_keys",
                    models.BooleanField(
                        db_default=True,
                        default=True,
                        help_text="Such as M to mark. Turn them off where you speak to your computer.",
                        verbose_name="keys without Ctrl or Alt",
                    ),
                ),
                ("away_from", models.DateField(blank=True, null=True, verbose_name="away from")),
                (
                    "away_until",
                    models.DateField(
                        blank=True,
                        help_text="The last day. Nothing is dealt out to you meanwhile, and others see it.",
                        null=True,
                        verbose_name="away until",
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "user",
                "verbose_name_plural": "users",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("away_from__isnull", True), ("away_until__isnull", True)),
                            models.Q(
                                ("away_from__isnull", False),
                                ("away_from__lte", models.F("away_until")),
                                ("away_until__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="user_is_away_from_a_day_until_a_later",
                        violation_error_message="Say from which day until which you are away, or none.",
                    )
                ],
            },
            managers=[
                ("objects", django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name="Capture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("address", models.CharField(max_length=2000)),
                ("host", models.CharField(max_length=255)),
                ("wanted_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("saved", "Saved"),
                            ("failed", "Not saved"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("next_try_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("claimed_until", models.DateTimeField(blank=True, null=True)),
                ("tried_at", models.DateTimeField(blank=True, null=True)),
                ("tries", models.PositiveIntegerField(default=0)),
                ("problem", models.CharField(blank=True, max_length=20)),
                ("about_problem", models.JSONField(blank=True, default=dict)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("warc", models.CharField(blank=True, max_length=64)),
                (
                    "wanted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["source", "-wanted_at"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["next_try_at"],
                        name="capture_to_do",
                    ),
                    models.Index(fields=["host", "tried_at"], name="capture_by_host"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "saved", "failed"])),
                        name="capture_state_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.PositiveIntegerField(editable=False)),
                (
                    "slug",
                    models.SlugField(allow_unicode=True, blank=True, editable=False, max_length=80),
                ),
                (
                    "claim_reviewed",
                    models.CharField(max_length=500, verbose_name="the claim in plain words"),
                ),
                (
                    "interpretation",
                    models.TextField(
                        blank=True,
                        help_text="Readers see this. Say what the words are taken to mean.",
                        verbose_name="how we read it",
                    ),
                ),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("event", "Event or property"),
                            ("numerical", "Numerical"),
                            ("quotation", "Quotation: was it said?"),
                            ("causal", "Causal"),
                            ("comparison", "Comparison"),
                            ("position", "Position or promise"),
                        ],
                        default="event",
                        max_length=20,
                        verbose_name="type",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        default="en",
                        editable=False,
                        help_text="The language of the text in which it was marked first.",
                        max_length=10,
                    ),
                ),
                (
                    "review_by",
                    models.DateField(
                        blank=True,
                        editable=False,
                        help_text="When somebody is to look whether what readers have is still so.",
                        null=True,
                        verbose_name="look again by",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("spotted", "Marked"),
                            ("checking", "Checking"),
                            ("deciding", "Deciding"),
                            ("decided", "Decided"),
                            ("approved", "Approved"),
                            ("published", "Published"),
                            ("set_aside", "Set aside"),
                            ("retracted", "Retracted"),
                        ],
                        default="spotted",
                        editable=False,
                        max_length=20,
                    ),
                ),
                (
                    "set_aside",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("opinion", "Opinion or prediction"),
                            ("not_checkable", "Cannot be checked"),
                            ("duplicate", "The same as another claim"),
                            ("gone", "No longer in the article"),
                        ],
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("set_aside_note", models.TextField(blank=True, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                (
                    "changed_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "duplicate_of",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duplicates",
                        to="annotations.claim",
                    ),
                ),
                (
                    "original",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        help_text="The claim that this one is in another language.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="translations",
                        to="annotations.claim",
                    ),
                ),
            ],
            options={
                "verbose_name": "claim",
                "verbose_name_plural": "claims",
                "ordering": ["desk", "number"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.search.SearchVector(
                            "claim_reviewed", config="simple"
                        ),
                        name="claim_by_whole_words",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("claim_reviewed", ""), _negated=True),
                        name="claim_is_in_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "spotted",
                                    "checking",
                                    "deciding",
                                    "decided",
                                    "approved",
                                    "published",
                                    "set_aside",
                                    "retracted",
                                ],
                            )
                        ),
                        name="claim_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "type__in",
                                [
                                    "event",
                                    "numerical",
                                    "quotation",
                                    "causal",
                                    "comparison",
                                    "position",
                                ],
                            )
                        ),
                        name="claim_type_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "set_aside__in",
                                    ["opinion", "not_checkable", "duplicate", "gone"],
                                ),
                                ("status", "set_aside"),
                            ),
                            models.Q(
                                models.Q(("status", "set_aside"), _negated=True), ("set_aside", "")
                            ),
                            _connector="OR",
                        ),
                        name="claim_set_aside_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("duplicate_of__isnull", False), ("set_aside", "duplicate")),
                            models.Q(
                                models.Q(("set_aside", "duplicate"), _negated=True),
                                ("duplicate_of__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="claim_duplicate_names_the_other",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("duplicate_of__isnull", True),
                            models.Q(("duplicate_of", models.F("pk")), _negated=True),
                            _connector="OR",
                        ),
                        name="claim_duplicates_another",
                    ),
                    models.UniqueConstraint(
                        fields=("original", "language"), name="claim_translated_once_a_language"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("original__isnull", True),
                            models.Q(("original", models.F("pk")), _negated=True),
                            _connector="OR",
                        ),
                        name="claim_is_not_its_own_original",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "published"), _negated=True),
                            models.Q(("slug", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="claim_published_has_a_slug",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "task",
                    models.CharField(
                        choices=[("check", "Check"), ("decide", "Decide"), ("approve", "Approve")],
                        default="check",
                        max_length=10,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("assigned", "Assigned"),
                            ("started", "Started"),
                            ("submitted", "Submitted"),
                            ("returned", "Returned"),
                            ("declined", "Declined"),
                            ("expired", "Expired"),
                        ],
                        default="assigned",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                (
                    "assigned_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                (
                    "assigned_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="annotations.claim",
                    ),
                ),
            ],
            options={
                "verbose_name": "assignment",
                "verbose_name_plural": "assignments",
                "ordering": ["uuid"],
                "indexes": [
                    models.Index(fields=["person", "status"], name="assignment_by_person"),
                    models.Index(
                        condition=models.Q(("status__in", ("assigned", "started", "returned"))),
                        fields=["due_at"],
                        name="assignment_due",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("claim", "person", "task"), name="assignment_once_per_person"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "assigned",
                                    "started",
                                    "submitted",
                                    "returned",
                                    "declined",
                                    "expired",
                                ],
                            )
                        ),
                        name="assignment_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("task__in", ["check", "decide", "approve"])),
                        name="assignment_task_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Claimant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=200)),
                (
                    "description",
                    models.CharField(
                        blank=True, help_text="Who that is: “council leader”.", max_length=200
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("person", "Person"),
                            ("organisation", "Organisation"),
                            ("outlet", "Outlet, in the article’s own voice"),
                        ],
                        default="person",
                        max_length=20,
                    ),
                ),
                (
                    "same_as",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        help_text="The entry that this is another name of.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="other_names",
                        to="annotations.claimant",
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claimants",
                        to="annotations.desk",
                    ),
                ),
            ],
            options={
                "verbose_name": "claimant",
                "verbose_name_plural": "claimants",
                "ordering": ["name"],
                "indexes": [
                    models.Index(
                        django.db.models.functions.comparison.Coalesce("same_as", "id"),
                        name="claimant_by_main",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("desk", "name"), name="claimant_once_per_desk"),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="claimant_has_a_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["person", "organisation", "outlet"])),
                        name="claimant_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("same_as__isnull", True),
                            models.Q(("same_as", models.F("pk")), _negated=True),
                            _connector="OR",
                        ),
                        name="claimant_is_no_name_of_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Criticism",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("of", models.CharField(max_length=200, verbose_name="whom it criticises")),
                (
                    "stands",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not looked at yet"),
                            ("yes", "Stands in the article"),
                            ("no", "Does not stand in the article"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "noted_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="criticisms",
                        to="annotations.claim",
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["of", "claim"],
                "constraints": [
                    models.UniqueConstraint(fields=("claim", "of"), name="criticism_once"),
                    models.CheckConstraint(
                        condition=models.Q(("of", ""), _negated=True), name="criticism_has_a_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stands__in", ["", "yes", "no"])),
                        name="criticism_stands_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DailyRoot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "day",
                    models.DateField(help_text="The last day (UTC) that it covers.", unique=True),
                ),
                (
                    "root",
                    models.CharField(help_text="SHA-256, in hexadecimal digits.", max_length=64),
                ),
                ("seed", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "previous",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="next",
                        to="annotations.dailyroot",
                    ),
                ),
            ],
            options={
                "ordering": ["-day"],
            },
        ),
        migrations.CreateModel(
            name="Article",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                ("slug", models.SlugField(allow_unicode=True, editable=False, max_length=80)),
                ("outlet", models.CharField(blank=True, max_length=100, verbose_name="outlet")),
                (
                    "topic",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        help_text="What it is about, in a word or two: “Health”. Readers can look by it.",
                        max_length=60,
                        verbose_name="topic",
                    ),
                ),
                ("byline", models.CharField(blank=True, max_length=200, verbose_name="byline")),
                ("url", models.URLField(blank=True, max_length=2000, verbose_name="web address")),
                (
                    "published_on",
                    models.CharField(
                        blank=True,
                        help_text="As 2026-11-24, 2026-11 or 2026.",
                        max_length=10,
                        verbose_name="published on",
                    ),
                ),
                (
                    "language",
                    models.CharField(default="en", max_length=10, verbose_name="language"),
                ),
                ("why_selected", models.TextField(blank=True, verbose_name="why this article?")),
                (
                    "public_text",
                    models.CharField(
                        choices=[
                            ("excerpts", "Excerpts around the marks"),
                            ("full", "All of it: we have permission or a licence"),
                            ("link", "A link only"),
                        ],
                        default="excerpts",
                        max_length=10,
                        verbose_name="what readers may see of the text",
                    ),
                ),
                (
                    "permission",
                    models.CharField(
                        blank=True,
                        help_text="By whose permission or licence the whole text may be shown.",
                        max_length=200,
                        verbose_name="permission",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=10,
                    ),
                ),
                (
                    "outdated_since",
                    models.DateTimeField(
                        blank=True,
                        editable=False,
                        help_text="Since when readers have it otherwise than it is; empty while they do not.",
                        null=True,
                    ),
                ),
                (
                    "due_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="due"),
                ),
                (
                    "priority",
                    models.CharField(
                        blank=True,
                        choices=[("high", "First"), ("", "In turn"), ("low", "When there is time")],
                        db_default="",
                        default="",
                        editable=False,
                        max_length=6,
                        verbose_name="priority",
                    ),
                ),
                (
                    "on_hold",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        editable=False,
                        help_text="Why nobody works on it now. Empty: it is not on hold.",
                        max_length=200,
                        verbose_name="waits for",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "original",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        help_text="The article that this one is a translation of.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="translations",
                        to="annotations.article",
                    ),
                ),
                (
                    "outdated_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        help_text="Who was the last to change what readers have not got yet.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="owned_articles",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who looks after it",
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="articles",
                        to="annotations.desk",
                    ),
                ),
            ],
            options={
                "verbose_name": "article",
                "verbose_name_plural": "articles",
                "ordering": ["-created_at"],
                "indexes": [
                    models.Index(fields=["desk", "-created_at"], name="article_newest"),
                    models.Index(
                        condition=models.Q(("status", "draft")),
                        fields=["desk", "-created_at"],
                        name="article_drafts",
                    ),
                    models.Index(
                        condition=models.Q(("outdated_since__isnull", False)),
                        fields=["desk", "outdated_since"],
                        name="article_outdated",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("desk", "slug"), name="article_slug_once_per_desk"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="article_has_a_title"
                    ),
                    models.UniqueConstraint(
                        fields=("original", "language"), name="article_translated_once_a_language"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("original__isnull", True),
                            models.Q(("original", models.F("pk")), _negated=True),
                            _connector="OR",
                        ),
                        name="article_is_not_its_own_original",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["draft", "published", "withdrawn"])),
                        name="article_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("outdated_by__isnull", True), ("outdated_since__isnull", True)
                            ),
                            models.Q(
                                ("outdated_by__isnull", False), ("outdated_since__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="article_outdated_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("public_text__in", ["excerpts", "full", "link"])),
                        name="article_public_text_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("priority__in", ["high", "", "low"])),
                        name="article_priority_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "published_on__regex",
                                "^([0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)?$",
                            )
                        ),
                        name="article_published_on_is_a_date",
                        violation_error_message="Give a date as 2026, 2026-11 or 2026-11-24, or leave it empty.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EarlierCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "external_id",
                    models.CharField(
                        help_text="What tells it from others, by which it is found again.",
                        max_length=420,
                    ),
                ),
                ("sha256", models.CharField(help_text="Of all that it says.", max_length=64)),
                ("claim", models.TextField()),
                ("publisher", models.CharField(blank=True, max_length=200)),
                ("publisher_url", models.CharField(blank=True, max_length=2000)),
                ("claimant", models.CharField(blank=True, max_length=200)),
                (
                    "rating",
                    models.CharField(
                        blank=True,
                        help_text="As the publisher says it, never one of ours.",
                        max_length=300,
                    ),
                ),
                (
                    "numbers",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="Of the rating, as they came: {ratingValue, …}.",
                    ),
                ),
                ("url", models.CharField(blank=True, max_length=2000, verbose_name="web address")),
                ("title", models.CharField(blank=True, max_length=500)),
                ("published_on", models.CharField(blank=True, max_length=10)),
                ("said_on", models.CharField(blank=True, max_length=10)),
                ("language", models.CharField(blank=True, max_length=10)),
                (
                    "appearances",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="Web addresses where the claim was made.",
                    ),
                ),
                (
                    "evidence",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="Questions and answers with their addresses, or texts with their stance.",
                    ),
                ),
                (
                    "warned",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="What was odd: [{pointer, code, value}].",
                    ),
                ),
                ("file", models.CharField(blank=True, max_length=255)),
                (
                    "pointer",
                    models.CharField(
                        blank=True,
                        help_text="Where it stood in the file: a JSON pointer.",
                        max_length=500,
                    ),
                ),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="earlier_checks",
                        to="annotations.desk",
                    ),
                ),
            ],
            options={
                "verbose_name": "earlier check",
                "verbose_name_plural": "earlier checks",
                "ordering": ["-added_at", "-pk"],
                "indexes": [
                    models.Index(fields=["desk", "-added_at", "-id"], name="earlier_check_newest"),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.text.Upper("claim"), "gin_trgm_ops"
                        ),
                        name="earlier_check_words",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("desk", "external_id"), name="earlier_check_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("claim", ""), _negated=True),
                        name="earlier_check_has_a_claim",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "published_on__regex",
                                "^([0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)?$",
                            )
                        ),
                        name="earlier_check_published_on_is_a_date",
                        violation_error_message="Give a date as 2026, 2026-11 or 2026-11-24, or leave it empty.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "said_on__regex",
                                "^([0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)?$",
                            )
                        ),
                        name="earlier_check_said_on_is_a_date",
                        violation_error_message="Give a date as 2026, 2026-11 or 2026-11-24, or leave it empty.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Edition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.PositiveIntegerField()),
                (
                    "content",
                    models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder),
                ),
                ("published_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "article",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editions",
                        to="annotations.article",
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editions",
                        to="annotations.claim",
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editions",
                        to="annotations.desk",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "edition",
                "verbose_name_plural": "editions",
                "ordering": ["-published_at"],
                "indexes": [
                    models.Index(fields=["desk", "-published_at"], name="edition_newest"),
                    models.Index(fields=["desk", "-id"], name="edition_last"),
                    models.Index(
                        condition=models.Q(("content__has_key", "tombstone")),
                        fields=["-published_at", "-id"],
                        name="edition_tombstone",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("article", "number"), name="edition_of_article_once"
                    ),
                    models.UniqueConstraint(
                        fields=("claim", "number"), name="edition_of_claim_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("correction", "Correction"),
                            ("clarification", "Clarification"),
                            ("update", "Update"),
                            ("retraction", "Retraction"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "changes",
                    models.JSONField(
                        help_text="[{field, before, after, language}], by the keys of editions.changes."
                    ),
                ),
                ("why", models.TextField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "edition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="correction",
                        to="annotations.edition",
                    ),
                ),
            ],
            options={
                "verbose_name": "correction",
                "verbose_name_plural": "corrections",
                "ordering": ["-at"],
                "indexes": [models.Index(fields=["-at"], name="correction_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["correction", "clarification", "update", "retraction"])
                        ),
                        name="correction_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("why", ""), _negated=True), name="correction_says_why"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Guidelines",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
                (
                    "why",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="what changed, and why"
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="guidelines",
                        to="annotations.desk",
                    ),
                ),
            ],
            options={
                "verbose_name": "guidelines",
                "verbose_name_plural": "guidelines",
                "ordering": ["desk", "-version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("desk", "version"), name="guidelines_version_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="guidelines_say_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Annotation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "finding",
                    models.CharField(blank=True, max_length=140, verbose_name="proposed finding"),
                ),
                ("justification", models.TextField(blank=True, verbose_name="justification")),
                (
                    "confidence",
                    models.CharField(
                        blank=True,
                        choices=[("high", "High"), ("medium", "Medium"), ("low", "Low")],
                        max_length=10,
                        verbose_name="confidence",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "saved_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("submitted_at", models.DateTimeField(editable=False, null=True)),
                ("disclosed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "revised_in_view",
                    models.BooleanField(
                        default=False,
                        editable=False,
                        help_text="Handed in again after its author was shown others’: no longer blind.",
                    ),
                ),
                (
                    "assignment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="annotation",
                        to="annotations.assignment",
                    ),
                ),
                (
                    "guidelines",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        help_text="The version it was handed in under.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="annotations",
                        to="annotations.guidelines",
                    ),
                ),
                (
                    "rating",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="annotations",
                        to="annotations.rating",
                        verbose_name="rating",
                    ),
                ),
            ],
            options={
                "verbose_name": "annotation",
                "verbose_name_plural": "annotations",
                "ordering": ["uuid"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("submitted_at__isnull", True),
                            models.Q(
                                ("rating__isnull", False),
                                models.Q(("finding", ""), _negated=True),
                                models.Q(("justification", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="annotation_submitted_is_complete",
                        violation_error_message="Choose a rating, write a finding and say why before you submit.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Incoming",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(blank=True, max_length=255)),
                ("address", models.CharField(blank=True, max_length=2000)),
                ("charset", models.CharField(blank=True, max_length=40)),
                (
                    "media_type",
                    models.CharField(
                        blank=True,
                        db_default="",
                        help_text="Empty: as name and content say.",
                        max_length=100,
                    ),
                ),
                ("data", models.BinaryField()),
                (
                    "reading",
                    models.JSONField(
                        help_text="The document as it was read (formats.kept), if it was.",
                        null=True,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="annotations.desk",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["at"], name="incoming_by_age")],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                ("name", models.CharField(blank=True, max_length=150, verbose_name="name")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("observer", "Observer"),
                            ("checker", "Checker"),
                            ("editor", "Editor"),
                            ("manager", "Manager"),
                        ],
                        max_length=20,
                    ),
                ),
                ("invited_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(null=True)),
                ("taken_back_at", models.DateTimeField(null=True)),
                (
                    "accepted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="annotations.desk",
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-invited_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("role__in", ["observer", "checker", "editor", "manager"])
                        ),
                        name="invitation_role_is_known",
                    ),
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"),
                        models.F("desk"),
                        condition=models.Q(
                            ("accepted_at__isnull", True), ("taken_back_at__isnull", True)
                        ),
                        name="invitation_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40, unique=True)),
                ("next_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("claimed_until", models.DateTimeField(blank=True, null=True)),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("tries", models.PositiveIntegerField(default=0)),
                ("error", models.TextField(blank=True)),
                ("done", models.PositiveBigIntegerField(db_default=0, default=0)),
                ("failed", models.PositiveBigIntegerField(db_default=0, default=0)),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("error", ""), ("tries", 0)), ("tries__gt", 0), _connector="OR"
                        ),
                        name="job_failed_or_not",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LetterTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.PositiveIntegerField()),
                ("subject", models.CharField(max_length=200, verbose_name="subject")),
                ("body", models.TextField(verbose_name="letter")),
                (
                    "written_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letter_templates",
                        to="annotations.desk",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["desk", "-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("desk", "number"), name="letter_template_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Listing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.PositiveIntegerField(
                        help_text="A claim's number at its desk.", null=True
                    ),
                ),
                ("slug", models.TextField()),
                (
                    "title",
                    models.TextField(help_text="The title of an article, the wording of a claim."),
                ),
                ("language", models.TextField(help_text="Of the text that the edition is about.")),
                ("claimant", models.TextField(blank=True)),
                ("claimant_description", models.TextField(blank=True)),
                (
                    "outlets",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(blank=True),
                        help_text="Where it was published, the first first.",
                        size=None,
                    ),
                ),
                (
                    "topics",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(blank=True), size=None
                    ),
                ),
                ("rating", models.TextField(blank=True, help_text="The slug of a claim's rating.")),
                ("rating_label", models.TextField(blank=True)),
                ("published_at", models.DateTimeField()),
                ("words", django.contrib.postgres.search.SearchVectorField()),
                (
                    "article",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="listing",
                        to="annotations.article",
                    ),
                ),
                (
                    "claim",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="listing",
                        to="annotations.claim",
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="annotations.desk",
                    ),
                ),
                (
                    "edition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="listing",
                        to="annotations.edition",
                    ),
                ),
            ],
            options={
                "ordering": ["-published_at", "-edition_id"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["words"], name="listing_words"
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["outlets", "topics"], name="listing_places"
                    ),
                    models.Index(
                        condition=models.Q(("article__isnull", False)),
                        fields=["-published_at", "-edition"],
                        name="listing_articles",
                    ),
                    models.Index(
                        condition=models.Q(("article__isnull", False)),
                        fields=["desk", "-published_at", "-edition"],
                        name="listing_articles_of_desk",
                    ),
                    models.Index(
                        condition=models.Q(("claim__isnull", False)),
                        fields=["-published_at", "-edition"],
                        name="listing_claims",
                    ),
                    models.Index(
                        condition=models.Q(("claim__isnull", False)),
                        fields=["desk", "-published_at", "-edition"],
                        name="listing_claims_of_desk",
                    ),
                    models.Index(
                        condition=models.Q(("claim__isnull", False)),
                        fields=["desk", "claimant", "-published_at"],
                        name="listing_claimants",
                    ),
                    models.Index(
                        condition=models.Q(("claim__isnull", False)),
                        fields=["desk", "rating_label", "-published_at"],
                        name="listing_ratings",
                    ),
                    models.Index(
                        models.F("desk"),
                        models.F("outlets__0"),
                        condition=models.Q(("claim__isnull", False)),
                        name="listing_outlets",
                    ),
                    models.Index(
                        models.F("desk"),
                        models.F("topics__0"),
                        condition=models.Q(("claim__isnull", False)),
                        name="listing_topics",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("exact", models.TextField()),
                ("prefix", models.CharField(blank=True, max_length=32)),
                ("suffix", models.CharField(blank=True, max_length=32)),
                (
                    "said_on",
                    models.CharField(
                        blank=True,
                        help_text="As 2026-11-24, 2026-11 or 2026; empty: unknown.",
                        max_length=10,
                        verbose_name="said on",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                (
                    "came_by",
                    models.CharField(
                        choices=[
                            ("placed", "A person marked it"),
                            ("same", "It stands where it stood"),
                            ("moved", "It moved with its sentence"),
                            ("context", "The sentence around it changed"),
                            ("attached", "A person found its new place"),
                        ],
                        db_default="placed",
                        default="placed",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("confirmed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "came_from",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successors",
                        to="annotations.mark",
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="marks",
                        to="annotations.claim",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "mark",
                "verbose_name_plural": "marks",
                "ordering": ["revision", "start", "end"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("start__lt", models.F("end"))),
                        name="mark_is_not_empty",
                        violation_error_message="Select at least one character.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "said_on__regex",
                                "^([0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)?$",
                            )
                        ),
                        name="mark_said_on_is_a_date",
                        violation_error_message="Give a date as 2026, 2026-11 or 2026-11-24, or leave it empty.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("came_by__in", ["placed", "same", "moved", "context", "attached"])
                        ),
                        name="mark_came_by_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("came_by", "placed"), ("came_from__isnull", True)),
                            models.Q(
                                models.Q(("came_by", "placed"), _negated=True),
                                ("came_from__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="mark_came_from_somewhere_or_was_placed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("confirmed_at__isnull", True), ("confirmed_by__isnull", True)
                            ),
                            models.Q(
                                ("came_by", "context"),
                                ("confirmed_at__isnull", False),
                                ("confirmed_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="mark_confirmed_is_of_changed_context",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("observer", "Observer"),
                            ("checker", "Checker"),
                            ("editor", "Editor"),
                            ("manager", "Manager"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="annotations.desk",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "membership",
                "verbose_name_plural": "memberships",
                "ordering": ["desk", "user"],
                "constraints": [
                    models.UniqueConstraint(fields=("desk", "user"), name="membership_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("role__in", ["observer", "checker", "editor", "manager"])
                        ),
                        name="membership_role_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NoticeChoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("asked", "You are asked to check, decide or approve"),
                            ("handed", "An article is handed over to you"),
                            ("returned", "Your work is returned"),
                            ("mentioned", "You are mentioned in a discussion"),
                            ("due", "Something you were asked for is due tomorrow"),
                            (
                                "overdue",
                                "Something you were asked for, or asked of others, is overdue",
                            ),
                            ("given_up", "Somebody you asked declined, or their time was over"),
                            ("all_in", "All annotations of a claim that you asked for are in"),
                            ("approved", "A verdict you worked on is approved"),
                            ("published", "A check you worked on is published"),
                            (
                                "corrected",
                                "A published check you worked on is corrected or taken back",
                            ),
                            ("reported", "A reader reports a mistake"),
                            ("answered", "Somebody whom you asked for a reply answered"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("at_once", "Here, and by mail at once"),
                            ("daily", "Here, and in the daily mail"),
                            ("here", "Here only"),
                            ("off", "Not at all"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notice_choices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("person", "kind"), name="notice_choice_once"),
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(("way__in", ["at_once", "daily", "here", "off"])),
                        name="notice_choice_way_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Phrase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("body", models.TextField(max_length=2000, verbose_name="words")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "written_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="phrases",
                        to="annotations.desk",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(fields=("desk", "name"), name="phrase_name_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True),
                            models.Q(("body", ""), _negated=True),
                        ),
                        name="phrase_is_named_and_says_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seen_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="presences",
                        to="annotations.article",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="presences",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("article", "person"), name="presence_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="DraftVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.PositiveIntegerField()),
                ("finding", models.CharField(blank=True, max_length=140)),
                ("justification", models.TextField(blank=True)),
                (
                    "confidence",
                    models.CharField(
                        blank=True,
                        choices=[("high", "High"), ("medium", "Medium"), ("low", "Low")],
                        max_length=10,
                    ),
                ),
                (
                    "citations",
                    models.JSONField(
                        default=list,
                        help_text="[{uuid, source, title, stance, passage, locator, note}], `source` its UUID.",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "annotation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="annotations.annotation",
                    ),
                ),
                (
                    "rating",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="annotations.rating",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "indexes": [
                    models.Index(fields=["annotation", "-at"], name="draft_version_latest")
                ],
            },
        ),
        migrations.CreateModel(
            name="RatingScale",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=100)),
                ("slug", models.SlugField()),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("definition", models.TextField(blank=True)),
            ],
            options={
                "verbose_name": "rating scale",
                "verbose_name_plural": "rating scales",
                "ordering": ["slug", "version"],
                "constraints": [
                    models.UniqueConstraint(fields=("slug", "version"), name="scale_version_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField()),
                ("answer", models.JSONField(default=dict)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("person", "key"), name="receipt_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ReplyRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "addressee",
                    models.CharField(blank=True, max_length=200, verbose_name="who is asked"),
                ),
                (
                    "channel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("email", "E-mail"),
                            ("phone", "Telephone"),
                            ("letter", "Letter"),
                            ("in_person", "In person"),
                            ("other", "Otherwise"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "until",
                    models.DateField(blank=True, null=True, verbose_name="asked to answer until"),
                ),
                (
                    "email",
                    models.EmailField(
                        blank=True, db_default="", max_length=254, verbose_name="address"
                    ),
                ),
                ("subject", models.CharField(blank=True, db_default="", max_length=200)),
                ("body", models.TextField(blank=True, db_default="", verbose_name="letter")),
                ("link_until", models.DateTimeField(blank=True, null=True)),
                ("reminds", models.BooleanField(db_default=False, default=False)),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "came",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("hand", "Noted by hand"),
                            ("mail", "By mail"),
                            ("link", "By the link that was sent to them"),
                        ],
                        db_default="",
                        max_length=10,
                    ),
                ),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                ("attachment", models.CharField(blank=True, db_default="", max_length=64)),
                ("attachment_name", models.CharField(blank=True, db_default="", max_length=255)),
                (
                    "not_needed",
                    models.TextField(blank=True, verbose_name="nobody is asked, because"),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "asked_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "claims",
                    models.ManyToManyField(related_name="reply_requests", to="annotations.claim"),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reply_requests",
                        to="annotations.desk",
                    ),
                ),
                (
                    "kept_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "reply request",
                "verbose_name_plural": "reply requests",
                "ordering": ["asked_at"],
                "indexes": [
                    models.Index(fields=["desk", "asked_at"], name="reply_of_desk"),
                    models.Index(
                        condition=models.Q(
                            ("answered_at__isnull", True),
                            ("not_needed", ""),
                            ("withdrawn_at__isnull", True),
                        ),
                        fields=["desk", "until"],
                        name="reply_awaited",
                    ),
                    models.Index(
                        condition=models.Q(("came", "link"), ("read_at__isnull", True)),
                        fields=["desk"],
                        name="reply_unread",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("not_needed", ""),
                                models.Q(("addressee", ""), _negated=True),
                                ("channel__in", ["email", "phone", "letter", "in_person", "other"]),
                            ),
                            models.Q(
                                models.Q(("not_needed", ""), _negated=True),
                                ("addressee", ""),
                                ("answer", ""),
                                ("body", ""),
                                ("channel", ""),
                                ("email", ""),
                            ),
                            _connector="OR",
                        ),
                        name="reply_is_asked_or_not_needed",
                        violation_error_message="Say who is asked and how, or why nobody needs to be asked.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer", ""),
                                ("answered_at__isnull", True),
                                ("attachment", ""),
                                ("came", ""),
                            ),
                            ("answered_at__isnull", False),
                            _connector="OR",
                        ),
                        name="reply_answered_has_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("came__in", ["", "hand", "mail", "link"])),
                        name="reply_came_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("link_until__isnull", True),
                            models.Q(("body", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="reply_link_is_sent_by_mail",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReplyPoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.PositiveSmallIntegerField()),
                ("words", models.TextField()),
                ("quote", models.TextField(blank=True)),
                ("place", models.CharField(blank=True, max_length=500)),
                ("answer", models.TextField(blank=True)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reply_points",
                        to="annotations.claim",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="points",
                        to="annotations.replyrequest",
                    ),
                ),
            ],
            options={
                "ordering": ["request", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("request", "claim"), name="reply_point_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("words", models.TextField(verbose_name="what is wrong?")),
                ("evidence", models.TextField(blank=True, verbose_name="what shows it?")),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="e-mail address"),
                ),
                ("language", models.CharField(default="en", editable=False, max_length=10)),
                (
                    "sender",
                    models.CharField(
                        blank=True,
                        editable=False,
                        help_text="A hash that tells nothing once the day's salt is gone.",
                        max_length=64,
                    ),
                ),
                (
                    "is_suspect",
                    models.BooleanField(
                        default=False,
                        editable=False,
                        help_text="A field that people do not see was filled in.",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("correct", "The reader is right: we correct it"),
                            ("stands", "We looked again, and it stands"),
                            ("other", "Not about what we published"),
                            ("spam", "Spam"),
                        ],
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(editable=False, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="annotations.edition",
                    ),
                ),
            ],
            options={
                "verbose_name": "report",
                "verbose_name_plural": "reports",
                "ordering": ["-at", "-pk"],
                "indexes": [
                    models.Index(fields=["sender", "at"], name="report_by_sender"),
                    models.Index(fields=["edition", "outcome"], name="report_of_edition"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="report_says_what"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_at__isnull", True),
                                ("answered_by__isnull", True),
                                ("outcome", ""),
                            ),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                                ("outcome__in", ["correct", "stands", "other", "spam"]),
                            ),
                            _connector="OR",
                        ),
                        name="report_is_answered_by_someone",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("answer", "Answer to a reader"),
                            ("account", "Account"),
                            ("notices", "Notices"),
                            ("digest", "Daily digest"),
                            ("reply", "Right of reply"),
                        ],
                        db_default="answer",
                        default="answer",
                        max_length=10,
                    ),
                ),
                ("to", models.EmailField(max_length=254)),
                ("subject", models.CharField(blank=True, max_length=200)),
                ("body", models.TextField(blank=True)),
                (
                    "language",
                    models.CharField(blank=True, db_default="", default="", max_length=10),
                ),
                (
                    "is_secret",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="The body lets somebody in: it is blanked once it is sent or given up.",
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        blank=True,
                        help_text="Names the event: one makes one letter.",
                        max_length=200,
                        null=True,
                        unique=True,
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "due_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        default=django.utils.timezone.now,
                    ),
                ),
                (
                    "next_try_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        default=django.utils.timezone.now,
                    ),
                ),
                ("claimed_until", models.DateTimeField(blank=True, null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                (
                    "failed_at",
                    models.DateTimeField(blank=True, help_text="When it was given up.", null=True),
                ),
                ("error", models.TextField(blank=True)),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="annotations.report",
                    ),
                ),
            ],
            options={
                "verbose_name": "letter",
                "verbose_name_plural": "letters",
                "ordering": ["made_at", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("failed_at__isnull", True), ("sent_at__isnull", True)),
                        fields=["next_try_at"],
                        name="letter_to_send",
                    ),
                    models.Index(
                        models.OrderBy(models.F("failed_at"), descending=True),
                        condition=models.Q(("failed_at__isnull", False)),
                        name="letter_given_up",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["answer", "account", "notices", "digest", "reply"])
                        ),
                        name="letter_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sent_at__isnull", True), ("failed_at__isnull", True), _connector="OR"
                        ),
                        name="letter_is_sent_or_given_up",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_secret", False),
                            ("body", ""),
                            models.Q(("failed_at__isnull", True), ("sent_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="letter_secret_is_blanked",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.PositiveSmallIntegerField(default=1)),
                ("text", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("normaliser_version", models.CharField(max_length=10)),
                ("splitter_version", models.CharField(max_length=10)),
                (
                    "notices",
                    models.JSONField(
                        default=list,
                        help_text="What was unusual about the text: [{sentence, kind}].",
                    ),
                ),
                (
                    "changes",
                    models.JSONField(
                        default=list, help_text="What was changed on the way in: [{kind, count}]."
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisions",
                        to="annotations.article",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "revision",
                "verbose_name_plural": "revisions",
                "ordering": ["article", "number"],
                "indexes": [models.Index(fields=["sha256"], name="revision_by_hash")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("article", "number"), name="revision_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="revision_has_text"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="revision_number_from_one"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RemovedMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("exact", models.TextField()),
                ("said_on", models.CharField(blank=True, max_length=10)),
                ("removed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="removed_marks",
                        to="annotations.claim",
                    ),
                ),
                (
                    "removed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="removed_marks",
                        to="annotations.revision",
                    ),
                ),
            ],
            options={
                "ordering": ["-removed_at", "-pk"],
                "indexes": [
                    models.Index(fields=["revision", "-removed_at"], name="removed_mark_latest")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("start__lt", models.F("end"))),
                        name="removed_mark_is_not_empty",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "said_on__regex",
                                "^([0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)?$",
                            )
                        ),
                        name="removed_mark_said_on_is_a_date",
                        violation_error_message="Give a date as 2026, 2026-11 or 2026-11-24, or leave it empty.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Picture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "at",
                    models.PositiveIntegerField(
                        help_text="A code point of the sentence it stands with."
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=2000)),
                (
                    "alternative",
                    models.CharField(
                        blank=True, help_text="The words that its page has for it.", max_length=1000
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pictures",
                        to="annotations.revision",
                    ),
                ),
            ],
            options={
                "ordering": ["revision", "at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("revision", "at", "address"), name="picture_stands_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("address", ""),
                            ("address__regex", "^https?://[!-~]+$"),
                            _connector="OR",
                        ),
                        name="picture_is_on_the_web",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("address", ""), _negated=True),
                            models.Q(("alternative", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="picture_is_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Orphan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("proposals", models.JSONField(default=list)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Nothing yet"),
                            ("attached", "Placed again"),
                            ("gone", "No longer in the article"),
                            ("aside", "The claim is set aside"),
                        ],
                        default="",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("settled_at", models.DateTimeField(editable=False, null=True)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                (
                    "mark",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orphans",
                        to="annotations.mark",
                    ),
                ),
                (
                    "placed",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="was_orphan",
                        to="annotations.mark",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orphans",
                        to="annotations.revision",
                    ),
                ),
            ],
            options={
                "ordering": ["revision", "mark__start"],
                "constraints": [
                    models.UniqueConstraint(fields=("revision", "mark"), name="orphan_once"),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["", "attached", "gone", "aside"])),
                        name="orphan_outcome_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("outcome", ""),
                                ("settled_at__isnull", True),
                                ("settled_by__isnull", True),
                            ),
                            models.Q(
                                models.Q(("outcome", ""), _negated=True),
                                ("settled_at__isnull", False),
                                ("settled_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="orphan_settled_by_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "attached"), ("placed__isnull", False)),
                            models.Q(
                                models.Q(("outcome", "attached"), _negated=True),
                                ("placed__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="orphan_placed_has_a_place",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Original",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(blank=True, max_length=255)),
                (
                    "address",
                    models.CharField(
                        blank=True,
                        db_default="",
                        help_text="The web address the bytes came from.",
                        max_length=2000,
                    ),
                ),
                (
                    "charset",
                    models.CharField(
                        blank=True,
                        db_default="",
                        help_text="The character set that was declared with them.",
                        max_length=40,
                    ),
                ),
                ("data", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "revision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="original",
                        to="annotations.revision",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("address", models.CharField(max_length=2000)),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links",
                        to="annotations.revision",
                    ),
                ),
            ],
            options={
                "ordering": ["revision", "start"],
                "constraints": [
                    models.UniqueConstraint(fields=("revision", "start"), name="link_begins_once"),
                    models.CheckConstraint(
                        condition=models.Q(("start__lt", models.F("end"))), name="link_is_not_empty"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("address__regex", "^https?://[!-~]+$")),
                        name="link_leads_to_the_web",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedFilter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("query", models.CharField(max_length=200)),
                (
                    "sort",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Newest first"),
                            ("due", "Due first"),
                            ("age", "Oldest first"),
                            ("progress", "Most decided first"),
                            ("owner", "By owner"),
                            ("outlet", "By outlet"),
                        ],
                        db_default="",
                        default="",
                        max_length=10,
                    ),
                ),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="saved_filters",
                        to="annotations.desk",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("desk", "person", "name"),
                        name="saved_filter_name_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True),
                            models.Q(("query", ""), _negated=True),
                        ),
                        name="saved_filter_is_named_and_filters",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sort__in", ["", "due", "age", "progress", "owner", "outlet"])
                        ),
                        name="saved_filter_sort_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Sentence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "position",
                    models.PositiveIntegerField(help_text="Counted from 0 through the revision."),
                ),
                (
                    "number",
                    models.PositiveIntegerField(
                        help_text="Counted from 1 through the body; headings and rows have none.",
                        null=True,
                    ),
                ),
                ("paragraph", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("heading", "Heading"), ("body", "Body"), ("row", "Table row")],
                        max_length=10,
                    ),
                ),
                (
                    "block",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Paragraph"),
                            ("list_item", "List item"),
                            ("quote", "Block quotation"),
                            ("caption", "Caption"),
                        ],
                        db_default="",
                        default="",
                        max_length=10,
                    ),
                ),
                (
                    "locator",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        help_text="Where in its file it stands: a page, a time, a line.",
                        max_length=20,
                    ),
                ),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                (
                    "triage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not triaged yet"),
                            ("checkworthy", "Check-worthy"),
                            ("unimportant", "Factual, unimportant"),
                            ("not_factual", "No factual claim"),
                            ("opinion", "Opinion or prediction"),
                        ],
                        default="",
                        editable=False,
                        max_length=20,
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sentences",
                        to="annotations.revision",
                    ),
                ),
            ],
            options={
                "verbose_name": "sentence",
                "verbose_name_plural": "sentences",
                "ordering": ["revision", "position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("revision", "position"), name="sentence_position_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("start__lt", models.F("end"))),
                        name="sentence_is_not_empty",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["heading", "body", "row"])),
                        name="sentence_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "triage__in",
                                ["", "checkworthy", "unimportant", "not_factual", "opinion"],
                            )
                        ),
                        name="sentence_triage_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("block__in", ["", "list_item", "quote", "caption"])),
                        name="sentence_block_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "body"), ("number__isnull", False)),
                            models.Q(
                                models.Q(("kind", "body"), _negated=True), ("number__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="sentence_body_is_numbered",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Sighting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sightings",
                        to="annotations.claim",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sightings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("claim", "person"), name="sighting_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Snapshot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(blank=True, max_length=255)),
                ("media_type", models.CharField(blank=True, max_length=100)),
                ("data", models.BinaryField(null=True)),
                ("size", models.BigIntegerField(db_default=0, default=0, help_text="In bytes.")),
                ("sha256", models.CharField(max_length=64)),
                ("taken_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "taken_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "snapshot",
                "verbose_name_plural": "snapshots",
                "ordering": ["source", "-taken_at"],
            },
        ),
        migrations.CreateModel(
            name="RootLeaf",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "digest",
                    models.CharField(help_text="SHA-256, in hexadecimal digits.", max_length=64),
                ),
                (
                    "capture",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leaf",
                        to="annotations.capture",
                    ),
                ),
                (
                    "edition",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leaf",
                        to="annotations.edition",
                    ),
                ),
                (
                    "root",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leaves",
                        to="annotations.dailyroot",
                    ),
                ),
                (
                    "snapshot",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leaf",
                        to="annotations.snapshot",
                    ),
                ),
            ],
            options={
                "ordering": ["root", "digest", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("capture__isnull", True),
                                ("edition__isnull", True),
                                ("snapshot__isnull", False),
                            ),
                            models.Q(
                                ("capture__isnull", False),
                                ("edition__isnull", True),
                                ("snapshot__isnull", True),
                            ),
                            models.Q(
                                ("capture__isnull", True),
                                ("edition__isnull", False),
                                ("snapshot__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="root_leaf_is_of_one",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.CharField(max_length=300)),
                ("publisher", models.CharField(blank=True, max_length=200)),
                (
                    "url",
                    models.URLField(
                        blank=True,
                        max_length=2000,
                        validators=[django.core.validators.URLValidator(schemes=["http", "https"])],
                        verbose_name="web address",
                    ),
                ),
                ("published_on", models.CharField(blank=True, max_length=10)),
                (
                    "isbn",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        help_text="In its 13 digits.",
                        max_length=13,
                        verbose_name="ISBN",
                    ),
                ),
                (
                    "authors",
                    models.CharField(blank=True, db_default="", default="", max_length=300),
                ),
                (
                    "language",
                    models.CharField(blank=True, db_default="", default="", max_length=35),
                ),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not said"),
                            ("primary", "Primary document"),
                            ("statement", "Official statement"),
                            ("data", "Data set"),
                            ("research", "Research"),
                            ("news", "News report"),
                            ("expert", "Expert"),
                            ("eyewitness", "Eyewitness"),
                            ("own", "Our own reporting"),
                            ("social", "Social media post"),
                        ],
                        db_default="",
                        default="",
                        max_length=20,
                    ),
                ),
                (
                    "interests",
                    models.TextField(
                        blank=True,
                        db_default="",
                        default="",
                        help_text="What the source may gain or lose, as far as it is known.",
                    ),
                ),
                (
                    "is_primary",
                    models.BooleanField(
                        default=False,
                        help_text="The document, data or recording itself, not a report of it.",
                        verbose_name="primary source",
                    ),
                ),
                (
                    "is_confidential",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="Somebody who must not be named. The title says what readers may know: “an official of the ministry”. Who it is, is kept apart.",
                        verbose_name="confidential",
                    ),
                ),
                (
                    "document",
                    models.CharField(
                        blank=True, db_default="", default="", editable=False, max_length=500
                    ),
                ),
                (
                    "added_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sources",
                        to="annotations.desk",
                    ),
                ),
            ],
            options={
                "verbose_name": "source",
                "verbose_name_plural": "sources",
                "ordering": ["title"],
                "indexes": [
                    models.Index(fields=["desk", "document"], name="source_of_a_document"),
                    models.Index(fields=["desk", "added_by"], name="source_of_a_person"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="source_has_a_title"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("url", ""),
                            ("url__startswith", "http://"),
                            ("url__startswith", "https://"),
                            _connector="OR",
                        ),
                        name="source_url_is_http",
                        violation_error_message="Give an address that begins with http:// or https://.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "published_on__regex",
                                "^([0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)?$",
                            )
                        ),
                        name="source_published_on_is_a_date",
                        violation_error_message="Give a date as 2026, 2026-11 or 2026-11-24, or leave it empty.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "",
                                    "primary",
                                    "statement",
                                    "data",
                                    "research",
                                    "news",
                                    "expert",
                                    "eyewitness",
                                    "own",
                                    "social",
                                ],
                            )
                        ),
                        name="source_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_confidential", False),
                            models.Q(("document", ""), ("isbn", ""), ("url", "")),
                            _connector="OR",
                        ),
                        name="confidential_source_has_no_address",
                        violation_error_message="A confidential source has no address and no ISBN.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IdentityNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("keep", "Wrote down who it is"),
                            ("see", "Looked at the name"),
                            ("confide", "Let somebody see the name"),
                            ("end", "Ended that somebody may see the name"),
                            ("forget", "Had the name forgotten"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "about",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="identity_notes",
                        to="annotations.source",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("act__in", ["keep", "see", "confide", "end", "forget"])
                        ),
                        name="identity_note_act_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Identity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("sealed", models.TextField(editable=False)),
                ("kept_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "kept_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="identity",
                        to="annotations.source",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Confidant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confidants",
                        to="annotations.source",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("source", "person"), name="confidant_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("body", models.TextField()),
                (
                    "holds",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Nothing waits for it"),
                            ("warn", "Warn who publishes while it is open"),
                            ("block", "Publish only once it is resolved"),
                        ],
                        db_default="",
                        default="",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("resolved_at", models.DateTimeField(editable=False, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="annotations.claim",
                    ),
                ),
                (
                    "mentions",
                    models.ManyToManyField(
                        editable=False, related_name="mentioned_in", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="annotations.comment",
                    ),
                ),
                (
                    "resolved_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unread_by",
                    models.ManyToManyField(
                        editable=False, related_name="unread_mentions", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="annotations.source",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
                "indexes": [models.Index(fields=["claim", "at"], name="comment_in_order")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("body", ""), _negated=True), name="comment_has_words"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("holds__in", ["", "warn", "block"])),
                        name="comment_hold_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent__isnull", True),
                            models.Q(("holds", ""), ("source__isnull", True)),
                            _connector="OR",
                        ),
                        name="comment_reply_holds_nothing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("resolved_at__isnull", True), ("resolved_by__isnull", True)),
                            models.Q(
                                ("parent__isnull", True),
                                ("resolved_at__isnull", False),
                                ("resolved_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="comment_resolved_by_someone",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SourceChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("gone", "The page is gone"),
                            ("moved", "The page moved"),
                            ("changed", "What was quoted stands there no more"),
                            ("retracted", "It says that it was retracted"),
                        ],
                        max_length=10,
                    ),
                ),
                ("about", models.JSONField(blank=True, default=dict)),
                ("found_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("matters", models.BooleanField(blank=True, null=True)),
                ("reason", models.TextField(blank=True)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="source_changes",
                        to="annotations.claim",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="annotations.source",
                    ),
                ),
            ],
            options={
                "ordering": ["-found_at", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("settled_at__isnull", True)),
                        fields=["claim"],
                        name="change_open",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["gone", "moved", "changed", "retracted"])),
                        name="change_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("matters__isnull", True),
                                ("reason", ""),
                                ("settled_at__isnull", True),
                                ("settled_by__isnull", True),
                            ),
                            models.Q(
                                ("matters__isnull", False),
                                ("settled_at__isnull", False),
                                ("settled_by__isnull", False),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="change_is_settled_by_somebody",
                        violation_error_message="Say whether it matters, and why.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SourceNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("body", models.TextField(verbose_name="what is still to be confirmed")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("settled_at", models.DateTimeField(editable=False, null=True)),
                (
                    "annotation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="annotations.annotation",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="annotations.source",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("settled_at__isnull", True)),
                        fields=["annotation"],
                        name="source_note_open",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("body", ""), _negated=True),
                        name="source_note_has_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at__isnull", True), ("settled_by__isnull", True)),
                            models.Q(("settled_at__isnull", False), ("settled_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="source_note_settled_by_someone",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Stamp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("authority", models.CharField(max_length=500)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("stamped", "Stamped")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("token", models.BinaryField(null=True)),
                ("stamped_at", models.DateTimeField(help_text="As the authority says.", null=True)),
                ("tries", models.PositiveIntegerField(default=0)),
                ("next_try_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("claimed_until", models.DateTimeField(null=True)),
                ("problem", models.CharField(blank=True, max_length=200)),
                (
                    "root",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stamps",
                        to="annotations.dailyroot",
                    ),
                ),
            ],
            options={
                "ordering": ["root", "authority"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["next_try_at"],
                        name="stamp_to_do",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "stamped"])),
                        name="stamp_state_is_known",
                    ),
                    models.UniqueConstraint(fields=("root", "authority"), name="stamp_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("stamped_at__isnull", False),
                                ("state", "stamped"),
                                ("token__isnull", False),
                            ),
                            models.Q(
                                models.Q(("state", "stamped"), _negated=True),
                                ("stamped_at__isnull", True),
                                ("token__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="stamp_has_its_token",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("methodology", "How we check"),
                            ("ratings", "Our rating scale"),
                            ("corrections", "Corrections policy"),
                            ("sources", "Sources policy"),
                            ("nonpartisanship", "Non-partisanship"),
                            ("funding", "Funding"),
                            ("staff", "Who we are"),
                        ],
                        max_length=20,
                    ),
                ),
                ("number", models.PositiveIntegerField(default=1)),
                ("body", models.TextField(blank=True, verbose_name="text")),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="annotations.desk",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "statement",
                "verbose_name_plural": "statements",
                "ordering": ["desk", "kind", "-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("desk", "kind", "number"), name="statement_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "methodology",
                                    "ratings",
                                    "corrections",
                                    "sources",
                                    "nonpartisanship",
                                    "funding",
                                    "staff",
                                ],
                            )
                        ),
                        name="statement_kind_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("mark", "Mark"),
                            ("unmark", "Take a mark out"),
                            ("triage", "Triage"),
                        ],
                        max_length=10,
                    ),
                ),
                ("what", models.JSONField(default=dict)),
                ("is_undone", models.BooleanField(default=False)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="annotations.article",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["article", "person", "-id"], name="step_latest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["mark", "unmark", "triage"])),
                        name="step_kind_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Transition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "move",
                    models.CharField(
                        choices=[
                            ("import", "Add an article"),
                            ("import checks", "Bring in earlier checks by others"),
                            ("describe", "Change an article’s details"),
                            ("plan", "Plan an article"),
                            ("own", "Hand over an article"),
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
                            ("merge claimants", "Say that a claimant has another name"),
                            ("part claimants", "Part a name from a claimant"),
                            ("set aside", "Set aside"),
                            ("bring back", "Bring back"),
                            ("open", "Open checking"),
                            ("assign", "Ask somebody"),
                            ("extend", "Change the day"),
                            ("start", "Start"),
                            ("submit", "Submit"),
                            ("resume", "Take an annotation back"),
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
                            ("remind reply", "Remind of a reply"),
                            ("withdraw reply", "Withdraw a request for a reply"),
                            ("note criticism", "Note whom a claim criticises"),
                            ("drop criticism", "Take back whom a claim criticises"),
                            ("look for answer", "Say whether an answer stands in the article"),
                            ("source changed", "Find a source changed"),
                            ("judge change", "Say whether a changed source matters"),
                            ("write letter", "Write the letter that asks for a reply"),
                            ("publish", "Publish"),
                            ("reopen", "Correct"),
                            ("plan review", "Say when to look again"),
                            ("retract", "Retract"),
                            ("withdraw", "Withdraw"),
                            ("confirm taking back", "Confirm what was taken back"),
                            ("change rules", "Change the desk’s rules"),
                            ("write guidelines", "Write the guidelines"),
                            ("write statement", "Write what readers are told of the desk"),
                            ("erase", "Erase a person’s name"),
                            ("invite", "Invite"),
                            ("uninvite", "Take back an invitation"),
                            ("enrol", "Enrol, or change a role"),
                            ("end membership", "End a membership"),
                        ],
                        max_length=40,
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=20)),
                ("target", models.CharField(blank=True, max_length=20)),
                ("reason", models.TextField(blank=True)),
                ("detail", models.JSONField(blank=True, default=dict)),
                ("policy", models.JSONField(default=dict)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transitions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transitions",
                        to="annotations.article",
                    ),
                ),
                (
                    "assignment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transitions",
                        to="annotations.assignment",
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transitions",
                        to="annotations.claim",
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transitions",
                        to="annotations.desk",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        help_text="Whom a line about the desk's members is about.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sentence",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transitions",
                        to="annotations.sentence",
                    ),
                ),
            ],
            options={
                "verbose_name": "transition",
                "verbose_name_plural": "transitions",
                "ordering": ["at", "pk"],
                "indexes": [
                    models.Index(fields=["desk", "-at"], name="transition_newest"),
                    models.Index(fields=["article", "-at"], name="transition_of_article"),
                    models.Index(fields=["claim", "-at"], name="transition_of_claim"),
                    models.Index(
                        condition=models.Q(("move", "erase")),
                        fields=["at"],
                        name="transition_erased",
                    ),
                    models.Index(
                        condition=models.Q(("move__in", ["withdraw", "retract"])),
                        fields=["desk", "at"],
                        name="transition_taken_back",
                    ),
                    models.Index(
                        condition=models.Q(("move__in", ["merge claimants", "part claimants"])),
                        fields=["desk", "-at"],
                        name="transition_of_claimants",
                    ),
                    models.Index(
                        condition=models.Q(("move", "disclose")),
                        fields=["desk", "-at"],
                        name="transition_disclosed",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "move__in",
                                [
                                    "import",
                                    "import checks",
                                    "describe",
                                    "plan",
                                    "own",
                                    "revise",
                                    "translate",
                                    "untie",
                                    "also in",
                                    "triage",
                                    "mark",
                                    "unmark",
                                    "orphan",
                                    "confirm",
                                    "attach",
                                    "let go",
                                    "look again",
                                    "word",
                                    "reword",
                                    "merge claimants",
                                    "part claimants",
                                    "set aside",
                                    "bring back",
                                    "open",
                                    "assign",
                                    "extend",
                                    "start",
                                    "submit",
                                    "resume",
                                    "decline",
                                    "take back",
                                    "expire",
                                    "fulfil",
                                    "return",
                                    "ask again",
                                    "disclose",
                                    "adopt",
                                    "decide",
                                    "approve",
                                    "send back",
                                    "ask reply",
                                    "reply",
                                    "reply not needed",
                                    "remind reply",
                                    "withdraw reply",
                                    "note criticism",
                                    "drop criticism",
                                    "look for answer",
                                    "source changed",
                                    "judge change",
                                    "write letter",
                                    "publish",
                                    "reopen",
                                    "plan review",
                                    "retract",
                                    "withdraw",
                                    "confirm taking back",
                                    "change rules",
                                    "write guidelines",
                                    "write statement",
                                    "erase",
                                    "invite",
                                    "uninvite",
                                    "enrol",
                                    "end membership",
                                ],
                            )
                        ),
                        name="transition_move_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("asked", "You are asked to check, decide or approve"),
                            ("handed", "An article is handed over to you"),
                            ("returned", "Your work is returned"),
                            ("mentioned", "You are mentioned in a discussion"),
                            ("due", "Something you were asked for is due tomorrow"),
                            (
                                "overdue",
                                "Something you were asked for, or asked of others, is overdue",
                            ),
                            ("given_up", "Somebody you asked declined, or their time was over"),
                            ("all_in", "All annotations of a claim that you asked for are in"),
                            ("approved", "A verdict you worked on is approved"),
                            ("published", "A check you worked on is published"),
                            (
                                "corrected",
                                "A published check you worked on is corrected or taken back",
                            ),
                            ("reported", "A reader reports a mistake"),
                            ("answered", "Somebody whom you asked for a reply answered"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "event",
                    models.CharField(help_text="Names it: a person is told once.", max_length=200),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("at_once", "Here, and by mail at once"),
                            ("daily", "Here, and in the daily mail"),
                            ("here", "Here only"),
                            ("off", "Not at all"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "assignment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="annotations.assignment",
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="annotations.comment",
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="annotations.desk",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="annotations.letter",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="annotations.report",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="annotations.transition",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "indexes": [
                    models.Index(fields=["person", "desk", "-at"], name="notice_newest"),
                    models.Index(
                        condition=models.Q(("read_at__isnull", True)),
                        fields=["person", "desk", "-at"],
                        name="notice_unread",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("letter__isnull", True), ("way__in", ["at_once", "daily"])
                        ),
                        fields=["way", "person"],
                        name="notice_to_mail",
                    ),
                    models.Index(fields=["at"], name="notice_by_age"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "event"), name="notice_once"),
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(("way__in", ["at_once", "daily", "here"])),
                        name="notice_way_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("assignment", None),
                                ("comment", None),
                                ("line__isnull", False),
                                ("report", None),
                            ),
                            models.Q(
                                ("assignment", None),
                                ("comment__isnull", False),
                                ("line", None),
                                ("report", None),
                            ),
                            models.Q(
                                ("assignment__isnull", False),
                                ("comment", None),
                                ("line", None),
                                ("report", None),
                            ),
                            models.Q(
                                ("assignment", None),
                                ("comment", None),
                                ("line", None),
                                ("report__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="notice_is_of_one_row",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UnsentForm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "form",
                    models.CharField(
                        help_text="The address it is sent to, and which there.", max_length=300
                    ),
                ),
                (
                    "fields",
                    models.JSONField(help_text="[[name, value]], in the order of the page."),
                ),
                (
                    "version",
                    models.PositiveIntegerField(help_text="Goes up by one with each save."),
                ),
                (
                    "key",
                    models.UUIDField(
                        help_text="What the form is sent under, if it has a key.", null=True
                    ),
                ),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="annotations.desk",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["saved_at"], name="unsent_form_by_age")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "desk", "form"), name="unsent_form_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="unsent_form_has_a_version"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Verdict",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.PositiveSmallIntegerField()),
                ("finding", models.CharField(max_length=140)),
                ("justification", models.TextField()),
                ("evidence_as_of", models.DateField()),
                ("decided_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "cause",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ambiguous", "The claim is ambiguous"),
                            ("guidelines", "A gap in the guidelines"),
                            ("source", "A missing source"),
                            ("error", "An error"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                (
                    "adopted",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adoptions",
                        to="annotations.annotation",
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verdicts",
                        to="annotations.claim",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty where the desk's policy adopted what all annotations agreed on.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verdicts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "rating",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verdicts",
                        to="annotations.rating",
                    ),
                ),
            ],
            options={
                "verbose_name": "verdict",
                "verbose_name_plural": "verdicts",
                "ordering": ["claim", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("claim", "number"), name="verdict_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finding", ""), _negated=True),
                            models.Q(("justification", ""), _negated=True),
                        ),
                        name="verdict_is_complete",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", False),
                            ("adopted__isnull", False),
                            _connector="OR",
                        ),
                        name="verdict_is_decided_or_adopted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cause", ""), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="verdict_cause_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Citation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "stance",
                    models.CharField(
                        choices=[
                            ("supports", "Supports the claim"),
                            ("contradicts", "Contradicts the claim"),
                            ("context", "Gives context"),
                        ],
                        max_length=20,
                        verbose_name="stance",
                    ),
                ),
                (
                    "passage",
                    models.TextField(
                        blank=True,
                        help_text="The words relied on, exactly as they stand in the source.",
                        verbose_name="passage",
                    ),
                ),
                (
                    "locator",
                    models.CharField(
                        blank=True,
                        help_text="Page, paragraph or time: “page 3”, “04:12”.",
                        max_length=100,
                        verbose_name="locator",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("is_found", models.BooleanField(db_default=False, default=False, editable=False)),
                (
                    "annotation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="citations",
                        to="annotations.annotation",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="citations",
                        to="annotations.source",
                    ),
                ),
                (
                    "verdict",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="citations",
                        to="annotations.verdict",
                    ),
                ),
            ],
            options={
                "verbose_name": "citation",
                "verbose_name_plural": "citations",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("annotation__isnull", False), ("verdict__isnull", True)),
                            models.Q(("annotation__isnull", True), ("verdict__isnull", False)),
                            _connector="OR",
                        ),
                        name="citation_belongs_to_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stance__in", ["supports", "contradicts", "context"])),
                        name="citation_stance_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Watch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.CharField(max_length=2000)),
                ("host", models.CharField(max_length=255)),
                ("next_try_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("claimed_until", models.DateTimeField(blank=True, null=True)),
                ("tried_at", models.DateTimeField(blank=True, null=True)),
                ("tries", models.PositiveIntegerField(default=0)),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
                ("etag", models.CharField(blank=True, max_length=500)),
                ("last_modified", models.CharField(blank=True, max_length=100)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("stood", models.JSONField(blank=True, default=dict)),
                ("gone_since", models.DateTimeField(blank=True, null=True)),
                ("moved_to", models.CharField(blank=True, max_length=2000)),
                ("notice", models.TextField(blank=True, db_default="", default="")),
                ("problem", models.CharField(blank=True, max_length=20)),
                (
                    "source",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="watch",
                        to="annotations.source",
                    ),
                ),
            ],
            options={
                "ordering": ["next_try_at", "pk"],
                "indexes": [
                    models.Index(fields=["next_try_at"], name="watch_to_do"),
                    models.Index(fields=["host", "tried_at"], name="watch_by_host"),
                ],
            },
        ),
        migrations.AddField(
            model_name="claim",
            name="claimant",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="claims",
                to="annotations.claimant",
                verbose_name="claimant",
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="reports",
            field=models.ForeignKey(
                blank=True,
                help_text="For reported speech: whose words the claimant passes on.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reported_claims",
                to="annotations.claimant",
                verbose_name="reporting the words of",
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="desk",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="claims",
                to="annotations.desk",
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="edition",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                editable=False,
                help_text="What readers are told today; empty where it was taken back.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="annotations.edition",
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="edition",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                editable=False,
                help_text="What readers are told today; empty where it was taken back.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="annotations.edition",
            ),
        ),
        migrations.AddField(
            model_name="desk",
            name="members",
            field=models.ManyToManyField(
                related_name="desks", through="annotations.Membership", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="rating",
            name="scale",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="ratings",
                to="annotations.ratingscale",
            ),
        ),
        migrations.AddField(
            model_name="desk",
            name="scale",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="desks",
                to="annotations.ratingscale",
                verbose_name="scale",
            ),
        ),
        migrations.AddField(
            model_name="mark",
            name="revision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="marks",
                to="annotations.revision",
            ),
        ),
        migrations.AddField(
            model_name="edition",
            name="revision",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="editions",
                to="annotations.revision",
            ),
        ),
        migrations.AddField(
            model_name="capture",
            name="snapshot",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="captures",
                to="annotations.snapshot",
            ),
        ),
        migrations.AddField(
            model_name="snapshot",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="snapshots",
                to="annotations.source",
            ),
        ),
        migrations.AddField(
            model_name="capture",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="captures",
                to="annotations.source",
            ),
        ),
        migrations.AddField(
            model_name="edition",
            name="verdict",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="editions",
                to="annotations.verdict",
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="verdict",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                editable=False,
                help_text="The one with the highest number.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="annotations.verdict",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "withdrawn"), _negated=True),
                    ("edition__isnull", True),
                    _connector="OR",
                ),
                name="article_withdrawn_has_no_edition",
            ),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.UniqueConstraint(fields=("scale", "slug"), name="rating_slug_once"),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.UniqueConstraint(fields=("scale", "label"), name="rating_label_once"),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.UniqueConstraint(fields=("scale", "order"), name="rating_order_once"),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.UniqueConstraint(
                condition=models.Q(("value__isnull", False)),
                fields=("scale", "value"),
                name="rating_value_once",
            ),
        ),
        migrations.AddIndex(
            model_name="mark",
            index=models.Index(fields=["revision", "start"], name="mark_reading_order"),
        ),
        migrations.AddConstraint(
            model_name="mark",
            constraint=models.UniqueConstraint(
                fields=("claim", "revision", "start", "end"), name="mark_once_per_span"
            ),
        ),
        migrations.AddConstraint(
            model_name="mark",
            constraint=models.UniqueConstraint(
                fields=("revision", "came_from"), name="mark_once_from_each_mark"
            ),
        ),
        migrations.AddConstraint(
            model_name="snapshot",
            constraint=models.UniqueConstraint(fields=("source", "sha256"), name="snapshot_once"),
        ),
        migrations.AddConstraint(
            model_name="capture",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "waiting")),
                fields=("source",),
                name="capture_waits_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="capture",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("snapshot__isnull", False), ("state", "saved")),
                    models.Q(
                        models.Q(("state", "saved"), _negated=True),
                        ("snapshot__isnull", True),
                        ("warc", ""),
                    ),
                    _connector="OR",
                ),
                name="capture_is_saved_with_its_copy",
            ),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("article__isnull", False),
                        ("claim__isnull", True),
                        ("revision__isnull", False),
                    ),
                    models.Q(
                        ("article__isnull", True),
                        ("claim__isnull", False),
                        ("verdict__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="edition_is_of_one",
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                condition=models.Q(("review_by__isnull", False)),
                fields=["desk", "review_by"],
                name="claim_to_look_at_again",
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["desk", "status"], name="claim_by_stage"),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["desk", "-id"], name="claim_newest"),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.UniqueConstraint(
                fields=("desk", "number"), name="claim_number_once_per_desk"
            ),
        ),
        migrations.RunPython(make_the_shared_cache, migrations.RunPython.noop),
        # The indexes below call the functions of search.sql.
        annotations.database.Run(
            digest="a457443b9de63d94",
            needed=("search",),
        ),
        migrations.AddIndex(
            model_name="claimant",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    annotations.models.folding.Folded("name"), "gin_trgm_ops"
                ),
                name="claimant_by_name",
            ),
        ),
        migrations.AddIndex(
            model_name="earliercheck",
            index=models.Index(
                models.F("desk"),
                django.db.models.functions.comparison.Collate(
                    annotations.models.earlier.PlaceOfClaim("claim", models.Value(1)), "C"
                ),
                name="earlier_check_place_1",
            ),
        ),
        migrations.AddIndex(
            model_name="earliercheck",
            index=models.Index(
                models.F("desk"),
                django.db.models.functions.comparison.Collate(
                    annotations.models.earlier.PlaceOfClaim("claim", models.Value(2)), "C"
                ),
                name="earlier_check_place_2",
            ),
        ),
        migrations.AddIndex(
            model_name="earliercheck",
            index=models.Index(
                models.F("desk"),
                django.db.models.functions.comparison.Collate(
                    annotations.models.earlier.PlaceOfClaim("claim", models.Value(3)), "C"
                ),
                name="earlier_check_place_3",
            ),
        ),
        migrations.AddIndex(
            model_name="earliercheck",
            index=models.Index(
                models.F("desk"),
                django.db.models.functions.comparison.Collate(
                    annotations.models.earlier.PlaceOfClaim("claim", models.Value(4)), "C"
                ),
                name="earlier_check_place_4",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    annotations.models.folding.Folded("title"), "gin_trgm_ops"
                ),
                name="article_title_folded",
            ),
        ),
        migrations.AddIndex(
            model_name="revision",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    annotations.models.folding.Folded(
                        django.db.models.functions.text.Left("text", 200000)
                    ),
                    "gin_trgm_ops",
                ),
                name="revision_text_folded",
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    annotations.models.folding.Folded("claim_reviewed"), "gin_trgm_ops"
                ),
                name="claim_by_word_folded",
            ),
        ),
    ]
