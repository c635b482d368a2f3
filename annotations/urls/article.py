"""An article at work: the workbench, and the pages and moves of its claims."""

from django.urls import path

from annotations.views import preview
from annotations.views.article import (
    approving,
    asking,
    checking,
    deciding,
    details,
    discussing,
    history,
    marking,
    presence,
    replies,
    revisions,
    setting_aside,
    taking_back,
    translations,
    undoing,
    workbench,
)

urlpatterns = [
    path("articles/<int:pk>/", workbench.workbench, name="workbench"),
    path("articles/<int:pk>/replies/", replies.replies, name="replies"),
    path("articles/<int:pk>/replies/<uuid:key>/", replies.keep_reply, name="keep_reply"),
    path("articles/<int:pk>/details/", details.details, name="details"),
    path("articles/<int:pk>/translations/", translations.translations, name="translations"),
    path("articles/<int:pk>/translations/claims/", translations.tied_claims, name="tied_claims"),
    path("articles/<int:pk>/withdraw/", taking_back.withdraw, name="withdraw"),
    path("articles/<int:pk>/confirm/", taking_back.confirm, name="confirm_taking_back"),
    path("articles/<int:pk>/asked/<uuid:key>/take-back/", asking.take_back, name="take_back"),
    path("articles/<int:pk>/claims/<int:claim_pk>/asked/", asking.asked, name="asked"),
    path("articles/<int:pk>/claims/<int:claim_pk>/retract/", taking_back.retract, name="retract"),
    path(
        "articles/<int:pk>/claims/<int:claim_pk>/duplicate/",
        setting_aside.duplicate,
        name="duplicate",
    ),
    path("articles/<int:pk>/history/", history.history, name="history"),
    path("articles/<int:pk>/revisions/", revisions.revisions, name="revisions"),
    path("articles/<int:pk>/revisions/<int:number>/", revisions.revision, name="revision"),
    path("articles/<int:pk>/revise/", revisions.revise, name="revise"),
    path("articles/<int:pk>/orphans/", revisions.orphans, name="orphans"),
    path("articles/<int:pk>/orphans/confirm/", revisions.confirm_marks, name="confirm_marks"),
    path("articles/<int:pk>/orphans/look/", revisions.look_again, name="look_again"),
    path("articles/<int:pk>/orphans/<uuid:key>/attach/", revisions.attach, name="attach"),
    path("articles/<int:pk>/orphans/<uuid:key>/let-go/", revisions.let_go, name="let_go"),
    path("articles/<int:pk>/mark/", marking.mark, name="mark"),
    path("articles/<int:pk>/triage/", marking.triage, name="triage"),
    path("articles/<int:pk>/undo/", undoing.undo, name="undo"),
    path("articles/<int:pk>/redo/", undoing.redo, name="redo"),
    path("articles/<int:pk>/unmark/<uuid:mark_key>/", undoing.unmark, name="unmark"),
    path("articles/<int:pk>/put-back/<uuid:mark_key>/", undoing.put_back, name="put_back"),
    path("articles/<int:pk>/here/", presence.here, name="here"),
    path("articles/<int:pk>/open/", marking.open_checking, name="open_checking"),
    path("articles/<int:pk>/submit/", checking.submit, name="submit"),
    path("articles/<int:pk>/decide/", deciding.decide, name="decide"),
    path(
        "articles/<int:pk>/claims/<int:claim_pk>/decide/",
        deciding.decide_claim,
        name="decide_claim",
    ),
    path("articles/<int:pk>/adopt/", deciding.adopt_agreed, name="adopt_agreed"),
    path("articles/<int:pk>/approve/", approving.approve, name="approve"),
    path("articles/<int:pk>/approve/all/", approving.approve_all, name="approve_all"),
    path("articles/<int:pk>/preview/", preview.preview, name="preview"),
    path("articles/<int:pk>/publish/", approving.publish, name="publish"),
    path("articles/<int:pk>/send-back/", approving.send_back, name="send_back"),
    path("articles/<int:pk>/return/<uuid:key>/", deciding.give_back, name="give_back"),
    path("articles/<int:pk>/claims/<int:claim_pk>/edit/", marking.edit_claim, name="edit_claim"),
    path("articles/<int:pk>/claims/<int:claim_pk>/reword/", marking.reword, name="reword"),
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
    path(
        "articles/<int:pk>/claims/<int:claim_pk>/aside/", setting_aside.set_aside, name="set_aside"
    ),
    path(
        "articles/<int:pk>/claims/<int:claim_pk>/back/", setting_aside.bring_back, name="bring_back"
    ),
    path("articles/<int:pk>/claims/<int:claim_pk>/ask/", deciding.ask_again, name="ask_again"),
    path("articles/<int:pk>/claims/<int:claim_pk>/correct/", approving.correct, name="correct"),
    path("my-checks/<uuid:key>/decline/", asking.decline, name="decline"),
    path("my-checks/<uuid:key>/annotate/", checking.annotate, name="annotate"),
    path("my-checks/<uuid:key>/cite/", checking.cite, name="cite"),
    path("my-checks/<uuid:key>/sources/", checking.find_source, name="find_source"),
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
