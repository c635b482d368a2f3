"""Django's generic classes for the type checker: at run time they take no parameters."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.forms.models import BaseInlineFormSet

__all__ = [
    "AnyInlineFormSet",
    "AnyModelAdmin",
    "AnyModelChoiceField",
    "AnyModelForm",
    "AnyStackedInline",
    "AnyTabularInline",
    "AnyUserAdmin",
]

if TYPE_CHECKING:
    AnyModelAdmin = admin.ModelAdmin[Any]
    AnyTabularInline = admin.TabularInline[Any, Any]
    AnyStackedInline = admin.StackedInline[Any, Any]
    AnyInlineFormSet = BaseInlineFormSet[Any, Any, Any]
    AnyUserAdmin = UserAdmin[Any]
    AnyModelForm = forms.ModelForm[Any]
    AnyModelChoiceField = forms.ModelChoiceField[Any]
else:
    AnyModelAdmin = admin.ModelAdmin
    AnyTabularInline = admin.TabularInline
    AnyStackedInline = admin.StackedInline
    AnyInlineFormSet = BaseInlineFormSet
    AnyUserAdmin = UserAdmin
    AnyModelForm = forms.ModelForm
    AnyModelChoiceField = forms.ModelChoiceField
