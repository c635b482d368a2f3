"""Counters for whoever keeps the server, in Prometheus's words (views.health hands them out)."""

from __future__ import annotations

from prometheus_client import Counter, Histogram

REQUESTS = Counter(
    "factcheck_requests", "Requests answered.", ["route", "method", "status"]
)  # a route is an address's name, never the address: their number is bounded
SECONDS = Histogram(
    "factcheck_request_seconds",
    "From a request's arrival to the beginning of its answer.",
    ["route"],
    buckets=(0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30),
)
MOVES = Counter("factcheck_moves", "Lines written to the log.", ["move"])
REFUSALS = Counter("factcheck_refusals", "What was asked and refused.", ["act"])
FETCHES = Counter("factcheck_fetches", "Pages fetched from the web.", ["outcome"])
SIGN_INS = Counter("factcheck_sign_ins", "Sign-ins, and those that failed.", ["outcome"])
SLOW = Counter("factcheck_slow_queries", "Statements of more than 200 ms.")
BLOBS = Counter("factcheck_blobs", "Files of kept bytes that were written.")
BLOB_BYTES = Counter("factcheck_blob_bytes", "Bytes in them.")
