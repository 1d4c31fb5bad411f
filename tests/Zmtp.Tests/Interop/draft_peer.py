"""A ZeroMQ peer on the libzmq of the npm package "zeromq", called as it is, for the types that neither the package nor
pyzmq gives out; it does what the lines of its standard input say, and answers each with a line.

usage: draft_peer.py PEER|CHANNEL

A message is hex, "-" when it is empty; that of a PEER stands behind the routing id of the other end, as a number.
"""
import ctypes
import os
import re
import subprocess
import sys
import tempfile

TYPES = {"PEER": 19, "CHANNEL": 20}
LINGER, RCVTIMEO, LAST_ENDPOINT = 17, 27, 32
EAGAIN = 11


def load():
    """The library is inside an addon of Node.js, which loads into this process when what it asks of Node.js is there."""
    script = "require('zeromq'); console.log(Object.keys(require.cache).find((file) => file.endsWith('.node')))"
    addon = subprocess.run(["node", "-e", script], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
    symbols = os.path.join(os.path.dirname(os.path.abspath(__file__)), "node_symbols.so")
    if not os.path.exists(symbols):
        undefined = subprocess.run(["nm", "-D", "-u", addon], check=True, stdout=subprocess.PIPE, text=True).stdout
        source = "".join(f"void {name}(void) {{}}\n" for name in sorted(set(re.findall(r"\b(?:napi|node|uv)_\w+", undefined))))
        with tempfile.TemporaryDirectory(dir=os.path.dirname(symbols)) as folder:
            built = os.path.join(folder, "symbols.so")
            subprocess.run(["gcc", "-shared", "-fPIC", "-x", "c", "-o", built, "-"], check=True, input=source, text=True)
            os.replace(built, symbols)
    ctypes.CDLL(symbols, mode=ctypes.RTLD_GLOBAL)
    return ctypes.CDLL(addon)


zmq = load()
zmq.zmq_ctx_new.restype = zmq.zmq_socket.restype = zmq.zmq_msg_data.restype = ctypes.c_void_p
zmq.zmq_msg_size.restype = ctypes.c_size_t
zmq.zmq_connect_peer.restype = zmq.zmq_msg_routing_id.restype = ctypes.c_uint32
zmq.zmq_strerror.restype = ctypes.c_char_p


def check(result):
    if result == -1:
        raise OSError(zmq.zmq_errno(), zmq.zmq_strerror(zmq.zmq_errno()).decode())
    return result


class Message:
    """A zmq_msg_t."""

    def __init__(self, data=b""):
        self.octets = (ctypes.c_uint64 * 8)()
        check(zmq.zmq_msg_init_size(self.octets, ctypes.c_size_t(len(data))))
        ctypes.memmove(ctypes.c_void_p(zmq.zmq_msg_data(self.octets)), data, len(data))

    def data(self):
        return ctypes.string_at(ctypes.c_void_p(zmq.zmq_msg_data(self.octets)), zmq.zmq_msg_size(self.octets))


class Peer:
    def __init__(self, name):
        self.has_ids = name == "PEER"
        self.socket = ctypes.c_void_p(zmq.zmq_socket(ctypes.c_void_p(zmq.zmq_ctx_new()), TYPES[name]))
        self.set(LINGER, 0)

    def set(self, option, number):
        value = ctypes.c_int(number)
        check(zmq.zmq_setsockopt(self.socket, option, ctypes.byref(value), ctypes.c_size_t(ctypes.sizeof(value))))

    def endpoint(self):
        text, size = ctypes.create_string_buffer(256), ctypes.c_size_t(256)
        check(zmq.zmq_getsockopt(self.socket, LAST_ENDPOINT, text, ctypes.byref(size)))
        return text.value.decode()

    def send(self, text, routing_id=None):
        message = Message(b"" if text == "-" else bytes.fromhex(text))
        if routing_id is not None:
            check(zmq.zmq_msg_set_routing_id(message.octets, ctypes.c_uint32(routing_id)))
        check(zmq.zmq_msg_send(message.octets, self.socket, 0))

    def receive(self, milliseconds):
        self.set(RCVTIMEO, milliseconds)
        message = Message()
        if zmq.zmq_msg_recv(message.octets, self.socket, 0) == -1 and zmq.zmq_errno() == EAGAIN:
            return "nothing"
        text = message.data().hex() or "-"
        return f"{zmq.zmq_msg_routing_id(message.octets)} {text}" if self.has_ids else text

    def run(self, line):
        verb, *words = line.split(" ")
        if verb == "bind":
            check(zmq.zmq_bind(self.socket, words[0].encode()))
            return self.endpoint()
        if verb == "connect":
            check(zmq.zmq_connect(self.socket, words[0].encode()))
        elif verb == "connect-peer":
            return str(zmq.zmq_connect_peer(self.socket, words[0].encode()))
        elif verb == "send":
            self.send(words[0])
        elif verb == "send-to-id":
            self.send(words[1], int(words[0]))
        elif verb == "recv":
            return self.receive(int(words[0]))
        else:
            return f"unknown verb {verb}"
        return "ok"


def main():
    peer = Peer(sys.argv[1])
    for line in sys.stdin:
        print(peer.run(line.rstrip("\n")), flush=True)


main()
