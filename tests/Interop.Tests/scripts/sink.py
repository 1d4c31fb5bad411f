"""Receives, and says how many have come whenever none has come for a moment: sink.py bind|connect ENDPOINT TYPE"""
import sys
import zmq
from peer import arguments, say

s = zmq.Context().socket(getattr(zmq, arguments()[0]))
s.rcvhwm = 0
if arguments()[0] == "SUB":
    s.subscribe(b"")
if sys.argv[1] == "bind":
    s.bind(sys.argv[2])
    say("bound " + s.getsockopt(zmq.LAST_ENDPOINT).rstrip(b"\0").decode())
else:
    s.connect(sys.argv[2])
total, said = 0, -1
while True:
    if s.poll(300):
        s.recv()
        total += 1
    elif total != said:
        said = total
        say("total %d" % total)
