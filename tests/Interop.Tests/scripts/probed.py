"""A socket of real libzmq for a probe to look at, which says what reaches its application:

    probed.py bind ENDPOINT TYPE null
    probed.py bind ENDPOINT TYPE curve PUBLIC_KEY SECRET_KEY any|CLIENT_KEY
    probed.py bind ENDPOINT TYPE plain NAME PASSWORD
    probed.py bind ENDPOINT TYPE address        refuses every address by ZAP

A line on its input: "send N" sends N numbered messages and says "sent N"; "seen" says how many messages came.
"""
import sys
import zmq
from zmq.auth.thread import ThreadAuthenticator
from peer import say

_, endpoint, kind, mechanism = sys.argv[1:5]
credentials = [text.encode() for text in sys.argv[5:]]
context = zmq.Context()


class Listed:
    def callback(self, domain, key):
        return key == credentials[2]


if mechanism != "null":
    authenticator = ThreadAuthenticator(context)
    authenticator.start()
    if mechanism == "plain":
        authenticator.configure_plain(domain="*", passwords={sys.argv[5]: sys.argv[6]})
    elif mechanism == "address":
        authenticator.deny("127.0.0.1")
    elif credentials[2] == b"any":
        authenticator.configure_curve(domain="*", location=zmq.auth.CURVE_ALLOW_ANY)
    else:
        authenticator.configure_curve_callback(domain="*", credentials_provider=Listed())

s = context.socket(getattr(zmq, kind.upper()))
s.linger = 0
if mechanism == "curve":
    s.curve_server = True
    s.curve_publickey, s.curve_secretkey = credentials[:2]
elif mechanism == "plain":
    s.plain_server = True
elif mechanism == "address":
    s.zap_domain = b"global"
if kind in ("router", "dealer", "req"):
    s.identity = b"the one"
if kind == "sub":
    s.subscribe(b"news")
s.bind(endpoint)
say("bound " + s.getsockopt(zmq.LAST_ENDPOINT).rstrip(b"\0").decode())

for line in sys.stdin:
    words = line.split()
    if words[0] == "send":
        for number in range(int(words[1])):
            s.send(b"%d" % number)
        say("sent %s" % words[1])
    else:
        count = 0
        while s.poll(0, zmq.POLLIN):
            s.recv_multipart()
            count += 1
        say("seen %d" % count)
