"""Asks a host at its control socket, as docs/protocols/control.md shows it: argv has the socket, then a JSON object a request."""
import json
import sys
import zmq
from peer import say

s = zmq.Context().socket(zmq.REQ)
s.linger = 0
s.connect("ipc://" + sys.argv[1])
for request in sys.argv[2:]:
    s.send(request.encode())
    reply = json.loads(s.recv())
    say("reply " + json.dumps(reply))
