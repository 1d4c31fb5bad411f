"""A REP that returns every request, multipart and all."""
import zmq
from peer import say, socket

s = socket(zmq.REP)
while True:
    parts = s.recv_multipart()
    say("echoed %d frames of %s bytes" % (len(parts), [len(part) for part in parts]))
    s.send_multipart(parts)
