"""How much one text may be: what people can check line by line, and what keeps nobody waiting.

The same holds for what is pasted, chosen as a file, fetched from the web, or read by a command.
"""

MAX_BYTES = 10 * 1024 * 1024
"""Of a file or a web page, as it comes: a page's text is a small part of it."""
MAX_CHARACTERS = 1_000_000
"""Of a text, in code points: a very long book."""
MAX_LINES = 50_000
MAX_SENTENCES = 20_000
