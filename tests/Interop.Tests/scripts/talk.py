"""A peer of any type: sends the lines of its input, prints what it receives. '|' stands between frames.

Arguments behind the endpoint: the type, then OPTION=VALUE: id, subscribe, hwm. Octets that are not printable stand as \\xNN.
"""
import sys
import threading
import zmq
from peer import arguments, say


def read(text):
    return text.encode("utf-8").decode("unicode_escape").encode("latin-1")


def shown(frame):
    return "".join(chr(b) if 32 <= b < 127 else "\\x%02x" % b for b in frame)


kind, options = arguments()[0], dict(option.split("=", 1) for option in arguments()[1:])
context = zmq.Context()
s = context.socket(getattr(zmq, kind))
s.linger = 1000
if "id" in options:
    s.setsockopt(zmq.IDENTITY, read(options["id"]))
if "hwm" in options:
    s.set_hwm(int(options["hwm"]))
if kind == "SUB":
    s.setsockopt(zmq.SUBSCRIBE, read(options.get("subscribe", "")))
if sys.argv[1] == "bind":
    s.bind(sys.argv[2])
    say("bound " + s.getsockopt(zmq.LAST_ENDPOINT).rstrip(b"\0").decode())
else:
    s.connect(sys.argv[2])

# Input goes through a socket of its own, because a ZeroMQ socket belongs to one thread.
lines = context.socket(zmq.PAIR)
lines.bind("inproc://lines")


def feed():
    to = context.socket(zmq.PAIR)
    to.connect("inproc://lines")
    for line in sys.stdin:
        to.send(line.rstrip("\n").encode("utf-8"))


threading.Thread(target=feed, daemon=True).start()
poller = zmq.Poller()
poller.register(lines, zmq.POLLIN)
if kind not in ("PUSH", "PUB"):
    poller.register(s, zmq.POLLIN)
while True:
    ready = dict(poller.poll())
    if lines in ready:
        s.send_multipart([read(frame) for frame in lines.recv().decode("utf-8").split("|")])
    if s in ready:
        say("got " + "|".join(shown(frame) for frame in s.recv_multipart()))
