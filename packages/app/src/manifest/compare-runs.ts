import { entryOf } from "@insightgraph/engine/graph";
import type { RunManifest, RuntimeRecord } from "./manifest.ts";
import type { RunRecord } from "./run-record.ts";

/** Whether one output of a run is the same as before. */
export interface Comparison {
  /** Name of the output, or the files that hold it. */
  readonly name: string;
  /** Absent if the manifest does not record the content of the files. */
  readonly isSame?: boolean;
}

function isSameAt(
  record: RunRecord,
  { node, output, digest }: { node: string; output: string; digest: string },
): boolean {
  return entryOf(entryOf(record.nodes, node)?.outputs, output) === digest;
}

/** Ids of the nodes whose values a manifest records; for a node inside a subgraph, the outer one. */
export function rememberedNodes({ outputs, saved }: RunManifest): string[] {
  const places = [
    ...Object.values(outputs),
    ...saved.flatMap((entry) => Object.values(entry.inputs)),
  ];
  return [...new Set(places.map(({ node }) => node.split("/")[0] ?? ""))];
}

/** Compares a run with its manifest. */
export function compareRuns({ outputs, saved }: RunManifest, record: RunRecord): Comparison[] {
  return [
    ...Object.entries(outputs).map(([name, output]) => ({
      name,
      isSame: isSameAt(record, output),
    })),
    ...saved.map(({ paths, inputs }) => {
      const name = paths.join(", ");
      const known = Object.values(inputs);
      if (known.length === 0) return { name };
      return { name, isSame: known.every((input) => isSameAt(record, input)) };
    }),
  ];
}

/** Differences in runtime and files that may explain different outputs, one sentence each. */
export function differencesOf(
  before: Pick<RunManifest, "runtime" | "files">,
  runtime: RuntimeRecord,
  files: Readonly<Record<string, string>>,
): string[] {
  const names = Object.keys({ ...before.runtime, ...runtime }) as (keyof RuntimeRecord)[];
  const around = names
    .filter((name) => before.runtime[name] !== runtime[name])
    .map(
      (name) => `${name} was ${before.runtime[name] ?? "none"} and is ${runtime[name] ?? "none"}`,
    );
  const changed = Object.entries(before.files)
    .filter(([name, digest]) => files[name] !== digest)
    .map(([name]) => `the file at ${name} has changed`);
  return [...around, ...changed];
}
