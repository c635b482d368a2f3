"""What people are told of the size of a text, where they choose it and where it is refused."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from annotations.text.limits import MAX_BYTES, MAX_CHARACTERS, MAX_SENTENCES

MEGABYTES = MAX_BYTES // (1024 * 1024)


def _limits() -> str:
    return _(
        "A text, a saved web page, a Word or OpenDocument file, a PDF with text, Markdown,"
        " subtitles, a mail or a transcript in a table (CSV, TSV). At most %(megabytes)d MB, and of"
        " text %(characters)s characters and %(sentences)s sentences."
    ) % {
        "megabytes": MEGABYTES,
        "characters": f"{MAX_CHARACTERS:,}",
        "sentences": f"{MAX_SENTENCES:,}",
    }


UPLOAD_HELP: Any = lazy(_limits, str)()


def too_large(megabytes: int = MEGABYTES) -> str:
    """Why a file is refused before it is read."""
    return _("The file is larger than %(megabytes)d MB.") % {"megabytes": megabytes}


MOST_FILES = 20
"""Files at once."""


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Any number of files up to MOST_FILES, none of them empty."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        many = [each for each in data or [] if each]
        if len(many) > MOST_FILES:
            raise forms.ValidationError(_("At most %(most)d files at once.") % {"most": MOST_FILES})
        return [super(ManyFilesField, self).clean(each, initial) for each in many]
