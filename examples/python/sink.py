"""The end of an acknowledged pipeline (docs/protocols/pipeline.md): binds, prints each payload once, and acknowledges it.

    sink.py ENDPOINT [EVERY]        prints only each EVERYth payload
"""
import collections
import struct
import sys
import time
import zmq

CREDIT, TIMEOUT, BEAT, WINDOW = 256, 5.0, 1.0, 100000
every = int(sys.argv[2]) if len(sys.argv) > 2 else 1

socket = zmq.Context().socket(zmq.ROUTER)
socket.setsockopt(zmq.ROUTER_MANDATORY, 1)
socket.bind(sys.argv[1])
print("bound " + socket.getsockopt(zmq.LAST_ENDPOINT).rstrip(b"\0").decode(), flush=True)
peers = {}  # routing id -> [session number, last heard]
done = collections.OrderedDict()
received = repeats = 0


def send(peer, frame):
    try:
        socket.send_multipart([peer, frame])
    except zmq.ZMQError:  # not connected any more; what it sent comes again
        peers.pop(peer, None)


def tasks(frame, payload):
    """The tasks of a TASK, which has one, or of a TASKS, which has several: (id, frames)."""
    if frame[:1] == b"T":
        yield frame[5:], payload
    at = 1 if frame[:1] == b"M" else len(frame)
    while at < len(frame):
        task, at, frames = frame[at + 5:at + 5 + frame[at + 4]], at + 6 + frame[at + 4], []
        for _ in range(frame[at - 1]):
            size = struct.unpack_from(">I", frame, at)[0]
            frames.append(frame[at + 4:at + 4 + size])
            at += 4 + size
        yield task, frames


def on_task(task, payload):
    global received, repeats
    if task in done:
        repeats += 1
        return
    received += 1
    if received % every == 0:
        print("received %d repeats %d: %s" % (received, repeats, payload[0].decode()), flush=True)
    done[task] = True
    if len(done) > WINDOW:
        done.popitem(last=False)


last_beat = time.monotonic()
while True:
    if socket.poll(100):
        peer, frame, *payload = socket.recv_multipart()
        kind = frame[:1]
        if peer in peers:
            peers[peer][1] = time.monotonic()
        if kind == b"H":
            if frame[5] != 1 or frame[6:7] != b"S":
                send(peer, b"E\x01expected version 1 and a sending end")
                continue
            known = peer in peers and peers[peer][0] == frame[7:11]
            peers[peer] = [frame[7:11], time.monotonic()]
            send(peer, b"HPIPE\x01R" + frame[7:11] + struct.pack(">I", int(BEAT * 1000)))
            if not known:
                send(peer, b"R" + struct.pack(">I", CREDIT))
        elif kind == b"B" and peer not in peers:
            send(peer, b"E\x02say HELLO first")
        elif kind in b"TM" and peer in peers:
            worked = []
            for task, frames in tasks(frame, payload):
                on_task(task, frames)
                worked.append(bytes([len(task)]) + task)
            send(peer, b"A" + b"".join(worked))
            send(peer, b"R" + struct.pack(">I", len(worked)))
        elif kind == b"G":
            peers.pop(peer, None)
    if time.monotonic() - last_beat >= BEAT:
        last_beat = time.monotonic()
        for peer, (_, heard) in list(peers.items()):
            if last_beat - heard > TIMEOUT:
                del peers[peer]
            else:
                send(peer, b"B")
