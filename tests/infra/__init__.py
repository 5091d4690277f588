"""Real engines for the tests: each started, cloned, watched and stopped by the suite itself."""
