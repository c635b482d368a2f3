"""Guidelines and saved copies are append-only; a request for a reply is never taken out."""

from importlib import import_module

from django.db import migrations

append_only = import_module("annotations.migrations.0002_guards").append_only

MODELS = ("guidelines", "snapshot")

REPLIES = """
create trigger replyrequest_no_delete before delete on annotations_replyrequest
    for each row execute function annotations_refuse_change();
create trigger replyrequest_answer_stands before update on annotations_replyrequest
    for each row when (old.answer <> '' and old is distinct from new)
    execute function annotations_refuse_change();
"""

UNDO_REPLIES = """
drop trigger replyrequest_no_delete on annotations_replyrequest;
drop trigger replyrequest_answer_stands on annotations_replyrequest;
"""


def without(model: str) -> str:
    return "".join(
        f"drop trigger {model}_no_{change} on annotations_{model};\n"
        for change in ("update", "delete", "truncate")
    )


class Migration(migrations.Migration):
    dependencies = [("annotations", "0003_desk_rules")]

    operations = [
        migrations.RunSQL(
            "".join([*(append_only(model) for model in MODELS), REPLIES]),
            "".join([*(without(model) for model in MODELS), UNDO_REPLIES]),
        ),
    ]
