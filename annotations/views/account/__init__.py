"""What a person says of themselves and for themselves, at no desk in particular."""
