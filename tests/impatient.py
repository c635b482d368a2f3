"""gunicorn's worker as shipped, but for its patience: what takes minutes there takes moments."""

from __future__ import annotations

from factcheck import patient
from factcheck.patient import Worker

patient.HEAD_SECONDS = 1
patient.BODY_SECONDS = 2

__all__ = ["Worker"]
