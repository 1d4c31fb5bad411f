"""The document's push end: sends the first argument as often as the second says, numbered; then it waits for its end."""
import zmq
from peer import arguments, say, socket

s = socket(zmq.PUSH)
text, count = arguments()[0], int(arguments()[1])
for number in range(count):
    s.send(("%s %d" % (text, number)).encode("utf-8"))
    if count <= 10:
        say("已发送")
say("sent %d" % count)
input()
