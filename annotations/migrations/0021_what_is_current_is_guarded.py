"""The database's own rules from annotations/database: restorable, and more of them.

Functions set their search path, so that a restore keeps the index of the search, and ANALYZE and
REINDEX run. What people said, what readers said and what was asked of others takes only the
changes that moves make. Dates are days that there are. A pointer names the newest, and a row of
the lists is written wherever a pointer moves.
"""

from django.db import migrations

from annotations.database import Run

# A database that was restored from a dump of before has lost it.
INDEX = """
create index if not exists edition_words on annotations_edition
    using gin (annotations_edition_words(content))
"""

# The functions of before stay as they are now: they do the same, and can be restored.
NEW = """
drop trigger claim_is_listed on annotations_claim;
drop trigger article_is_listed on annotations_article;
drop function annotations_list_anew();
drop function annotations_list_edition(bigint);
drop function annotations_listed(jsonb, text);
drop trigger claim_is_current on annotations_claim;
drop trigger article_is_current on annotations_article;
drop trigger verdict_is_current on annotations_verdict;
drop trigger edition_is_current on annotations_edition;
drop function annotations_is_current();
drop function annotations_claim_is_current(bigint);
drop function annotations_article_is_current(bigint);
drop function annotations_source_is_open() cascade;
drop function annotations_date_is_real() cascade;
drop function annotations_revision_fits_what_is_there() cascade;
drop function annotations_is_partial_date(text);
drop trigger annotation_no_truncate on annotations_annotation;
drop trigger citation_no_truncate on annotations_citation;
drop trigger source_no_truncate on annotations_source;
drop trigger comment_no_update on annotations_comment;
drop trigger comment_no_delete on annotations_comment;
drop trigger comment_no_truncate on annotations_comment;
drop trigger report_no_update on annotations_report;
drop trigger report_answer_stands on annotations_report;
drop trigger report_no_delete on annotations_report;
drop trigger report_no_truncate on annotations_report;
drop trigger letter_no_update on annotations_letter;
drop trigger letter_no_delete on annotations_letter;
drop trigger letter_no_truncate on annotations_letter;
drop trigger replyrequest_no_update on annotations_replyrequest;
drop trigger replyrequest_no_truncate on annotations_replyrequest;
drop trigger receipt_no_update on annotations_receipt;
drop trigger receipt_is_kept_a_day on annotations_receipt;
drop trigger receipt_no_truncate on annotations_receipt;
"""


class Migration(migrations.Migration):
    dependencies = [("annotations", "0020_what_is_current")]

    operations = [
        migrations.RunSQL(migrations.RunSQL.noop, NEW),
        # The index below calls the functions of search.sql, in a form that finds them, and when the
        # next migration points at what is current, current.sql fills the lists.
        Run("cc43947b5654fe59", needed=("search", "current")),
        migrations.RunSQL(INDEX, migrations.RunSQL.noop),
    ]
