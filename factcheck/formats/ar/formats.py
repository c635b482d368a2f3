"""As newspapers write it; Django has no way of its own for a date with a time."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y، H:i T"
