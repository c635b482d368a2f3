"""Fetching the open web, safely. Knows no model."""
