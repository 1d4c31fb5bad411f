// Calls side by side by examples/typescript/grains.mjs: grains_full.mjs ENDPOINT COUNT [SERVER_KEY PUBLIC_KEY SECRET_KEY]
import { Grains } from "../examples/typescript/grains.mjs";

const [endpoint, count, curveServerKey, curvePublicKey, curveSecretKey] = process.argv.slice(2);
const grains = new Grains([endpoint], { socket: curveServerKey ? { curveServerKey, curvePublicKey, curveSecretKey } : {} });
const results = await Promise.all(Array.from({ length: Number(count) }, () => grains.call("counter", "from node", "Add", [1])));
console.log("sum", Math.max(...results), "of", new Set(results).size);
try {
  await grains.call("counter", "from node", "Fail", ["no more"]);
} catch (error) {
  console.log(`${error.code} | ${error.message}`);
}
grains.close();
