"""The addresses of the app: the public pages, the desk, and the moves made on its pages."""

from django.contrib.auth import views as auth
from django.urls import path

from annotations.views import (
    approving,
    checking,
    deciding,
    desk,
    discussing,
    health,
    marking,
    public,
    public_claim,
    undoing,
    workbench,
)

urlpatterns = [
    path("", public.index, name="public_index"),
    path("checks/<slug:desk>/", public.desk_index, name="public_desk"),
    path("checks/<slug:desk>/<slug:slug>/", public.article, name="public_article"),
    path("checks/<slug:desk>/<slug:slug>.json", public.article_json, name="public_article_json"),
    path("claims/<slug:desk>/<int:number>-<slug:slug>/", public_claim.claim, name="public_claim"),
    path(
        "claims/<slug:desk>/<int:number>-<slug:slug>.json",
        public_claim.claim_json,
        name="public_claim_json",
    ),
    path("healthz", health.healthz, name="healthz"),
    path("login/", auth.LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("logout/", auth.LogoutView.as_view(), name="logout"),
    path("desk/", desk.queue, name="queue"),
    path("desk/articles/", desk.articles, name="articles"),
    path("desk/articles/add/", desk.add_article, name="import"),
    path("articles/<int:pk>/", workbench.workbench, name="workbench"),
    path("articles/<int:pk>/history/", desk.history, name="history"),
    path("articles/<int:pk>/mark/", marking.mark, name="mark"),
    path("articles/<int:pk>/triage/", marking.triage, name="triage"),
    path("articles/<int:pk>/undo/", undoing.undo, name="undo"),
    path("articles/<int:pk>/redo/", undoing.redo, name="redo"),
    path("articles/<int:pk>/unmark/<uuid:mark_key>/", undoing.unmark, name="unmark"),
    path("articles/<int:pk>/put-back/<uuid:mark_key>/", undoing.put_back, name="put_back"),
    path("articles/<int:pk>/open/", marking.open_checking, name="open_checking"),
    path("articles/<int:pk>/submit/", checking.submit, name="submit"),
    path("articles/<int:pk>/decide/", deciding.decide, name="decide"),
    path("articles/<int:pk>/adopt/", deciding.adopt_agreed, name="adopt_agreed"),
    path("articles/<int:pk>/approve/", approving.approve, name="approve"),
    path("articles/<int:pk>/approve/all/", approving.approve_all, name="approve_all"),
    path("articles/<int:pk>/preview/", approving.preview, name="preview"),
    path("articles/<int:pk>/publish/", approving.publish, name="publish"),
    path("articles/<int:pk>/send-back/", approving.send_back, name="send_back"),
    path("articles/<int:pk>/return/<uuid:key>/", deciding.give_back, name="give_back"),
    path("articles/<int:pk>/claims/<int:claim_pk>/edit/", marking.edit_claim, name="edit_claim"),
    path("articles/<int:pk>/claims/<int:claim_pk>/add/", marking.add_mark, name="add_mark"),
    path(
        "articles/<int:pk>/claims/<int:claim_pk>/repeats/", marking.add_repeats, name="add_repeats"
    ),
    path("articles/<int:pk>/claims/<int:claim_pk>/comment/", discussing.comment, name="comment"),
    path(
        "articles/<int:pk>/claims/<int:claim_pk>/comments/<uuid:comment_key>/",
        discussing.settle,
        name="settle_comment",
    ),
    path("articles/<int:pk>/claims/<int:claim_pk>/aside/", marking.set_aside, name="set_aside"),
    path("articles/<int:pk>/claims/<int:claim_pk>/back/", marking.bring_back, name="bring_back"),
    path("articles/<int:pk>/claims/<int:claim_pk>/ask/", deciding.ask_again, name="ask_again"),
    path("articles/<int:pk>/claims/<int:claim_pk>/correct/", approving.correct, name="correct"),
    path("my-checks/<uuid:key>/annotate/", checking.annotate, name="annotate"),
    path("my-checks/<uuid:key>/cite/", checking.cite, name="cite"),
    path("my-checks/<uuid:key>/cite/<uuid:citation_key>/", checking.cite, name="cite_again"),
    path(
        "my-checks/<uuid:key>/restore/<uuid:version_key>/",
        checking.restore,
        name="restore_version",
    ),
    path(
        "my-checks/<uuid:key>/cite-back/<uuid:version_key>/<uuid:citation_key>/",
        checking.cite_back,
        name="cite_back",
    ),
    path("my-checks/<uuid:key>/uncite/<uuid:citation_key>/", checking.uncite, name="uncite"),
]
