import pytest
from django.db import connection
pytest_plugins = ["tests.cast"]
