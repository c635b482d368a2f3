"""A desk's own pages. Each has its desk in the address: what is sent from it acts on that desk."""

from django.urls import include, path

from annotations.views import jobs
from annotations.views import unsent as unsent_forms
from annotations.views.desk import (
    articles,
    claimants,
    claims,
    copies,
    earlier,
    frame,
    guidelines,
    letters,
    log,
    more,
    notices,
    outcomes,
    people,
    queue,
    reports,
    rules,
    saving,
    searching,
    sources,
    statements,
    statistics,
)
from annotations.views.importing import article as importing

of_a_desk = [
    path("", queue.queue, name="queue"),
    path("articles/", articles.articles, name="articles"),
    path("articles/add/", importing.add_article, name="import"),
    path("claims/", claims.claims, name="claims"),
    path("claimants/", claimants.claimant_list, name="claimants"),
    path("claimants/<uuid:key>/", claimants.claimant, name="claimant"),
    path("claimants/<uuid:key>/merge/", claimants.merge, name="merge_claimants"),
    path("claimants/<uuid:key>/part/", claimants.part, name="part_claimants"),
    path("filters/save/", saving.save_filter, name="save_filter"),
    path("filters/<uuid:key>/remove/", saving.remove_filter, name="remove_filter"),
    path("earlier-checks/", earlier.check_list, name="earlier_checks"),
    path("earlier-checks/add/", earlier.add_checks, name="add_earlier_checks"),
    path("guidelines/", guidelines.guidelines, name="guidelines"),
    path("letter/", letters.letter, name="letter"),
    path("log/", log.log, name="log"),
    path("more/", more.more, name="desk_more"),
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.read_notices, name="read_notices"),
    path("my-annotations/", outcomes.outcomes, name="outcomes"),
    path("people/", people.people, name="people"),
    path("people/invite/", people.invite, name="invite"),
    path("people/invited/<uuid:key>/", people.answer_invitation, name="answer_invitation"),
    path("people/<uuid:key>/role/", people.choose_role, name="choose_role"),
    path("people/<uuid:key>/end/", people.end_membership, name="end_membership"),
    path("reports/", reports.report_list, name="reports"),
    path("reports/<uuid:key>/answer/", reports.answer_report, name="answer_report"),
    path("reports/<uuid:key>/tell/", reports.tell_again, name="tell_again"),
    path("reports/<uuid:key>/correct/", reports.correct_report, name="correct_report"),
    path("renewal/", statistics.renewal, name="renewal"),
    path("rules/", rules.rules, name="rules"),
    path("search/", searching.search, name="desk_search"),
    path("statements/", statements.statement_list, name="statements"),
    path("statements/<slug:kind>/", statements.edit_statement, name="edit_statement"),
    path("statistics/", statistics.statistics, name="statistics"),
    path("unsent/", unsent_forms.unsent, name="unsent"),
]

urlpatterns = [
    path("desks/<slug:desk_slug>/", include(of_a_desk)),
    path("desk/", frame.last_looked_at, name="desk"),
    # Where these pages stood before each named its desk: links in mail and bookmarks still lead.
    path("desk/<path:rest>", frame.last_looked_at, name="desk_page"),
    path("jobs/", jobs.job_list, name="jobs"),
    path("jobs/<slug:name>/run/", jobs.run_job, name="run_job"),
    path("jobs/letters/<uuid:letter_key>/", jobs.send_letter_again, name="send_letter_again"),
    path("sources/<uuid:key>/", sources.source, name="source"),
    path("copies/<uuid:key>/", sources.saved_copy, name="saved_copy"),
    path("copies/<uuid:key>/proof/", copies.copy_proof, name="copy_proof"),
    path("copies/<uuid:key>/read/", copies.read_copy, name="read_copy"),
    path("copies/<uuid:key>/read/<uuid:citation_key>/", copies.read_copy, name="read_passage"),
    path("citations/<uuid:key>/copy/", copies.cited_copy, name="cited_copy"),
]
