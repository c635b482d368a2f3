"""What people fill in at an article and its claims."""
