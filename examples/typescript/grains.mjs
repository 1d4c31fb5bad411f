// @ts-check
/**
 * Calls grains through a gateway (docs/protocols/grains.md, full form): a call is tried until its time is up, and done once.
 *
 *     node grains.mjs tcp://127.0.0.1:5560 counter alice Add 5
 *
 *     import { Grains } from "./grains.mjs";
 *     const grains = new Grains(["tcp://127.0.0.1:5560"]);                    // several gateways are tried in turn
 *     const sum = await grains.call("counter", "alice", "Add", [5]);         // calls may run side by side
 *
 * It runs without a build, and the types in its comments are checked by TypeScript: npx tsc -p .
 * It needs the npm package "zeromq" 6.
 */
import { randomBytes } from "node:crypto";
import { createRequire } from "node:module";
import { setTimeout as sleep } from "node:timers/promises";
import { argv } from "node:process";
import { pathToFileURL } from "node:url";

// As CommonJS, so that NODE_PATH leads to it as well as a node_modules folder.
/** @type {typeof import("zeromq")} */
const zmq = createRequire(import.meta.url)("zeromq");

const REFUSALS = /** @type {Record<number, string>} */ ({ 1: "overloaded", 2: "no-node", 3: "timeout", 4: "fenced" });

/** A call has failed; `code` is the word of the protocol. */
export class GrainError extends Error {
  /** @param {string} code @param {string} message */
  constructor(code, message) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

export class Grains {
  #client = randomBytes(16);
  #number = 0n;
  #next = 0;
  /** @type {Map<string, (frames: Buffer[]) => void>} */
  #waiting = new Map();
  /** @type {import("zeromq").Dealer | undefined} */
  #socket;
  /** @type {Promise<unknown>} */
  #sent = Promise.resolve();

  /**
   * @param {string[]} endpoints of gateways
   * @param {{ firstTry?: number, socket?: import("zeromq").SocketOptions<import("zeromq").Dealer> }} [options]
   *   milliseconds until the second try, and options of the socket, as curveServerKey
   */
  constructor(endpoints, { firstTry = 1000, socket = {} } = {}) {
    this.endpoints = endpoints;
    this.firstTry = firstTry;
    this.options = socket;
  }

  /**
   * Calls a method of a grain, and gives its result.
   * @param {string} kind @param {string} key @param {string} method
   * @param {unknown[]} [args]
   * @param {{ timeout?: number }} [options] milliseconds
   * @returns {Promise<any>}
   */
  async call(kind, key, method, args = [], { timeout = 30_000 } = {}) {
    const number = Buffer.alloc(8);
    number.writeBigUInt64BE(++this.#number);
    const id = Buffer.concat([this.#client, number]);
    const end = performance.now() + timeout;
    let error = new GrainError("timeout", `no gateway answered within ${timeout} ms`);
    for (let patience = this.firstTry; performance.now() < end; patience *= 2) {
      const left = end - performance.now();
      const frames = [Buffer.concat([Buffer.from("\0RQ\u0001"), id]), "", callFrame(kind, key, method, left), JSON.stringify(args)];
      const socket = this.#connected();
      const answer = await this.#try(socket, id.toString("hex"), frames, Math.min(patience, left));
      if (!answer) {
        // The connection or its gateway may be lost, so the next try gets another.
        if (socket === this.#socket) this.close();
        continue;
      }
      const [head, , first, ...rest] = answer;
      if (head[2] === 0x51 && first[0] === 0) return JSON.parse(rest[0].toString());
      if (head[2] === 0x51) throw new GrainError(rest[0].toString(), rest[1].toString());
      error = new GrainError(REFUSALS[first[0]] ?? "failed", rest[0].toString());
      if (first[0] === 1) throw error;
      await sleep(Math.min(patience / 10, Math.max(0, end - performance.now())));
    }
    throw error;
  }

  /** Ends the connection; calls that run begin their next try. */
  close() {
    this.#socket?.close();
    this.#socket = undefined;
  }

  #connected() {
    if (this.#socket) return this.#socket;
    const socket = new zmq.Dealer({ linger: 0, ...this.options });
    socket.connect(this.endpoints[this.#next++ % this.endpoints.length]);
    this.#socket = socket;
    void this.#receive(socket);
    return socket;
  }

  /** @param {import("zeromq").Dealer} socket */
  async #receive(socket) {
    try {
      for await (const frames of socket) this.#waiting.get(frames[0].toString("hex", 4))?.(frames);
    } catch {
      // It was closed, and each call has its own patience.
    }
  }

  /**
   * @param {import("zeromq").Dealer} socket @param {string} id @param {(Buffer | string)[]} frames @param {number} patience
   * @returns {Promise<Buffer[] | undefined>} undefined when no answer came
   */
  async #try(socket, id, frames, patience) {
    /** @type {NodeJS.Timeout | undefined} */
    let timer;
    try {
      return await new Promise((resolve) => {
        this.#waiting.set(id, resolve);
        timer = setTimeout(() => resolve(undefined), patience);
        // A socket of this package sends one message at a time.
        this.#sent = this.#sent.then(() => socket.send(frames)).catch(() => resolve(undefined));
      });
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(id);
    }
  }
}

/** @param {string} kind @param {string} key @param {string} method @param {number} left milliseconds */
function callFrame(kind, key, method, left) {
  const head = Buffer.alloc(8);
  head.write("GC");
  head[2] = 1;
  head.writeUInt32BE(Math.max(1, Math.floor(left)), 4);
  const keyLength = Buffer.alloc(4);
  keyLength.writeUInt32BE(Buffer.byteLength(key));
  const name = (/** @type {string} */ text) => Buffer.concat([Buffer.from([Buffer.byteLength(text)]), Buffer.from(text)]);
  return Buffer.concat([head, name(kind), keyLength, Buffer.from(key), name(method)]);
}

if (import.meta.url === pathToFileURL(argv[1] ?? "").href) {
  const grains = new Grains([argv[2]]);
  const result = await grains.call(argv[3], argv[4], argv[5], argv.slice(6).map((text) => JSON.parse(text)));
  console.log(JSON.stringify(result));
  grains.close();
}
