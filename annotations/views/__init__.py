"""The pages: load through what the person may see, ask the layers below, render."""
