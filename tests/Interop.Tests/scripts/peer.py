"""What the peer programs share: the endpoint of the command line, and output that the tests read."""
import sys
import zmq


def socket(kind):
    """A socket as argv says: 'bind' or 'connect', then the endpoint. A bound one prints its endpoint."""
    made = zmq.Context().socket(kind)
    if sys.argv[1] == "bind":
        made.bind(sys.argv[2])
        say("bound " + made.getsockopt(zmq.LAST_ENDPOINT).rstrip(b"\0").decode())
    else:
        made.connect(sys.argv[2])
    return made


def arguments():
    return sys.argv[3:]


def say(line):
    print(line, flush=True)
