"""One article at work: its workbench and the pages of its moves."""
