"""The document's worker: pulls from one endpoint and pushes to another (argv: pull endpoint, push endpoint)."""
import sys
import zmq

context = zmq.Context()
receive = context.socket(zmq.PULL)
receive.connect(sys.argv[1])
sender = context.socket(zmq.PUSH)
sender.connect(sys.argv[2])
while True:
    data = receive.recv()
    print("正在转发...", flush=True)
    sender.send(data)
