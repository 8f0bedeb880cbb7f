"""The environment of a test run; loaded before Django's settings (see addopts in pyproject.toml)."""

import os
import tempfile

os.environ.setdefault("DEBUG", "1")
os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "0" * 40)
os.environ["DATABASE_POOL"] = "0"  # a pool would hold on to the test database when it is dropped
os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="etwinning-tests-")
os.environ["EMAIL_THREADS"] = "0"  # letters are there when a rule is through
os.environ["REQUEST_TIMEOUT"] = "60"  # beside other tests everything takes longer
os.environ["COST_BUDGET"] = "1000000"  # tests ask more in a second than people do in an hour

# Each worker has a Redis database of its own: a test that empties the cache empties nobody else's.
if os.environ.get("REDIS_URL") and os.environ.get("PYTEST_XDIST_WORKER"):
    address, _, number = os.environ["REDIS_URL"].rpartition("/")
    os.environ["REDIS_URL"] = f"{address}/{int(number) + int(os.environ['PYTEST_XDIST_WORKER'].removeprefix('gw'))}"
