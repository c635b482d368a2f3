"""What readers got, and get: editions, complete in themselves, made once and read for ever.

`content` says what an edition holds, `making` makes it from the models, `workflow.issuing` is
the only writer of a row, `reading` reads what was stored in any format there ever was, `changes`
names what differs between two, `tombstones` leaves out what was taken back.
"""
