"""A ZeroMQ peer on libzmq that does what the lines of its standard input say, and answers each with a line.

usage: peer.py SOCKET-TYPE

Frames are hex, joined by commas; an empty frame is nothing between two commas, and a message of one empty frame is "-".
"""
import hashlib
import os
import select
import sys
import threading

import zmq


def decode(text):
    return [b""] if text == "-" else [bytes.fromhex(frame) for frame in text.split(",")]


def encode(frames):
    return ",".join(frame.hex() for frame in frames) or "-"


class ZapHandler(threading.Thread):
    """Lets in who has the credentials, and refuses all others; keeps the requests."""

    def __init__(self, context, credentials):
        super().__init__()
        self.credentials = credentials
        self.ending = False
        self.socket = context.socket(zmq.REP)
        self.socket.bind("inproc://zeromq.zap.01")

    def run(self):
        while not self.ending:
            if self.socket.poll(50):
                version, number, _, _, _, _, *credentials = self.socket.recv_multipart()
                code = b"200" if credentials == self.credentials else b"400"
                self.socket.send_multipart([version, number, code, b"", b"", b""])
        self.socket.close(0)


handlers = []


def run(socket, line):
    verb, _, rest = line.partition(" ")
    if verb == "bind":
        socket.bind(rest)
        return socket.getsockopt(zmq.LAST_ENDPOINT).rstrip(b"\0").decode()
    if verb == "connect":
        socket.connect(rest)
    elif verb == "set":
        name, _, text = rest.partition(" ")
        socket.setsockopt(getattr(zmq, name), decode(text)[0])
    elif verb == "set-number":
        name, _, text = rest.partition(" ")
        socket.setsockopt(getattr(zmq, name), int(text))
    elif verb == "zap":
        handlers.append(ZapHandler(socket.context, [] if rest == "nothing" else decode(rest)))
        handlers[-1].start()
    elif verb == "curve-keys":
        return "%s %s" % tuple(key.decode() for key in zmq.curve_keypair())
    elif verb == "set-text":
        name, _, text = rest.partition(" ")
        socket.setsockopt(getattr(zmq, name), text.encode())
    elif verb == "send":
        socket.send_multipart(decode(rest))
    elif verb == "recv":
        return encode(socket.recv_multipart()) if socket.poll(int(rest)) else "nothing"
    elif verb == "send-zeros":
        socket.send(bytes(int(rest)))
    elif verb == "recv-digest":
        message = socket.recv()
        return f"{len(message)} {hashlib.sha256(message).hexdigest()}"
    elif verb == "send-numbers":
        for number in range(int(rest)):
            socket.send(number.to_bytes(4, "big"))
    elif verb == "recv-numbers":
        for number in range(int(rest)):
            got = int.from_bytes(socket.recv(), "big")
            if got != number:
                return f"expected {number}, got {got}"
    elif verb == "echo":
        for _ in range(int(rest)):
            socket.send_multipart(socket.recv_multipart())
    else:
        return f"unknown verb {verb}"
    return "ok"


def lines(socket):
    """The lines of the standard input; meanwhile the socket goes on with its connections, which libzmq does in calls only."""
    rest = b""
    while True:
        while not select.select([sys.stdin], [], [], 0.02)[0]:
            socket.getsockopt(zmq.EVENTS)
        got = os.read(sys.stdin.fileno(), 65536)
        if not got:
            return
        *whole, rest = (rest + got).split(b"\n")
        for line in whole:
            yield line.decode()


def main():
    socket = zmq.Context().socket(getattr(zmq, sys.argv[1]))
    socket.setsockopt(zmq.LINGER, 0)
    for line in lines(socket):
        print(run(socket, line), flush=True)
    # What was sent leaves before this process does.
    socket.close(5000)
    for handler in handlers:
        handler.ending = True


main()
