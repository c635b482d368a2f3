"""A desk's own pages."""

from django.urls import path

from annotations.views.desk import (
    claims,
    guidelines,
    log,
    more,
    outcomes,
    people,
    queue,
    reports,
    rules,
    sources,
    statements,
)
from annotations.views.importing import article as importing

urlpatterns = [
    path("desk/reports/", reports.report_list, name="reports"),
    path("desk/reports/<uuid:key>/answer/", reports.answer_report, name="answer_report"),
    path("desk/reports/<uuid:key>/correct/", reports.correct_report, name="correct_report"),
    path("desk/statements/", statements.statement_list, name="statements"),
    path("desk/statements/<slug:kind>/", statements.edit_statement, name="edit_statement"),
    path("desk/", queue.queue, name="queue"),
    path("desk/log/", log.log, name="log"),
    path("desk/my-annotations/", outcomes.outcomes, name="outcomes"),
    path("desk/guidelines/", guidelines.guidelines, name="guidelines"),
    path("desk/rules/", rules.rules, name="rules"),
    path("desk/people/", people.people, name="people"),
    path("desk/people/<uuid:key>/role/", people.choose_role, name="choose_role"),
    path("desk/people/<uuid:key>/end/", people.end_membership, name="end_membership"),
    path("desk/more/", more.more, name="desk_more"),
    path("desk/articles/", queue.articles, name="articles"),
    path("desk/claims/", claims.claims, name="claims"),
    path("desk/articles/add/", importing.add_article, name="import"),
    path("sources/<uuid:key>/", sources.source, name="source"),
    path("copies/<uuid:key>/", sources.saved_copy, name="saved_copy"),
]
