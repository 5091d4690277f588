"""Who judges and how it is divided: completeness, review, vote, ranking, award."""
