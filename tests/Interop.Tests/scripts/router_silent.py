"""A ROUTER that answers nothing, and prints the envelope of each request: the frames between routing id and delimiter."""
import zmq
from peer import say, socket

s = socket(zmq.ROUTER)
while True:
    frames = s.recv_multipart()
    say("envelope %s body %s" % (b"|".join(frames[1:frames.index(b"", 1)]).hex(), frames[-1].decode()))
