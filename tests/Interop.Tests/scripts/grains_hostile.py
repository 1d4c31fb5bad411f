"""A hostile client of a gateway, on libzmq: grains_hostile.py ENDPOINT WHAT [NUMBER]. Says what came back."""
import random
import sys
import zmq
from peer import say

endpoint, what = sys.argv[1:3]
number = int(sys.argv[3]) if len(sys.argv) > 3 else 0
s = zmq.Context().socket(zmq.DEALER)
s.linger, s.sndhwm, s.rcvhwm = 0, 0, 0
s.connect(endpoint)


def receive(count):
    for _ in range(count):
        frames = s.recv_multipart()
        yield frames[frames.index(b"") + 1:]


if what == "large":
    s.send_multipart([b"", b"counter", b"large", b"Add", b"[" + b"1" * number + b"]"])
    print_it = next(receive(1))
    say("answer %s %s %s" % (print_it[0].hex(), print_it[1].decode(), print_it[2].decode()))
elif what == "flood":  # calls that do not end
    for call in range(number):
        s.send_multipart([call.to_bytes(4, "big"), b"", b"counter", b"flooded %d" % (call % 10), b"Wait", b"[]"])
    codes = {}
    for answer in receive(number - 1000):
        codes[answer[1]] = codes.get(answer[1], 0) + 1
    say("answers %s" % codes)
elif what == "noise":
    chance = random.Random(number)
    for _ in range(2000):
        s.send_multipart([chance.randbytes(chance.choice((0, 0, 1, 4, 28, 60))) for _ in range(chance.randint(1, 6))])
    s.send_multipart([b"last", b"", b"counter", b"noise", b"Get", b"[]"])
    while True:
        frames = s.recv_multipart()
        if frames[0] == b"last":
            say("last %s" % frames[3].decode())
            break
sys.stdin.read()
