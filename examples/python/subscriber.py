"""A subscriber that misses nothing that is kept (docs/protocols/broadcast.md): it prints messages, and the gaps where some are gone.

    subscriber.py ENDPOINT [PREFIX...]        without a prefix it takes all
"""
import os
import struct
import sys
import time
import zmq

CREDIT, TIMEOUT, BEAT = 100, 5.0, 1.0
prefixes = [prefix.encode() for prefix in sys.argv[2:]] or [b""]
socket = zmq.Context().socket(zmq.DEALER)
socket.connect(sys.argv[1])
epoch = position = latest = 0  # what was had of which run of the publisher; what its GOODBYE said was the latest
number, in_force, heard, owed = b"", False, 0.0, 0


def subscribe():
    global number, in_force, heard, owed
    number, in_force, heard, owed = os.urandom(4), False, time.monotonic(), 0
    head = struct.pack(">I", int(BEAT * 1000)) + struct.pack(">QQI", epoch, position, CREDIT)
    socket.send_multipart([b"SCAST\x01" + number + head + b"subscriber.py", *prefixes])


def gap(first, last):
    print("gap %d to %s" % (first, last or "the last"), flush=True)


def on_subscribed(frame):
    global epoch, position, latest, in_force
    theirs, start, newest = struct.unpack(">QQQ", frame[9:33])
    if epoch and theirs != epoch and latest != position:  # the run that it knew is over, and there may have been more
        gap(position + 1, latest)
    if theirs != epoch:
        epoch, position, latest = theirs, start, 0
    in_force = True
    print("subscribed from %d, the latest is %d" % (position, newest), flush=True)


subscribe()
last_beat = time.monotonic()
while True:
    if socket.poll(100):
        frame, *payload = socket.recv_multipart()
        kind, heard = frame[:1], time.monotonic()
        if kind == b"I" and frame[1:5] == number and not in_force:
            on_subscribed(frame)
        elif kind == b"E" and frame[1] != 2:
            sys.exit("the publisher says: " + frame[2:].decode())
        elif not in_force:  # of a session that is over
            continue
        elif kind == b"M":
            position, owed = struct.unpack(">Q", frame[1:9])[0], owed + 1
            print("received %d: %s" % (position, " ".join(part.decode() for part in payload)), flush=True)
        elif kind == b"L":
            first, position = struct.unpack(">QQ", frame[1:17])
            owed += 1
            gap(first, position)
        elif kind in b"EG":  # it knows of no session, stops, or finds us too slow
            if kind == b"G" and frame[1] == 1:
                latest = struct.unpack(">Q", frame[2:10])[0]
            subscribe()
        if in_force and owed >= CREDIT // 2:
            socket.send(b"C" + struct.pack(">I", owed))
            owed = 0
    if time.monotonic() - last_beat >= BEAT:
        last_beat = time.monotonic()
        if last_beat - heard > TIMEOUT:
            subscribe()
        elif in_force:
            socket.send(b"B")
