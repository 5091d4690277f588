"""What became of the money: payment, report, settlement, monitor."""
