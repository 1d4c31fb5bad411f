"""The document's server: pushes the numbers below COUNT, then waits for its end (argv: COUNT)."""
import sys
import zmq

socket = zmq.Context().socket(zmq.PUSH)
socket.bind("tcp://127.0.0.1:*")
print("bound " + socket.getsockopt(zmq.LAST_ENDPOINT).rstrip(b"\0").decode(), flush=True)
for number in range(int(sys.argv[1])):
    socket.send(b"%d" % number)
print("sent %s" % sys.argv[1], flush=True)
sys.stdin.read()
