"""Pulls slowly and with a short queue, so that most of what is sent waits in the system's buffers; says how much came before "last"."""
import sys
import time
import zmq
from peer import say

s = zmq.Context().socket(zmq.PULL)
s.setsockopt(zmq.RCVHWM, 1)
s.connect(sys.argv[2])
count = 0
while s.recv() != b"last":
    count += 1
    time.sleep(0.0005)
say("received %d" % count)
