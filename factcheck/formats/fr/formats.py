"""As newspapers write it, with the time zone."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y à H:i T"
