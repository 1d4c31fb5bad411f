"""The middle of an acknowledged pipeline (docs/protocols/pipeline.md): a task is acknowledged when its result was.

    worker.py SOURCE SINK
"""
import os
import struct
import sys
import time
import zmq

CREDIT, TIMEOUT, BEAT = 100, 5.0, 1.0
context = zmq.Context()


class Link:
    """A DEALER to one peer, and the session on it."""

    def __init__(self, endpoint, end):
        self.socket, self.end, self.open, self.heard = context.socket(zmq.DEALER), end, False, time.monotonic()
        self.socket.connect(endpoint)
        self.greet()

    def greet(self):
        self.open, self.number, self.heard = False, os.urandom(4), time.monotonic()
        self.socket.send(b"HPIPE\x01" + self.end + self.number + struct.pack(">I", int(BEAT * 1000)))

    def receive(self):
        """The frames of a command of the session; None for what concerns the session itself."""
        frames = self.socket.recv_multipart()
        kind, self.heard = frames[0][:1], time.monotonic()
        if kind == b"H" and frames[0][7:11] == self.number and not self.open:
            self.open = True
            return frames
        if kind in b"EG" and self.open:
            self.greet()
        return frames if self.open and kind not in b"HEGB" else None

    def beat(self):
        if time.monotonic() - self.heard > TIMEOUT:
            self.greet()
        elif self.open:
            self.socket.send(b"B")


def tasks(frame, *payload):
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


up, down = Link(sys.argv[1], b"R"), Link(sys.argv[2], b"S")
results, unsent, credit = {}, [], 0  # result id -> (task id, payload); the ids that wait for credit
poller, last_beat = zmq.Poller(), time.monotonic()
poller.register(up.socket, zmq.POLLIN)
poller.register(down.socket, zmq.POLLIN)


def settle(task):
    if up.open:
        up.socket.send(b"A" + bytes([len(task)]) + task)
        up.socket.send(b"R" + struct.pack(">I", 1))


while True:
    ready = dict(poller.poll(100))
    frames = up.receive() if up.socket in ready else None
    if frames and frames[0][:1] == b"H":
        up.socket.send(b"R" + struct.pack(">I", CREDIT))
    for task, payload in tasks(*frames) if frames else ():
        result = b"\0\0\0\0" + task  # the first and only result of the task
        if result not in results:
            results[result] = (task, payload)  # the work: the result is the payload as it is
            unsent.append(result)
        else:  # a repeat: the task will be acknowledged once, and this credit is not in use
            up.socket.send(b"R" + struct.pack(">I", 1))
    frames = down.receive() if down.socket in ready else None
    if frames and frames[0][:1] == b"H":
        credit, unsent = 0, list(results)  # a new session: whatever is not acknowledged goes out again
    elif frames and frames[0][:1] == b"R":
        credit += struct.unpack(">I", frames[0][1:5])[0]
    elif frames and frames[0][:1] == b"D":
        credit = 0
    elif frames and frames[0][:1] == b"A":
        at = 1
        while at < len(frames[0]):
            result, at = frames[0][at + 1:at + 1 + frames[0][at]], at + 1 + frames[0][at]
            if result in results:
                settle(results.pop(result)[0])
    elif frames and frames[0][:1] == b"N":
        unsent.append(frames[0][3:3 + frames[0][2]])
    while unsent and credit > 0 and down.open:
        result = unsent.pop(0)
        if result in results:
            credit -= 1
            down.socket.send_multipart([b"T" + struct.pack(">I", 1) + result, *results[result][1]])
    if time.monotonic() - last_beat >= BEAT:
        last_beat = time.monotonic()
        up.beat()
        down.beat()
