"""What people fill in about a desk."""
