"""The document's client: asks once, or as often as the first argument says."""
import zmq
from peer import arguments, say, socket

s = socket(zmq.REQ)
for _ in range(int(arguments()[0]) if arguments() else 1):
    s.send(b"Are you OK?")
    say("response: %s" % s.recv().decode("utf-8"))
