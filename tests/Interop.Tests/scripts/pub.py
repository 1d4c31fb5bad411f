"""The document's publisher, with a second topic; the interval is short so that tests are quick."""
import time
import zmq
from peer import arguments, say, socket

s = socket(zmq.PUB)
topics = arguments() or ["消息群发"]
while True:
    for topic in topics:
        s.send(topic.encode("utf-8"))
    time.sleep(0.05)
