"""A REQ that calls grains by hand: grains_bare.py connect ENDPOINT, then lines of kind, key, method, arguments on the standard input."""
import sys
import zmq
from peer import say, socket

s = socket(zmq.REQ)
for line in sys.stdin:
    s.send_multipart([part.encode() for part in line.rstrip("\n").split(" ", 3)])
    frames = s.recv_multipart()
    say("%s %s" % (frames[0].hex(), " ".join(frame.decode() for frame in frames[1:])))
