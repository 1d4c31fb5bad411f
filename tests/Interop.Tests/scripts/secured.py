"""A socket of real libzmq with a security mechanism:

    secured.py bind|connect ENDPOINT push|pull|req|rep|pub|sub MECHANISM [CREDENTIALS...]

    null
    curve-client SERVER_KEY PUBLIC_KEY SECRET_KEY
    curve-server PUBLIC_KEY SECRET_KEY any|CLIENT_KEY
    plain-client NAME PASSWORD
    plain-server NAME PASSWORD
"""
import sys
import zmq
from zmq.auth.thread import ThreadAuthenticator
from peer import say

how, endpoint, kind, mechanism = sys.argv[1:5]
credentials = [text.encode() for text in sys.argv[5:]]
context = zmq.Context()


class Listed:
    """Lets one key in."""

    def callback(self, domain, key):
        say("asked about " + key.decode())
        return key == credentials[2]


if mechanism.endswith("server"):
    authenticator = ThreadAuthenticator(context)
    authenticator.start()
    if mechanism == "plain-server":
        authenticator.configure_plain(domain="*", passwords={sys.argv[5]: sys.argv[6]})
    elif credentials[2] == b"any":
        authenticator.configure_curve(domain="*", location=zmq.auth.CURVE_ALLOW_ANY)
    else:
        authenticator.configure_curve_callback(domain="*", credentials_provider=Listed())

s = context.socket(getattr(zmq, kind.upper()))
if mechanism == "curve-client":
    s.curve_serverkey, s.curve_publickey, s.curve_secretkey = credentials
elif mechanism == "curve-server":
    s.curve_server = True
    s.curve_publickey, s.curve_secretkey = credentials[:2]
elif mechanism == "plain-client":
    s.plain_username, s.plain_password = credentials
elif mechanism == "plain-server":
    s.plain_server = True

if kind == "sub":
    s.subscribe(b"")
if how == "bind":
    s.bind(endpoint)
    say("bound " + s.getsockopt(zmq.LAST_ENDPOINT).rstrip(b"\0").decode())
else:
    s.connect(endpoint)

if kind == "push":
    for line in sys.stdin:
        s.send(line.strip().encode())
elif kind == "pub":
    number = 0
    while True:
        s.send(b"news %d" % number)
        number += 1
        s.poll(50)
elif kind == "req":
    for line in sys.stdin:
        s.send(line.strip().encode())
        say("reply " + s.recv().decode())
elif kind == "rep":
    while True:
        text = s.recv().decode()
        say("request " + text)
        s.send(("re " + text).encode())
else:
    while True:
        message = s.recv()
        say("received " + (message.decode() if len(message) < 100 else "%d bytes" % len(message)))
