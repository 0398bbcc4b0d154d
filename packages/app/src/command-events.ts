import { toWireError, type WireError } from "@insightgraph/engine/errors";
import type { HostEvent } from "@insightgraph/engine/process";

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** One line of `--json`; docs/command.md describes each, and fields are only ever added. */
export type CommandEvent =
  | { readonly type: "run-started"; readonly nodes: number }
  | Without<HostEvent, "runId" | "preview" | "previews">
  | { readonly type: "output"; readonly name: string; readonly text: string }
  | { readonly type: "manifest-written"; readonly path: string }
  | { readonly type: "run-rejected"; readonly issues: readonly WireError[] };

/** What happened in an execution process, without what only editors look at. */
export function toCommandEvent(event: HostEvent): CommandEvent {
  const { runId: _, ...told } = event;
  if (told.type === "node-progressed") {
    const { preview: __, ...plain } = told;
    return plain;
  }
  if (told.type === "node-finished") {
    const { previews: __, ...plain } = told;
    return plain;
  }
  return told;
}

/** An event as one line. */
export function eventLine(event: CommandEvent): string {
  return `${JSON.stringify(event)}\n`;
}

/** Commands whose `--json` is lines of events. */
const TELLING: ReadonlySet<string> = new Set(["run", "edit"]);

/** What was thrown before a run began, as the one line that such a command then tells. */
export function rejectionLine(args: readonly string[], thrown: unknown): string {
  if (!TELLING.has(args[0] ?? "") || !args.includes("--json")) return "";
  return eventLine({ type: "run-rejected", issues: [toWireError(thrown)] });
}
