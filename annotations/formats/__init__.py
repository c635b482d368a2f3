"""Bytes to dataclasses and back, one format a module. Knows no model."""
