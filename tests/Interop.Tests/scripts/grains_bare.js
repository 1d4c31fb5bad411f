// A REQ of the npm package "zeromq" that calls a grain by hand: grains_bare.js ENDPOINT KIND KEY METHOD ARGUMENTS
const zmq = require("zeromq");

(async () => {
  const socket = new zmq.Request({ linger: 0 });
  socket.connect(process.argv[2]);
  await socket.send(process.argv.slice(3));
  const [first, ...rest] = await socket.receive();
  console.log(first.toString("hex"), rest.map((frame) => frame.toString()).join(" "));
  socket.close();
})();
