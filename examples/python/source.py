"""The head of an acknowledged pipeline (docs/protocols/pipeline.md): binds, and hands out numbered tasks.

    source.py ENDPOINT COUNT [TEXT]
"""
import os
import struct
import sys
import time
import zmq

TIMEOUT, BEAT, DEADLINE = 5.0, 1.0, 60.0
endpoint, count = sys.argv[1], int(sys.argv[2])
text = sys.argv[3] if len(sys.argv) > 3 else "message"

socket = zmq.Context().socket(zmq.ROUTER)
socket.setsockopt(zmq.ROUTER_MANDATORY, 1)
socket.bind(endpoint)
print("bound " + socket.getsockopt(zmq.LAST_ENDPOINT).rstrip(b"\0").decode(), flush=True)
origin = os.urandom(8)
waiting = [(origin + struct.pack(">Q", n), 1, ("%s %d" % (text, n)).encode()) for n in reversed(range(count))]
peers = {}  # routing id -> [session number, credit, last heard, {id: (try, payload, sent)}]
acknowledged = redelivered = 0


def send(peer, *frames):
    try:
        socket.send_multipart([peer, *frames])
    except zmq.ZMQError:  # not connected any more
        leave(peer)


def leave(peer):
    for task, (tries, payload, _) in peers.pop(peer, [0, 0, 0, {}])[3].items():
        waiting.append((task, tries + 1, payload))


def on_command(peer, frame, now):
    global acknowledged
    kind, session = frame[:1], peers.get(peer)
    if session:
        session[2] = now
    if kind == b"H":
        if frame[5] != 1 or frame[6:7] != b"R":
            return send(peer, b"E\x01expected version 1 and a receiving end")
        number = frame[7:11]
        if not session or session[0] != number:
            leave(peer)
            peers[peer] = [number, 0, now, {}]
        send(peer, b"HPIPE\x01S" + number + struct.pack(">I", int(BEAT * 1000)))
    elif kind == b"A":
        at = 1
        while at < len(frame):
            task, at = frame[at + 1:at + 1 + frame[at]], at + 1 + frame[at]
            acknowledged += sum(known[3].pop(task, None) is not None for known in peers.values())
    elif kind == b"B" and not session:
        send(peer, b"E\x02say HELLO first")
    elif kind == b"R" and session:
        session[1] += struct.unpack(">I", frame[1:5])[0]
    elif kind == b"D" and session:
        session[1] = 0
    elif kind == b"N" and session and frame[3:3 + frame[2]] in session[3]:
        tries, payload, _ = session[3].pop(frame[3:3 + frame[2]])
        waiting.append((frame[3:3 + frame[2]], tries + (frame[1] != 2), payload))
    elif kind == b"G":
        leave(peer)


last_beat = time.monotonic()
while acknowledged < count:
    if socket.poll(100):
        message = socket.recv_multipart()
        on_command(message[0], message[1], time.monotonic())
    now = time.monotonic()
    if now - last_beat >= BEAT:
        last_beat = now
        for peer, (_, _, heard, tasks) in list(peers.items()):
            if now - heard > TIMEOUT or any(now - sent > DEADLINE for _, _, sent in tasks.values()):
                leave(peer)
            else:
                send(peer, b"B")
    for peer in list(peers):
        while waiting and peer in peers and peers[peer][1] > 0:
            task, tries, payload = waiting.pop()
            redelivered += tries > 1
            peers[peer][1] -= 1
            peers[peer][3][task] = (tries, payload, now)
            send(peer, b"T" + struct.pack(">I", tries) + task, payload)
print("accepted %d acknowledged %d redelivered %d" % (count, acknowledged, redelivered), flush=True)
