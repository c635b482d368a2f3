"""The Django project around the app: settings, addresses, servers, database."""
