"""A REP server of pyzmq with CURVE, which answers one question in upper case and ends.

    answer.py ENDPOINT SECRET-KEY
"""
import sys
import zmq

server = zmq.Context().socket(zmq.REP)
server.curve_server = True
server.curve_secretkey = sys.argv[2].encode()
server.bind(sys.argv[1])
if not server.poll(60_000):
    sys.exit("no question came within 60 s")
server.send_string(server.recv_string().upper())
server.close()
