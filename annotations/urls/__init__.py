"""The addresses of the app: of an article at work, of a desk, for readers, at the door.

An address is tried in this order: what people work at all day is found at once.
"""

from django.urls import include, path

urlpatterns = [
    path("", include("annotations.urls.article")),
    path("", include("annotations.urls.desk")),
    path("", include("annotations.urls.public")),
    path("", include("annotations.urls.account")),
]
