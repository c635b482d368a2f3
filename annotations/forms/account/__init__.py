"""What people fill in of themselves, and to come in."""
