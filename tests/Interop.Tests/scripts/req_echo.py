"""Sends requests of many shapes to an echo server and compares the replies byte by byte."""
import os
import zmq
from peer import say, socket

s = socket(zmq.REQ)
shapes = {
    "one frame": [b"x"],
    "empty": [b""],
    "binary": [bytes(range(256))],
    "multipart": [b"a", b"", b"c", os.urandom(1000), b""],
    "100 MB": [os.urandom(100_000_000)],
}
for name, parts in shapes.items():
    s.send_multipart(parts)
    say("%s: %s" % (name, "same" if s.recv_multipart() == parts else "DIFFERENT"))
