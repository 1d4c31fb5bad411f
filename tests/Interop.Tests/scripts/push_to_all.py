"""A push end that waits until as many pullers are connected as the first argument says, then sends as often as the second says."""
import zmq
from zmq.utils.monitor import recv_monitor_message
from peer import arguments, say

import sys

s = zmq.Context().socket(zmq.PUSH)
events = s.get_monitor_socket(zmq.EVENT_HANDSHAKE_SUCCEEDED)
s.bind(sys.argv[2])
for _ in range(int(arguments()[0])):
    recv_monitor_message(events)
for number in range(int(arguments()[1])):
    s.send(b"%d" % number)
say("sent")
input()
