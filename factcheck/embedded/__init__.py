"""A database backend that brings its own PostgreSQL: for laptops and tests, never production."""
