import { graphAt, type Level } from "../document/levels.ts";
import type { RunRecord, Runs } from "./run-state.ts";

const seen = new WeakMap<RunRecord, Map<string, RunRecord>>();

/** Runs as a level of the document sees them: what happened to its own nodes, by their own ids. */
export function runsAt(runs: Runs, level: Level): Runs {
  return level.length === 0 ? runs : runs.map((run) => runAt(run, level));
}

/** Nothing of a run changes in place, so each is read once for a level. */
function runAt(run: RunRecord, level: Level): RunRecord {
  const prefix = `${level.join("/")}/`;
  const known = seen.get(run) ?? new Map<string, RunRecord>();
  seen.set(run, known);
  const at = known.get(prefix) ?? {
    ...run,
    graph: graphAt(run.graph, level),
    nodes: inner(run.nodes, prefix),
    logs: inner(run.logs, prefix),
    saved: inner(run.saved, prefix),
  };
  known.set(prefix, at);
  return at;
}

function inner<Value>(
  table: Readonly<Record<string, Value>>,
  prefix: string,
): Readonly<Record<string, Value>> {
  const own = Object.entries(table).flatMap(([id, value]) =>
    id.startsWith(prefix) ? [[id.slice(prefix.length), value] as const] : [],
  );
  return Object.fromEntries(own);
}
