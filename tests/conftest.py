"""The engines and fixtures of the tests live in tests/infra."""

import os

from hypothesis import settings

pytest_plugins = ["tests.infra.plugin", "tests.infra.fixtures"]

# The same examples every time, so that a red run comes from a change. `EXPLORE=1 make test` looks
# for others.
if not os.environ.get("EXPLORE"):
    settings.load_profile("ci")
