"""Text that can be trusted: canonical text, sentences, quotations, speakers, notices and anchors.

Pure Python, no Django; beside the standard library only rapidfuzz and diff-match-patch, for what
becomes of marks. All offsets are code points of canonical text.
"""
