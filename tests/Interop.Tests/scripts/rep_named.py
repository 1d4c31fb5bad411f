"""A REP that answers each request with its own name and the request."""
import zmq
from peer import arguments, say, socket

name = arguments()[0]
s = socket(zmq.REP)
while True:
    message = s.recv()
    say("%s got %s" % (name, message.decode()))
    s.send(b"%s: %s" % (name.encode(), message))
