#region client
import zmq

client = zmq.Context().socket(zmq.REQ)
client.connect("tcp://localhost:5555")
client.send_string("Are you OK?")
print(client.recv_string())
#endregion
