"""Articles, claims, annotations and verdicts: the app."""

VERSION = "0.1.0"
