"""The sample article and its sentences, cut by hand, for the tests of this layer."""

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
ARTICLE = ROOT / "fixtures" / "lavrov-consulate.txt"
GOLD = ROOT / "tests" / "data" / "lavrov-consulate.sentences.json"


def article() -> str:
    return ARTICLE.read_bytes().decode()


def gold() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(GOLD.read_bytes())
    return found
