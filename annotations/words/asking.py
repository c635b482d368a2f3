"""What became of asking somebody, a sentence for each task.

Put together from parts, they would be right in English only.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from annotations.vocabulary import Task

ASKED = {
    Task.CHECK: gettext_lazy("Asked %(person)s to check"),
    Task.DECIDE: gettext_lazy("Asked %(person)s to decide"),
    Task.APPROVE: gettext_lazy("Asked %(person)s to approve"),
}
GIVEN_TIME = {
    Task.CHECK: gettext_lazy("Gave %(person)s another day to check"),
    Task.DECIDE: gettext_lazy("Gave %(person)s another day to decide"),
    Task.APPROVE: gettext_lazy("Gave %(person)s another day to approve"),
}
DECLINED = {
    Task.CHECK: gettext_lazy("%(person)s declined to check"),
    Task.DECIDE: gettext_lazy("%(person)s declined to decide"),
    Task.APPROVE: gettext_lazy("%(person)s declined to approve"),
}
DECLINED_ONESELF = {
    Task.CHECK: gettext_lazy("Declined to check"),
    Task.DECIDE: gettext_lazy("Declined to decide"),
    Task.APPROVE: gettext_lazy("Declined to approve"),
}
ASKED_NO_LONGER = {
    Task.CHECK: gettext_lazy("Stopped asking %(person)s to check"),
    Task.DECIDE: gettext_lazy("Stopped asking %(person)s to decide"),
    Task.APPROVE: gettext_lazy("Stopped asking %(person)s to approve"),
}
