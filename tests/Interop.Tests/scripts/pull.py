"""The document's pull end: prints each message, or with an argument only how many came."""
import zmq
from peer import arguments, say, socket

s = socket(zmq.PULL)
quiet = bool(arguments())
count = 0
while True:
    data = s.recv()
    count += 1
    if not quiet:
        say("response: %s" % data.decode("utf-8"))
    elif count % int(arguments()[0]) == 0:
        say("pulled %d" % count)
