"""A DEALER that sends an identified request behind a trace, well-formed and not, and compares the frames that come back."""
import os
import zmq
from peer import say, socket

s = socket(zmq.DEALER)
trace = bytes.fromhex("005443010af7651916cd43dd8448eb211c80319cb7ad6b716920333101")
client = os.urandom(16)
traces = {"whole": trace, "with a state": trace + b"congo=t61rcWkgMzE", "cut": trace[:20], "zeros": trace[:4] + bytes(25), "binary": trace + bytes(range(256))}
for number, (name, frame) in enumerate(traces.items(), 1):
    envelope = [frame, b"\0RQ\1" + client + number.to_bytes(8, "big"), b""]
    s.send_multipart(envelope + [b"Are you OK?"])
    reply = s.recv_multipart()
    say("%s: %s %s" % (name, "same" if reply[:3] == envelope else "DIFFERENT", reply[-1].decode()))
