"""Content-Security-Policies of pages that hold what others wrote."""

from __future__ import annotations

from csp.decorators import csp_replace

CLOSED = csp_replace(
    {
        "default-src": ["'none'"],
        "style-src": ["'self'"],
        "font-src": ["'self'"],
        "img-src": ["'none'"],
        "sandbox": [""],
    }
)
"""Nothing runs, and nothing is asked for but our style."""
