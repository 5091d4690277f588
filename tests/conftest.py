"""The engines and fixtures of the tests live in tests/infra."""

pytest_plugins = ["tests.infra.plugin", "tests.infra.fixtures"]
