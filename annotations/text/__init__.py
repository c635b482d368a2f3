"""Text that can be trusted: canonical text, sentences, quotations, speakers, notices and anchors.

Pure Python, no Django. All offsets are code points of canonical text.
"""
