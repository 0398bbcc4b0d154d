import { writeSync } from "node:fs";
import { convertWeights } from "./convert-weights.ts";
import { openSafetensors } from "./open-safetensors.ts";

/** Converts a file, each tensor as a piece of its own, and prints a line before each; before piece `last` it stands still. */
const [file = "", folder = "", last] = process.argv.slice(2);
const steps = convertWeights(openSafetensors(file), { form: "float32", folder, pieceBytes: 1 });
for (let step = steps.next(); step.done !== true; step = steps.next()) {
  writeSync(1, `${step.value.done}\n`);
  if (`${step.value.done}` === last) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  }
}
writeSync(1, "all\n");
