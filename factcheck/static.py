"""Static files under names that carry their hash, compressed once, served for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage as Base


class HashedStaticFiles(Base):  # type: ignore[misc]  # whitenoise has no types
    """Rewrites the imports between our own ES modules too, so that these are hashed as well.

    Django's switch for this reads every script, and trips over those of other packages that
    import what they do not ship; hence only the folder static/js.
    """

    patterns = (*Base.patterns, ("js/*.js", Base._js_module_import_aggregation_patterns[1]))
