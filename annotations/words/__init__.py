"""Words for what the layers below only name: what people read of data."""
