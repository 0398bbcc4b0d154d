import { toWireError, type WireError } from "@insightgraph/engine/errors";
import type { RunEvent } from "@insightgraph/engine/protocol";

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** One line of `--json`; docs/command.md describes each, and fields are only ever added. */
export type CommandEvent =
  | { readonly type: "run-started"; readonly nodes: number }
  | Without<RunEvent, "preview" | "previews">
  | { readonly type: "output"; readonly name: string; readonly text: string }
  | { readonly type: "manifest-written"; readonly path: string }
  | { readonly type: "run-rejected"; readonly issues: readonly WireError[] };

/** An event without its previews, which only the page shows. */
export function toCommandEvent(event: RunEvent): CommandEvent {
  if (event.type === "node-progressed") {
    const { preview: _, ...plain } = event;
    return plain;
  }
  if (event.type === "node-finished") {
    const { previews: _, ...plain } = event;
    return plain;
  }
  return event;
}

/** An event as one line. */
export function eventLine(event: CommandEvent): string {
  return `${JSON.stringify(event)}\n`;
}

/** Commands whose `--json` writes lines of events. */
const eventCommands: ReadonlySet<string> = new Set(["run", "edit"]);

/** The only line that such a command writes if it fails before a run begins. */
export function rejectionLine(args: readonly string[], thrown: unknown): string {
  if (!eventCommands.has(args[0] ?? "") || !args.includes("--json")) return "";
  return eventLine({ type: "run-rejected", issues: [toWireError(thrown)] });
}
