"""Playing a round: stories of what people do, told in the order of the clock."""
