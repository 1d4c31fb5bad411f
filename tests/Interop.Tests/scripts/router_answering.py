"""As router_silent.py, but it answers each request with the same frames and the body "answered"."""
import zmq
from peer import say, socket

s = socket(zmq.ROUTER)
while True:
    frames = s.recv_multipart()
    say("envelope %s body %s" % (b"|".join(frames[1:frames.index(b"", 1)]).hex(), frames[-1].decode()))
    s.send_multipart(frames[:-1] + [b"answered"])
