"""Articles, claims, annotations and verdicts: the app."""
