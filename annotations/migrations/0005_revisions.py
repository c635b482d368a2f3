"""Revisions: how a mark came from one text to the next, and marks that have no place there."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

# Rule 2, in the database itself: what came by itself came from an earlier revision of the same
# article, is of the same claim, and has the same words.
MARKS = """
create function annotations_mark_comes_from_its_like() returns trigger language plpgsql as $$
begin
    if not exists (
        select 1
        from annotations_mark as source
        join annotations_revision as earlier on earlier.id = source.revision_id
        join annotations_revision as later on later.id = new.revision_id
        where source.id = new.came_from_id
            and source.claim_id = new.claim_id
            and earlier.article_id = later.article_id
            and earlier.number < later.number
            and (new.came_by = 'attached' or source.exact = new.exact)
    ) then
        raise exception 'a mark never lands on other words by itself'
            using errcode = 'check_violation', constraint = 'mark_comes_from_its_like';
    end if;
    return new;
end $$;
create trigger mark_comes_from_its_like before insert or update on annotations_mark
    for each row when (new.came_from_id is not null)
    execute function annotations_mark_comes_from_its_like();
"""

ORPHANS = """
create function annotations_orphan_fits() returns trigger language plpgsql as $$
begin
    if not exists (
        select 1
        from annotations_mark as mark
        join annotations_revision as earlier on earlier.id = mark.revision_id
        join annotations_revision as later on later.id = new.revision_id
        left join annotations_mark as placed on placed.id = new.placed_id
        where mark.id = new.mark_id
            and earlier.article_id = later.article_id
            and earlier.number < later.number
            and (
                new.placed_id is null
                or (placed.claim_id = mark.claim_id and placed.revision_id = new.revision_id)
            )
    ) then
        raise exception 'an orphan is a mark of an earlier revision of the same article'
            using errcode = 'check_violation', constraint = 'orphan_fits';
    end if;
    return new;
end $$;
create trigger orphan_fits before insert or update on annotations_orphan
    for each row execute function annotations_orphan_fits();
create trigger orphan_no_update before update on annotations_orphan
    for each row when (
        (old.uuid, old.mark_id, old.revision_id, old.proposals, old.created_at)
        is distinct from
        (new.uuid, new.mark_id, new.revision_id, new.proposals, new.created_at)
    ) execute function annotations_refuse_change();
create trigger orphan_no_delete before delete on annotations_orphan
    for each row execute function annotations_refuse_change();
create trigger orphan_no_truncate before truncate on annotations_orphan
    for each statement execute function annotations_refuse_change();
"""

UNDO = """
drop function annotations_mark_comes_from_its_like() cascade;
drop function annotations_orphan_fits() cascade;
drop trigger if exists orphan_no_update on annotations_orphan;
drop trigger if exists orphan_no_delete on annotations_orphan;
drop trigger if exists orphan_no_truncate on annotations_orphan;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0004_desk_guards"),
    ]

    operations = [
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
                ("is_html", models.BooleanField(default=False)),
                ("data", models.BinaryField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
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
            ],
            options={
                "ordering": ["revision", "mark__start"],
            },
        ),
        migrations.AddField(
            model_name="mark",
            name="came_by",
            field=models.CharField(
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
        migrations.AddField(
            model_name="mark",
            name="came_from",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="successors",
                to="annotations.mark",
            ),
        ),
        migrations.AddField(
            model_name="mark",
            name="confirmed_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="mark",
            name="confirmed_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="original",
            name="address",
            field=models.CharField(
                blank=True,
                db_default="",
                help_text="The web address the bytes came from.",
                max_length=2000,
            ),
        ),
        migrations.AddField(
            model_name="original",
            name="charset",
            field=models.CharField(
                blank=True,
                db_default="",
                help_text="The character set that was declared with them.",
                max_length=40,
            ),
        ),
        migrations.AddField(
            model_name="sentence",
            name="block",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Paragraph"),
                    ("list_item", "List item"),
                    ("quote", "Block quotation"),
                ],
                db_default="",
                default="",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="mark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("came_by__in", ["placed", "same", "moved", "context", "attached"])
                ),
                name="mark_came_by_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="mark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("came_by", "placed"), ("came_from__isnull", True)),
                    models.Q(
                        models.Q(("came_by", "placed"), _negated=True), ("came_from__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="mark_came_from_somewhere_or_was_placed",
            ),
        ),
        migrations.AddConstraint(
            model_name="mark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                    models.Q(
                        ("came_by", "context"),
                        ("confirmed_at__isnull", False),
                        ("confirmed_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="mark_confirmed_is_of_changed_context",
            ),
        ),
        migrations.AddConstraint(
            model_name="mark",
            constraint=models.UniqueConstraint(
                fields=("revision", "came_from"), name="mark_once_from_each_mark"
            ),
        ),
        migrations.AddConstraint(
            model_name="sentence",
            constraint=models.CheckConstraint(
                condition=models.Q(("block__in", ["", "list_item", "quote"])),
                name="sentence_block_is_known",
            ),
        ),
        migrations.AddField(
            model_name="incoming",
            name="desk",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="annotations.desk"
            ),
        ),
        migrations.AddField(
            model_name="incoming",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="orphan",
            name="mark",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="orphans",
                to="annotations.mark",
            ),
        ),
        migrations.AddField(
            model_name="orphan",
            name="placed",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="was_orphan",
                to="annotations.mark",
            ),
        ),
        migrations.AddField(
            model_name="orphan",
            name="revision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="orphans",
                to="annotations.revision",
            ),
        ),
        migrations.AddField(
            model_name="orphan",
            name="settled_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="incoming",
            index=models.Index(fields=["at"], name="incoming_by_age"),
        ),
        migrations.AddConstraint(
            model_name="orphan",
            constraint=models.UniqueConstraint(fields=("revision", "mark"), name="orphan_once"),
        ),
        migrations.AddConstraint(
            model_name="orphan",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["", "attached", "gone", "aside"])),
                name="orphan_outcome_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="orphan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("outcome", ""), ("settled_at__isnull", True), ("settled_by__isnull", True)
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
        ),
        migrations.AddConstraint(
            model_name="orphan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "attached"), ("placed__isnull", False)),
                    models.Q(
                        models.Q(("outcome", "attached"), _negated=True), ("placed__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="orphan_placed_has_a_place",
            ),
        ),
        migrations.RunSQL(MARKS + ORPHANS, UNDO),
    ]
