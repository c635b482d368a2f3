"""Where things lie: in a checkout beside the packages, in an installed wheel inside this one."""

from pathlib import Path

_CHECKOUT = Path(__file__).resolve().parents[1]
IS_CHECKOUT = (_CHECKOUT / "manage.py").exists()
SHIPPED = _CHECKOUT if IS_CHECKOUT else Path(__file__).resolve().with_name("shipped")
"""The folder of `static`, `locale` and `fixtures`."""

VAR = str((_CHECKOUT if IS_CHECKOUT else Path.cwd()) / "var")
"""What is written beside the database goes here, unless FACTCHECK_VAR says where: the folder `var`
of the checkout, or with a wheel of the folder that the process was started in."""
