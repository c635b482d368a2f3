"""What is filled in to take something in."""
