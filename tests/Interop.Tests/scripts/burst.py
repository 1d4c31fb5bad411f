"""Sends many numbered messages as fast as it can, says so, and stays connected: burst.py bind|connect ENDPOINT TYPE COUNT

A publisher waits for its first subscriber.
"""
import sys
import zmq
from peer import arguments, say

kind, count = arguments()[0], int(arguments()[1])
s = zmq.Context().socket(zmq.XPUB if kind == "PUB" else getattr(zmq, kind))
s.linger = 0
s.sndhwm = 0
if sys.argv[1] == "bind":
    s.bind(sys.argv[2])
    say("bound " + s.getsockopt(zmq.LAST_ENDPOINT).rstrip(b"\0").decode())
else:
    s.connect(sys.argv[2])
if kind == "PUB":
    s.recv()
for number in range(count):
    s.send(b"%d %s" % (number, b"x" * 500))
say("sent %d" % count)
sys.stdin.read()
