"""The pointers of what was written before there were any; the lists follow by their trigger.

A batch a transaction: no lock is held longer than it takes to write some thousand rows.
"""

from django.db import migrations

BATCH = 5000

CLAIMS = """
update annotations_claim as claim set
    verdict_id = (
        select id from annotations_verdict as verdict
        where verdict.claim_id = claim.id order by number desc limit 1),
    edition_id = (
        select case when content ? 'tombstone' then null else id end
        from annotations_edition as edition
        where edition.claim_id = claim.id order by number desc limit 1)
where claim.id > %s and claim.id <= %s
    and exists (select from annotations_verdict as verdict where verdict.claim_id = claim.id)
"""

ARTICLES = """
update annotations_article as article set
    edition_id = (
        select case when content ? 'tombstone' then null else id end
        from annotations_edition as edition
        where edition.article_id = article.id order by number desc limit 1)
where article.id > %s and article.id <= %s and article.status = 'published'
"""


def fill(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        for table, statement in (("claim", CLAIMS), ("article", ARTICLES)):
            cursor.execute(f"select coalesce(max(id), 0) from annotations_{table}")  # noqa: S608
            (last,) = cursor.fetchone()
            for start in range(0, last, BATCH):
                cursor.execute(statement, [start, start + BATCH])


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("annotations", "0021_what_is_current_is_guarded")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
