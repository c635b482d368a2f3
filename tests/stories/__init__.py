"""The stories that the fixtures are made of, a desk each; `tests/build_fixtures.py` writes them."""
