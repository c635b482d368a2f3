"""Page-shaped reads: each page's rows in a number of statements that does not grow."""
