"""How gunicorn serves Factcheck: `gunicorn -c python:factcheck.serving`."""

import os

wsgi_app = "factcheck.wsgi"
bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "3"))
# Threads: a log that is taken away for minutes keeps its worker alive, and others are served. They
# are given requests that have arrived, so that slow clients hold none.
worker_class = "factcheck.patient.Worker"
threads = 4
# Seconds after which a worker that says nothing at all is replaced; no bound on a request.
timeout = 120
accesslog = "-"
control_socket_disable = True
