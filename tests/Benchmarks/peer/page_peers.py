"""The peers of a host with many roles: connects five PUSH and five PULL sockets to each endpoint of two lists, and sends at a rate."""
import sys
import threading
import time

import zmq

rate, pushes, pulls = int(sys.argv[1]), sys.argv[2].split(","), sys.argv[3].split(",")
context = zmq.Context()


def connected(kind, endpoints):
    made = []
    for _ in range(5):
        s = context.socket(kind)
        for endpoint in endpoints:
            s.connect(endpoint)
        made.append(s)
    return made


def drain(sockets):
    poller = zmq.Poller()
    for s in sockets:
        poller.register(s, zmq.POLLIN)
    while True:
        for s, _ in poller.poll():
            try:
                for _ in range(1000):
                    s.recv(zmq.NOBLOCK)
            except zmq.Again:
                pass


senders = connected(zmq.PUSH, pulls)
threading.Thread(target=drain, args=(connected(zmq.PULL, pushes),), daemon=True).start()
print("connected", flush=True)
sent, start = 0, time.monotonic()
while True:
    due = int((time.monotonic() - start) * rate)
    # What could not be sent in time is not made up for, or a pause would become a burst.
    sent = max(sent, due - rate)
    for number in range(sent, due):
        senders[number % 5].send(b"0123456789" * 10)
    sent = max(sent, due)
    time.sleep(0.002)
