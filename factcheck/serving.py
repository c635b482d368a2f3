"""How gunicorn serves Factcheck: `gunicorn -c python:factcheck.serving`."""

import gc
import os
import shutil
import tempfile
from typing import Any

from factcheck import env

# Before anything counts: each worker counts in a file of its own, and /metrics adds them up.
_figures = tempfile.mkdtemp(prefix="factcheck-figures-")
os.environ["PROMETHEUS_MULTIPROC_DIR"] = _figures

wsgi_app = "factcheck.wsgi"
# Where gunicorn listens: address:port, or unix:/path/of/a/socket.
bind = env.text("BIND", "127.0.0.1:8000")
# gunicorn's processes: one and a half for each processor, two at least.
workers = int(env.text("WEB_CONCURRENCY", "3"))
# Threads: a log that is taken away for minutes keeps its worker alive, and others are served. They
# are given requests that have arrived, so that slow clients hold none.
worker_class = "factcheck.patient.Worker"
threads = 4
# Seconds after which a worker that says nothing at all is replaced; no bound on a request.
timeout = 120
# Requests are written by annotations.journal: gunicorn's own line would hold what was searched for.
_format = env.choice("LOG_FORMAT", "line" if env.flag("DEBUG") else "json", ("json", "line"))
logconfig_dict = {
    "formatters": {
        "json": {"()": "annotations.journal.JsonLines"},
        "line": {"()": "annotations.journal.PlainLines"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": _format}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {"gunicorn.error": {"handlers": [], "propagate": True}},
}
control_socket_disable = True


def post_worker_init(worker: Any) -> None:
    """What a worker has loaded is there to stay: to look through it for garbage takes 50 ms."""
    gc.collect()
    gc.freeze()


def child_exit(server: Any, worker: Any) -> None:
    """A worker that is gone holds no gauge any more; what it counted stays counted."""
    from prometheus_client import multiprocess

    multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def on_exit(server: Any) -> None:
    shutil.rmtree(_figures, ignore_errors=True)
