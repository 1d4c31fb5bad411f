"""Calls grains through a gateway (docs/protocols/grains.md, full form): a call is tried until its time is up, and done once.

    grains.py tcp://127.0.0.1:5560 counter alice Add 5
    Grains("tcp://127.0.0.1:5560").call("counter", "alice", "Add", 5)     # several gateways are tried in turn
"""
import itertools
import json
import os
import struct
import sys
import time
import zmq


class GrainError(Exception):
    code = property(lambda self: self.args[0])
    __str__ = lambda self: "%s: %s" % self.args


class Grains:
    refusals = {1: "overloaded", 2: "no-node", 3: "timeout", 4: "fenced"}

    def __init__(self, *endpoints, first_try=1.0, **options):  # options of the socket, as curve_serverkey
        self.endpoints, self.first_try, self.options = itertools.cycle(endpoints), first_try, options
        self.client, self.numbers, self.socket = os.urandom(16), itertools.count(1), None

    def connect(self):  # a try without an answer may have lost its connection or its gateway, so the next gets another
        self.socket and self.socket.close(linger=0)
        self.socket = zmq.Context.instance().socket(zmq.DEALER)
        for option, value in self.options.items():
            setattr(self.socket, option, value)
        self.socket.connect(next(self.endpoints))

    def call(self, kind, key, method, *arguments, timeout=30.0):
        kind, key, method = (text.encode() for text in (kind, key, method))
        id, end, patience = self.client + struct.pack(">Q", next(self.numbers)), time.monotonic() + timeout, self.first_try
        error = GrainError("timeout", "no gateway answered within %g s" % timeout)
        while (left := end - time.monotonic()) > 0:
            self.socket or self.connect()
            names = struct.pack(">B%dsI" % len(kind), len(kind), kind, len(key)) + key + bytes([len(method)]) + method
            frame = struct.pack(">2sBBI", b"GC", 1, 0, max(1, int(left * 1000))) + names
            self.socket.send_multipart([b"\0RQ\1" + id, b"", frame, json.dumps(arguments).encode()])
            until, refused = min(end, time.monotonic() + patience), False
            while not refused and (wait := until - time.monotonic()) > 0 and self.socket.poll(max(1, wait * 1000)):
                got, _, first, *rest = self.socket.recv_multipart()
                if got == b"\0RQ\1" + id:
                    if first == b"\1":
                        raise GrainError(rest[0].decode(), rest[1].decode())
                    return json.loads(rest[0])
                refused = got == b"\0RX\1" + id  # anything else answers an earlier call
                error = GrainError(self.refusals.get(first[0], "failed"), rest[0].decode()) if refused else error
            if refused and error.code == "overloaded":
                raise error
            time.sleep(min(patience / 10, max(0, end - time.monotonic()))) if refused else self.connect()
            patience *= 2
        raise error


if __name__ == "__main__":
    print(json.dumps(Grains(sys.argv[1]).call(*sys.argv[2:5], *map(json.loads, sys.argv[5:]))))
