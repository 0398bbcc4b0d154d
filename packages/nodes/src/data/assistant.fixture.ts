import type { Detection } from "@insightgraph/editing/architectures";
import type { Assistant } from "@insightgraph/editing/assistants";
import type { RunContext } from "@insightgraph/engine/node";
import { flat } from "../plain-run.fixture.ts";

export const picture = flat(40, 30, 90, 90, 90);

export const cup: Detection = {
  label: "cup",
  score: 0.9,
  box: { left: 5, top: 5, right: 15, bottom: 15 },
};

/** An assistant that is only named. */
export const mute: Assistant = { name: "mute" };

/** What runs log. */
export function logging(context: RunContext): { context: RunContext; logged: string[] } {
  const logged: string[] = [];
  return { context: { ...context, log: (text) => logged.push(text) }, logged };
}
