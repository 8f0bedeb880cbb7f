"""The environment of a test run; loaded before Django's settings (see addopts in pyproject.toml)."""

import os
import tempfile

os.environ.setdefault("DEBUG", "1")
os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "0" * 40)
os.environ["DATABASE_POOL"] = "0"  # a pool would hold on to the test database when it is dropped
os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="etwinning-tests-")
os.environ["EMAIL_THREADS"] = "0"  # letters are there when a rule is through
os.environ["COST_BUDGET"] = "1000000"  # tests ask more in a second than people do in an hour
