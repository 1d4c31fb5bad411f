"""A local program that harms a control socket as it can: argv has the socket. Prints "done" and stays."""
import os
import socket
import sys
import time
import zmq
from peer import say

path = sys.argv[1]
for bytes_ in (b"GET / HTTP/1.1\r\n\r\n", os.urandom(4096), b"\xff" + bytes(8) + b"\x7f" + b"\x03" * 60, b""):
    raw = socket.socket(socket.AF_UNIX)
    raw.connect(path)
    raw.send(bytes_)
    raw.close()
silent = socket.socket(socket.AF_UNIX)  # never says anything
silent.connect(path)

context = zmq.Context()
endless = context.socket(zmq.DEALER)
endless.linger = 0
endless.rcvhwm = 1
endless.connect("ipc://" + path)
large = context.socket(zmq.DEALER)
large.linger = 0
large.connect("ipc://" + path)
large.send_multipart([b"", bytes(50_000_000)])
wrong = [context.socket(kind) for kind in (zmq.SUB, zmq.PULL, zmq.PUB, zmq.PAIR)]
for each in wrong:
    each.linger = 0
    each.connect("ipc://" + path)
for _ in range(20_000):
    try:
        endless.send_multipart([b"", b'{"version":1,"verb":"status"}'], zmq.DONTWAIT)
        endless.send_multipart([b"x", b"y", b"z"], zmq.DONTWAIT)
    except zmq.Again:
        break
say("done")
time.sleep(600)
