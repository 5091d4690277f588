"""Who is this, for whom do they act, what may they do."""
