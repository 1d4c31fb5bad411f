#region server
import zmq

server = zmq.Context().socket(zmq.REP)
server.bind("tcp://*:5555")
while True:
    request = server.recv_string()
    print(f"Received: {request}", flush=True)
    server.send_string("I am OK!")
#endregion
