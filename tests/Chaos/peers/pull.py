"""The document's client: pulls, and prints each message."""
import zmq

socket = zmq.Context().socket(zmq.PULL)
socket.bind("tcp://127.0.0.1:*")
print("bound " + socket.getsockopt(zmq.LAST_ENDPOINT).rstrip(b"\0").decode(), flush=True)
while True:
    print("> " + socket.recv().decode(), flush=True)
