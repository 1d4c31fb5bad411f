"""The document's server: answers every request with "I am OK!"."""
import zmq
from peer import say, socket

s = socket(zmq.REP)
while True:
    message = s.recv()
    say("Received: %s" % message.decode("utf-8"))
    s.send(b"I am OK!")
