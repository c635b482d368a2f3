"""Several files at once, of any kind that we take: first a look at them, then the import."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations import exchange, workflow
from annotations.exchange import files
from annotations.forms.uploads import MOST_FILES, ManyFilesField
from annotations.models import Desk
from annotations.rights import Right
from annotations.words.unreadable import bad_text

from .access import denied, desks_with, may, person, superuser

ODD_SHOWN = 50
"""Warnings of one file that are shown."""


class FilesForm(forms.Form):
    """The files, or those of an earlier look, and the desk that they are for."""

    desk = forms.ModelChoiceField(
        Desk.objects.none(),
        label=gettext_lazy("Desk"),
        to_field_name="slug",
        required=False,
        help_text=gettext_lazy("Needless for fixtures: they name their desks themselves."),
    )
    uploads = ManyFilesField(
        label=gettext_lazy("Files"),
        required=False,
        help_text=gettext_lazy(
            "Texts, saved web pages, office documents, PDFs, subtitles, mails, transcripts in a"
            " table; ClaimReviews, sets of claims and of stances; fixtures. At most 20, and 10 MB"
            " together."
        ),
    )
    holds_checks = forms.BooleanField(
        label=gettext_lazy("They hold earlier checks by others"),
        required=False,
        help_text=gettext_lazy(
            "Then saved pages are read for the ClaimReviews in them, tables for their claims; else"
            " these become articles. JSON is known by what is in it."
        ),
    )
    earlier = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, desks: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["desk"]
        field.queryset = desks
        if len(desks) == 1:
            self.initial.setdefault("desk", desks[0].slug)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not data["uploads"] and not data["earlier"]:
            self.add_error("uploads", _("Choose a file."))
        return data

    def keys(self) -> list[uuid.UUID]:
        """The files of an earlier look, unless others were chosen since."""
        if self.cleaned_data["uploads"]:
            return []
        found = []
        for word in self.cleaned_data["earlier"].split(",")[:MOST_FILES]:
            try:
                found.append(uuid.UUID(word))
            except ValueError:
                continue
        return found


def import_files(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """Look at files, then import them: each in whole or not at all, and said which."""
    if not may(request, Right.IMPORT) and not superuser(request):
        raise denied(request, Right.IMPORT)
    desks = desks_with(request, Right.IMPORT)
    is_sent = request.method == "POST"
    form = FilesForm(
        request.POST if is_sent else None, request.FILES if is_sent else None, desks=desks
    )
    reports: list[files.Report] = []
    is_trial = request.POST.get("do") != "save"
    if is_sent and form.is_valid():
        desk = form.cleaned_data["desk"]
        try:
            given = _given(request, form, desk or desks.first(), desk, is_trial=is_trial)
        except exchange.BadText as bad:
            form.add_error("uploads", bad_text(bad))
        else:
            # Whoever is at no desk has no page to see it on.
            are_long = desks.exists() and files.are_long([file for _key, file in given])
            if are_long and not is_trial and desk is not None:
                return _hand_over(request, desk, given)
            reports = [_report(file, are_long, is_trial) for _key, file in given]
            keys = ",".join(str(key) for key, _file in given if key)
            held = {file.holds_checks for _key, file in given}
            chosen = {"desk": desk.slug if desk else None, "holds_checks": held == {True}}
            form = FilesForm(initial=chosen | ({"earlier": keys} if is_trial else {}), desks=desks)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Import files"),
        "opts": model_admin.opts,
        "form": form,
        "reports": [(each, list(each.odd)[:ODD_SHOWN]) for each in reports],
        "is_trial": is_trial,
        "can_save": is_trial and any(not each.wrong for each in reports),
    }
    status = 422 if form.errors else 409 if any(each.may_be_later for each in reports) else 200
    return TemplateResponse(request, "admin/annotations/files.html", context, status=status)


def _report(file: files.File, are_long: bool, is_trial: bool) -> files.Report:
    """What is done with the file, or would be; of what is long, that the worker does it."""
    if not are_long:
        return files.take(file, is_trial=is_trial)
    label = str(files.kind_of(file).label)
    if file.desk is None:
        return files.Report(file.name, label, wrong=[_("It is long. Choose the desk it is for.")])
    words = _(
        "It is long: it is read to its end, and taken in, after you press “Import these files”."
        " Then you see how far it is. Where a row is wrong, nothing of it comes in."
    )
    return files.Report(file.name, label, done=words)


def _hand_over(
    request: HttpRequest, desk: Desk, given: list[tuple[uuid.UUID | None, files.File]]
) -> HttpResponse:
    """The worker takes the files in, once, and the desk's page says how far they are."""
    sent = [workflow.Sent(each.name, each.data, each.holds_checks) for _key, each in given]
    keys = [key for key, _file in given if key]

    def bring() -> str:
        workflow.bring(desk, sent, actor=person(request))
        return reverse("file_imports", args=[desk.slug])

    key = uuid.uuid5(keys[0], " ".join(map(str, keys))) if keys else None
    try:
        return redirect(workflow.once(person(request), key, request.path, bring))
    except workflow.Refused as why:
        messages.error(request, str(why))
        return redirect(request.path)


def _given(
    request: HttpRequest,
    form: FilesForm,
    keeper: Desk | None,
    desk: Desk | None,
    *,
    is_trial: bool,
) -> list[tuple[uuid.UUID | None, files.File]]:
    """Each file, with the key under which it waits for the next look. Raises BadText.

    They wait at `keeper`; for somebody who is at no desk none can, and they are chosen again. What
    was looked at is imported as it was looked at, whatever the box says by then: a box that was
    changed asks for another look.
    """
    who, holds_checks = person(request), form.cleaned_data["holds_checks"]
    if keys := form.keys():
        kept = [exchange.received_before(keeper, who, key) for key in keys if keeper]
        for each in kept if is_trial else ():
            exchange.look_at_as(each, holds_checks=holds_checks)
        return [
            (
                each.uuid,
                files.File(
                    each.name,
                    bytes(each.data),
                    desk,
                    who,
                    exchange.was_said_to_hold_checks(each),
                ),
            )
            for each in kept
        ]
    found: list[tuple[uuid.UUID | None, files.File]] = []
    for upload in form.cleaned_data["uploads"]:
        data = upload.read()
        waiting = (
            exchange.receive(keeper, who, upload.name, data, holds_checks=holds_checks)
            if keeper
            else None
        )
        file = files.File(upload.name, data, desk, who, holds_checks)
        found.append((waiting.uuid if waiting else None, file))
    return found
