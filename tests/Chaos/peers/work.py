"""The document's worker: pulls and pushes on (argv: pull endpoint, push endpoint, microseconds of work on each message)."""
import sys
import time
import zmq

context = zmq.Context()
receive = context.socket(zmq.PULL)
receive.connect(sys.argv[1])
sender = context.socket(zmq.PUSH)
sender.connect(sys.argv[2])
work = int(sys.argv[3]) / 1e6
print("connected", flush=True)
while True:
    data = receive.recv()
    if work:
        end = time.perf_counter() + work
        while time.perf_counter() < end:
            pass
    sender.send(data)
