"""A plain subscriber: takes all, and prints how many frames each message has, and the frames (argv: endpoint)."""
import sys
import zmq

socket = zmq.Context().socket(zmq.SUB)
socket.setsockopt(zmq.SUBSCRIBE, b"")
socket.connect(sys.argv[1])
while True:
    frames = socket.recv_multipart()
    print("> %d %s" % (len(frames), b" ".join(frames).decode()), flush=True)
