"""The document's subscriber: prints what its prefix matches."""
import zmq
from peer import arguments, say, socket

s = socket(zmq.SUB)
s.setsockopt(zmq.SUBSCRIBE, (arguments()[0] if arguments() else "").encode("utf-8"))
say("subscribed")
while True:
    say("response: %s" % " ".join(part.decode("utf-8") for part in s.recv_multipart()))
