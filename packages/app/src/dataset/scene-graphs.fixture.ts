/** A graph that composes the scene of a seed, and grows its mask. */
export function sceneGraph(): object {
  return {
    format: "insightgraph",
    version: 1,
    nodes: {
      scene: { type: "data.compose-scene", version: 1 },
      grown: {
        type: "mask.dilate",
        version: 1,
        params: { radius: 2 },
        inputs: { mask: { node: "scene", output: "mask" } },
      },
    },
    inputs: { seed: { node: "scene", param: "seed" } },
    outputs: {
      source: { node: "scene", output: "source" },
      target: { node: "scene", output: "target" },
      mask: { node: "grown", output: "mask" },
      instruction: { node: "scene", output: "instruction" },
    },
  };
}

/**
 * The module of a node, `my.step`, that says of a number how it is: it leaves a line in a file each time it runs to its
 * end, fails for numbers that the file `fails` names, and does not keep odd ones. It lists as many texts as its last digit says.
 */
export function stepNode(log: string, fails: string, delayMs: number): string {
  return `import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { defineNode, listOf, param } from "@insightgraph/engine/node";
import { boolean, number, text } from "@insightgraph/nodes/ports";
export const step = defineNode({ type: "my.step", version: 1, title: "T", doc: "D.", inputs: {},
  params: { seed: param.seed({ default: 0, doc: "D." }) },
  outputs: { text: text("T."), number: number("T."), keep: boolean("T."), reason: text("T."), texts: listOf(text)("T.") },
  async run(_inputs, { seed }) {
    await new Promise((resolve) => setTimeout(resolve, ${delayMs}));
    const failing = existsSync(${JSON.stringify(fails)}) ? readFileSync(${JSON.stringify(fails)}, "utf8") : "";
    if (failing.split(",").includes(String(seed))) throw new RangeError("no luck with " + seed);
    appendFileSync(${JSON.stringify(log)}, seed + "\\n");
    return { text: "number " + seed, number: seed / 2, keep: seed % 2 === 0, reason: seed + " is odd",
      texts: Array.from({ length: seed % 10 }, (_, at) => seed + "." + at) };
  } });
`;
}

/** A graph of one \`my.step\`. @param outputs Which of its outputs have names. */
export function stepGraph(...outputs: readonly string[]): object {
  const named = outputs.map((output) => [output, { node: "step", output }]);
  return {
    format: "insightgraph",
    version: 1,
    nodes: { step: { type: "my.step", version: 1 } },
    inputs: { seed: { node: "step", param: "seed" } },
    outputs: Object.fromEntries(named),
  };
}
