"""Certificates of pyzmq: 'write FOLDER' makes server.key_secret there, 'read FILE' prints the keys of a file."""
import sys
import zmq.auth
from peer import say

if sys.argv[1] == "write":
    public, secret = zmq.auth.create_certificates(sys.argv[2], "server", {"name": "theirs"})
    say("wrote " + zmq.auth.load_certificate(secret)[0].decode())
else:
    public, secret = zmq.auth.load_certificate(sys.argv[2])
    say("public %s secret %s" % (public.decode(), secret.decode()))
