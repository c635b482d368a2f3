"""Addresses: the admin; everything else is the app's own."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("annotations.urls")),
]

handler400 = "annotations.views.errors.bad_request"
handler404 = "annotations.views.errors.not_found"
handler500 = "annotations.views.errors.server_error"
