import { toWireError, type WireError } from "@insightgraph/engine/errors";
import type { RunEvent } from "@insightgraph/engine/protocol";

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** One line of `--json`, described in docs/command.md. Fields are added, never changed or removed. */
export type CommandEvent =
  | { readonly type: "run-started"; readonly nodes: number }
  | Without<RunEvent, "preview" | "previews">
  | { readonly type: "output"; readonly name: string; readonly text: string }
  | { readonly type: "run-rejected"; readonly issues: readonly WireError[] };

/** An event without previews, which only the page shows. */
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

/** An event as a line of JSON. */
export function eventLine(event: CommandEvent): string {
  return `${JSON.stringify(event)}\n`;
}

/** Commands whose `--json` prints events. */
const eventCommands: ReadonlySet<string> = new Set(["run", "edit"]);

/** The line that such a command prints if it fails before the run starts; "" for other commands. */
export function rejectionLine(args: readonly string[], thrown: unknown): string {
  if (!eventCommands.has(args[0] ?? "") || !args.includes("--json")) return "";
  return eventLine({ type: "run-rejected", issues: [toWireError(thrown)] });
}
