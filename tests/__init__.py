"""Tests: they run on real PostgreSQL, and the pages' in a real browser."""
