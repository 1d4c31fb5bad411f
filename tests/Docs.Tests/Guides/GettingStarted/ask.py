#region ask
import zmq

prices = zmq.Context().socket(zmq.REQ)
prices.connect("tcp://localhost:5555")
prices.send_string("apples")
print(prices.recv_string())
#endregion
