"""A server behind a queue (docs/protocols/queue.md): announces itself, and answers one request at a time.

    server.py QUEUE NAME [SECONDS]        each request takes SECONDS of work
"""
import os
import struct
import sys
import time
import zmq

CAPACITY, TIMEOUT, BEAT = 1, 5.0, 1.0
queue, name = sys.argv[1], sys.argv[2]
work = float(sys.argv[3]) if len(sys.argv) > 3 else 0.0
interval = struct.pack(">I", int(BEAT * 1000))
identity = os.urandom(16)

socket = zmq.Context().socket(zmq.DEALER)
socket.setsockopt(zmq.LINGER, 1000)
socket.connect(queue)
joined, heard, patience = False, time.monotonic(), TIMEOUT


def greet():
    global joined, heard
    joined, heard = False, time.monotonic()
    socket.send(b"RQUEUE\x01" + identity + struct.pack(">I", CAPACITY) + interval)


def answer(envelope, body):
    """The work. What stands in front of the body goes back as it came."""
    print("%s received: %s" % (name, body[0].decode()), flush=True)
    end = time.monotonic() + work
    while time.monotonic() < end:  # a server that works for long has to send its heartbeats meanwhile
        time.sleep(min(BEAT, max(0.0, end - time.monotonic())))
        socket.send(b"H" + interval)
    socket.send_multipart(envelope + [b"%s: %s" % (name.encode(), body[0])])


greet()
last_beat = time.monotonic()
try:
    while True:
        if socket.poll(100):
            frames = socket.recv_multipart()
            kind, heard = frames[0][:1], time.monotonic()
            if kind == b"H":
                if not joined:
                    print("%s joined" % name, flush=True)
                joined, patience = True, max(TIMEOUT, 3 * struct.unpack(">I", frames[0][1:5])[0] / 1000)
            elif kind == b"Q":
                delimiter = frames.index(b"", 1)
                answer(frames[:delimiter + 1], frames[delimiter + 1:])
            elif kind == b"E" and frames[0][1:2] == b"\x02" and joined:
                greet()
            elif kind == b"E":
                print("the queue answered: %s" % frames[0][2:].decode(), file=sys.stderr, flush=True)
        if time.monotonic() - heard > patience:
            greet()
        elif joined and time.monotonic() - last_beat >= BEAT:
            last_beat = time.monotonic()
            socket.send(b"H" + interval)
except KeyboardInterrupt:
    socket.send(b"G")  # nothing is in hand here, so this ends the session
