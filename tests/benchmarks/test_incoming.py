"""What comes in at once, beside COPY of as many bare rows in the same run: `make bench`.

Nothing here asserts a time; memory is asserted, for it is the same on every machine.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from annotations import exchange
from annotations.exchange import earlier
from annotations.formats import transcript
from annotations.formats.readers import TSV
from tests import cast as c
from tests.benchmarks.test_costs import bare_copy, seconds

pytestmark = pytest.mark.django_db


def debate(number: int, rows: int) -> bytes:
    lines = (
        f"{n}\tSpeaker {n % 3}\tIn debate {number} the line carried {n} people.\t0"
        for n in range(1, rows + 1)
    )
    return "\n".join(lines).encode()


def test_transcripts(cast, capsys):
    files = [debate(number, 10_000) for number in range(2)]
    reading = seconds(lambda: [transcript.read(data, "en", "en", "TSV") for data in files])
    items = [
        exchange.Item(exchange.read(exchange.Given(data=data, media_type=TSV), cast.desk).document)
        for data in files
    ]
    copying = bare_copy(20_000)
    saving = seconds(lambda: exchange.import_documents(cast.desk, items, actor=cast.eda))
    with capsys.disabled():
        print(
            f"\ntranscripts, 2 x 10,000 rows: {20_000 / (reading + saving):,.0f} sentences a second"
            f" ({(reading + saving) / copying:.1f} x COPY into a bare table),"
            f" {20_000 / saving:,.0f} once read"
        )


def test_earlier_checks(cast, capsys):
    reviews = [
        {
            "@type": "ClaimReview",
            "url": f"https://lantern.example/{n}",
            "claimReviewed": f"The line carried {n} people last year.",
            "author": {"name": "The Lantern"},
            "datePublished": "4-3-2026",
            "reviewRating": {"alternateName": "False", "ratingValue": "1", "bestRating": 5},
        }
        for n in range(10_000)
    ]
    data = json.dumps(reviews).encode()
    copying = bare_copy(len(reviews))
    reading = seconds(lambda: earlier.read(data))
    found = earlier.read(data)
    saving = seconds(lambda: earlier.keep(cast.desk, found, actor=cast.eda))
    with capsys.disabled():
        print(
            f"\nearlier checks, 10,000 dirty ones: {10_000 / (reading + saving):,.0f} a second"
            f" ({(reading + saving) / copying:.1f} x COPY into a bare table)"
        )


@pytest.mark.django_db(transaction=True)
def test_a_quarter_of_a_million_sentences_in_bounded_memory(tmp_path: Path, capsys):
    """As the command does it, in a process of its own: 25 transcripts of 10,000 rows."""
    from django.db import connection

    desk = c.make_desk()
    c.make_person("mia", desk, "manager")
    paths = []
    for number in range(25):
        path = tmp_path / f"{number}.tsv"
        path.write_bytes(debate(number, 10_000))
        paths.append(str(path))
    program = (
        "import django, sys; django.setup();"
        "from django.db import connection;"
        "connection.settings_dict['NAME'] = sys.argv[1];"
        "from django.core.management import call_command;"
        "call_command('import_articles', *sys.argv[2:]);"
        # Not getrusage: its figure is at least that of the process which began this one.
        "peak = next(each for each in open('/proc/self/status') if each.startswith('VmHWM'));"
        "print(int(peak.split()[1]) // 1024, file=sys.stderr)"
    )
    name = connection.settings_dict["NAME"]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    spent: list[subprocess.CompletedProcess[str]] = []

    def run() -> None:
        spent.append(
            subprocess.run(
                [sys.executable, "-c", program, name, *paths],
                env=environment,
                capture_output=True,
                text=True,
                check=True,
            )
        )

    took = seconds(run)
    megabytes = int(spent[0].stderr.strip().splitlines()[-1])
    with capsys.disabled():
        print(
            f"\nimport_articles, 25 x 10,000 sentences: {250_000 / took:,.0f} a second,"
            f" {megabytes} MB at most"
        )
    assert megabytes < 300
