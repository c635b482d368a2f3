"""Text that can be trusted: canonical text, sentences, notices and anchors.

Pure Python, standard library only, no Django. All offsets are code points of canonical text.
"""
