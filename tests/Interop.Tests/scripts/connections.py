"""Sockets of one type that connect and say nothing: argv is connect, endpoint, type, how many, then routing id=..., curve. Each line of input opens or closes them."""
import sys
import zmq
import peer

context = zmq.Context()
context.set(zmq.MAX_SOCKETS, 4000)
kind, count = getattr(zmq, peer.arguments()[0]), int(peer.arguments()[1])
options = peer.arguments()[2:]


def connect():
    made = context.socket(kind)
    made.linger = 0
    if "curve" in options:
        server, _ = zmq.curve_keypair()
        made.curve_publickey, made.curve_secretkey = zmq.curve_keypair()
        made.curve_serverkey = server
    for option in options:
        if option.startswith("id="):
            made.identity = option[3:].encode()
    made.connect(sys.argv[2])
    return made


sockets = [connect() for _ in range(count)]
peer.say("connecting")
for line in sys.stdin:
    for each in sockets:
        each.close()
    peer.say("closed")
