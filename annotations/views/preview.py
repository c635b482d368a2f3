"""An article's public page as it would be now, for those who may approve it."""

from __future__ import annotations

from csp.decorators import csp_replace
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from annotations.editions import making
from annotations.editions.latest import next_number
from annotations.queries.access import article_for
from annotations.rights import Right

from .http import Request
from .public.article import render_article


@csp_replace({"frame-ancestors": ["'self'"]})  # type: ignore[arg-type]  # its stub knows no arguments
@xframe_options_sameorigin
@require_safe
def preview(request: Request, pk: int) -> HttpResponse:
    """The public page as it would be now; only this site may frame it."""
    article = article_for(request.user, pk, Right.APPROVE)
    edition = making.of_article(
        article, number=next_number(article), at=timezone.now(), reader=request.user
    )
    return render_article(request, edition, preview=True)
