"""Small faults planted in the rules, one at a time, to see that a test notices: `make mutants`."""
