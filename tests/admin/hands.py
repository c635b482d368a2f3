"""A person at the admin: signs in, opens pages, chooses rows and an action, sends forms."""

from __future__ import annotations

import html
import re
from typing import Any

from django.test import Client
from django.urls import reverse

from annotations.models import User

FIELD = re.compile(r'<(?:input|textarea|select)[^>]* name="([^"]+)"[^>]*>', re.DOTALL)


class Hands:
    def __init__(self, user: User, *, superuser: bool = False) -> None:
        user.is_staff, user.is_superuser = True, superuser
        user.save()
        self.user = user
        self.client = Client()
        self.client.force_login(user)

    def address(self, row: Any, page: str = "change") -> str:
        return reverse(f"admin:annotations_{row._meta.model_name}_{page}", args=[row.uuid])

    def list_address(self, model: str) -> str:
        return reverse(f"admin:annotations_{model}_changelist")

    def get(self, address: str, **query: Any) -> Any:
        return self.client.get(address, query)

    def open(self, row: Any, page: str = "change") -> Any:
        return self.get(self.address(row, page))

    def list(self, model: str, **query: Any) -> Any:
        return self.get(self.list_address(model), **query)

    def act(self, model: str, action: str, *rows: Any, **fields: Any) -> str:
        """Choose rows and an action, and send its form; the page that answers, as text."""
        chosen = {"action": action, "_selected_action": [str(row.uuid) for row in rows]}
        response = self.client.post(
            self.list_address(model), chosen | {"apply": "1"} | fields, follow=True
        )
        return html.unescape(response.content.decode())

    def ask(self, model: str, action: str, *rows: Any) -> Any:
        """The page an action shows before it does anything."""
        chosen = {"action": action, "_selected_action": [str(row.uuid) for row in rows]}
        return self.client.post(self.list_address(model), chosen)

    def fields_of(self, row: Any) -> dict[str, Any]:
        """What the change page would send back unchanged."""
        context = self.open(row).context
        sent: dict[str, Any] = {}
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        forms = [context["adminform"].form]
        for formset in formsets:
            forms += [formset.management_form, *formset.forms]
        for form in forms:
            for field in form:
                value = field.value()
                hidden = field.field.widget
                if hasattr(hidden, "names"):
                    value = hidden.format_value(value)
                if value is not None and value is not False:
                    sent[field.html_name] = value
        return sent

    def save(self, row: Any, **fields: Any) -> Any:
        return self.client.post(self.address(row), self.fields_of(row) | fields)

    def write(self, check: Any, rating: Any, words: str, source: str) -> Any:
        """Start a check, write the annotation with one citation, and return it."""
        self.act("assignment", "write_annotation", check)
        annotation = type(check).objects.get(pk=check.pk).annotation
        response = self.save(
            annotation,
            rating=rating.pk,
            finding=words,
            justification=f"Because {words}",
            confidence="high",
            **{
                "citations-0-title": source,
                "citations-0-stance": "contradicts",
                "citations-0-passage": f"Passage of {source}",
            },
        )
        assert response.status_code == 302, response.content.decode()
        return annotation
