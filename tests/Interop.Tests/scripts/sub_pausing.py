"""A subscriber that reads one message, then nothing until a line comes on its input, then all there is until the publisher ends."""
import sys
import zmq
from zmq.utils.monitor import recv_monitor_message
from peer import say, socket

s = socket(zmq.SUB)
gone = s.get_monitor_socket(zmq.EVENT_DISCONNECTED)
s.setsockopt(zmq.SUBSCRIBE, b"")
say("first: %s" % s.recv().split()[0].decode())
sys.stdin.readline()
poller = zmq.Poller()
poller.register(s, zmq.POLLIN)
poller.register(gone, zmq.POLLIN)
received = 1
ended = False
while True:
    ready = dict(poller.poll(0 if ended else None))
    if s in ready:
        s.recv()
        received += 1
    elif ended:
        break
    else:
        recv_monitor_message(gone)
        ended = True
say("received %d" % received)
