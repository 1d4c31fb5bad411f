"""Sends numbered requests, one after the other, and prints what each ended in: a REQ that gives up by opening a new socket."""
import sys
import zmq
from peer import arguments, say

count, patience = int(arguments()[0]), int(arguments()[1])
context = zmq.Context()
s = None
for number in range(count):
    if s is None:
        s = context.socket(zmq.REQ)
        s.setsockopt(zmq.LINGER, 0)
        s.connect(sys.argv[2])
    s.send(b"%d" % number)
    if s.poll(patience):
        say("%d: reply %s" % (number, s.recv().decode()))
    else:
        say("%d: timeout" % number)
        s.close()
        s = None
say("done")
