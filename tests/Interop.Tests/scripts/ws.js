// The document's programs on the libzmq of the npm package "zeromq", which has ws.
//
// usage: ws.js rep|req|pub|sub|push|pull bind|connect ENDPOINT
"use strict";
const zmq = require("zeromq");

const [role, how, endpoint] = process.argv.slice(2);
const types = { rep: zmq.Reply, req: zmq.Request, pub: zmq.Publisher, sub: zmq.Subscriber, push: zmq.Push, pull: zmq.Pull };
const socket = new types[role]({ linger: 5000 });
const say = (text) => console.log(text);

const programs = {
  async rep() {
    for await (const [request] of socket) {
      say(`Received: ${request}`);
      await socket.send("I am OK!");
    }
  },
  async req() {
    await socket.send("Are you OK?");
    const [reply] = await socket.receive();
    say(`response: ${reply}`);
  },
  async pub() {
    for (;;) {
      await socket.send("消息群发");
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  },
  async sub() {
    socket.subscribe("");
    for await (const [message] of socket) say(`received: ${message}`);
  },
  async push() {
    for (let number = 0; number < 1000; number++) await socket.send(`${number}`);
  },
  async pull() {
    for await (const [message] of socket) say(`received: ${message}`);
  },
};

(async () => {
  if (how === "bind") {
    await socket.bind(endpoint);
    say(`bound ${socket.lastEndpoint}`);
  } else {
    socket.connect(endpoint);
  }
  await programs[role]();
  socket.close();
})();
