"""A subscriber that takes all, and prints the frames of each message in hex."""
import zmq
from peer import say, socket

s = socket(zmq.SUB)
s.setsockopt(zmq.SUBSCRIBE, b"")
say("subscribed")
while True:
    say("frames: %s" % " ".join(part.hex() for part in s.recv_multipart()))
