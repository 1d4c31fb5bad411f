// A ZeroMQ peer on the libzmq of the npm package "zeromq" that does what the lines of its standard input say, and answers
// each with a line.
//
// usage: peer.js SOCKET-TYPE
//
// Frames are hex, joined by commas; an empty frame is nothing between two commas, and a message of one empty frame is "-".
"use strict";
process.removeAllListeners("warning");
const readline = require("readline");
const zmq = require("zeromq");
const draft = require("zeromq/draft");

const types = {
  PAIR: zmq.Pair, PUB: zmq.Publisher, SUB: zmq.Subscriber, REQ: zmq.Request, REP: zmq.Reply, DEALER: zmq.Dealer,
  ROUTER: zmq.Router, PULL: zmq.Pull, PUSH: zmq.Push, XPUB: zmq.XPublisher, XSUB: zmq.XSubscriber, STREAM: zmq.Stream,
  SERVER: draft.Server, CLIENT: draft.Client, RADIO: draft.Radio, DISH: draft.Dish, GATHER: draft.Gather, SCATTER: draft.Scatter,
};
const isDraft = ["SERVER", "CLIENT", "RADIO", "DISH", "GATHER", "SCATTER"].includes(process.argv[2]);
const socket = new types[process.argv[2]]({ linger: 0 });

const decode = (text) => (text === "-" ? [Buffer.alloc(0)] : text.split(",").map((frame) => Buffer.from(frame, "hex")));
const encode = (frames) => frames.map((frame) => frame.toString("hex")).join(",") || "-";

async function receive(milliseconds) {
  socket.receiveTimeout = milliseconds;
  try {
    return await socket.receive();
  } catch (error) {
    if (error.code === "EAGAIN") return null;
    throw error;
  }
}

// A message of a draft type has one frame, and where it has an address that stands before it: "number frame" or "group frame".
function describe(message) {
  if (message === null) return "nothing";
  if (!isDraft) return encode(message);
  const [frame, address = {}] = message;
  const where = address.routingId ?? address.group?.toString();
  return (where === undefined ? "" : `${where} `) + encode([frame]);
}

let handler;

// Lets in who has the credentials, in hex joined by commas, and refuses all others.
async function letIn(credentials) {
  handler = new zmq.Reply({ linger: 0 });
  await handler.bind("inproc://zeromq.zap.01");
  (async () => {
    for await (const [version, id, , , , , ...given] of handler) {
      await handler.send([version, id, encode(given) === credentials ? "200" : "400", "", "", ""]);
    }
  })();
}

async function run(line) {
  const [verb, ...words] = line.split(" ");
  const rest = words.join(" ");
  switch (verb) {
    case "bind":
      await socket.bind(rest);
      return socket.lastEndpoint;
    case "connect":
      socket.connect(rest);
      break;
    case "option":
      socket[words[0]] = JSON.parse(words.slice(1).join(" "));
      break;
    case "zap":
      await letIn(rest);
      break;
    case "curve-keys": {
      const { publicKey, secretKey } = zmq.curveKeyPair();
      return `${publicKey} ${secretKey}`;
    }
    case "subscribe":
      if (socket.subscribe) socket.subscribe(decode(rest)[0]);
      else await socket.send(Buffer.concat([Buffer.from([1]), decode(rest)[0]]));
      break;
    case "join":
      types.DISH.prototype.__proto__.join.call(socket, rest);
      break;
    case "leave":
      types.DISH.prototype.__proto__.leave.call(socket, rest);
      break;
    case "send":
      await socket.send(isDraft ? decode(rest)[0] : decode(rest));
      break;
    case "send-to-group":
      await socket.send(decode(words[1])[0], { group: words[0] });
      break;
    case "send-to-id":
      await socket.send(decode(words[1])[0], { routingId: Number(words[0]) });
      break;
    case "recv":
      return describe(await receive(Number(rest)));
    case "send-numbers":
      for (let number = 0; number < Number(rest); number++) {
        const frame = Buffer.alloc(4);
        frame.writeUInt32BE(number);
        await socket.send(frame);
      }
      break;
    case "recv-numbers":
      for (let number = 0; number < Number(rest); number++) {
        const got = (await receive(20000))?.[0].readUInt32BE();
        if (got !== number) return `expected ${number}, got ${got}`;
      }
      break;
    default:
      return `unknown verb ${verb}`;
  }
  return "ok";
}

(async () => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    console.log(await run(line));
  }
  socket.linger = 5000;
  socket.close();
  handler?.close();
})();
