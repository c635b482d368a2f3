"""The addresses of the app, by who uses them: readers, an article at work, a desk."""

from django.urls import include, path

urlpatterns = [
    path("", include("annotations.urls.public")),
    path("", include("annotations.urls.article")),
    path("", include("annotations.urls.desk")),
]
