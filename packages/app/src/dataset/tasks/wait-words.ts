import type { WaitReason } from "@insightgraph/engine/tasks";

/** Why no worker takes the tasks of a run, in words. */
export function waitWords(waits: WaitReason): string {
  switch (waits.reason) {
    case "no-worker":
      return "no worker is there; start one with `insightgraph worker`";
    case "version":
      return "the workers that are there speak another version; update them or this machine";
    case "nodes":
      return "no worker has the same --nodes; start workers with equal files";
    case "model":
      return `no worker has the model "${waits.model}"; add it there with \`insightgraph models add\``;
  }
}
