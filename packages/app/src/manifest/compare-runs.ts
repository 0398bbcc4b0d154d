import { entryOf } from "@insightgraph/engine/graph";
import type { RunManifest, RuntimeRecord } from "./manifest.ts";
import type { RunRecord } from "./run-record.ts";

/** Whether one output of a run came out as it did before. */
export interface Comparison {
  /** The output's name, or the files that it was written to. */
  readonly name: string;
  /** Absent where the manifest does not tell what went into the files. */
  readonly isSame?: boolean;
}

function isSameAt(
  record: RunRecord,
  { node, output, digest }: { node: string; output: string; digest: string },
): boolean {
  return entryOf(entryOf(record.nodes, node)?.outputs, output) === digest;
}

/** Ids of the nodes whose values a manifest remembers; of one inside another, the outer one. */
export function rememberedNodes({ outputs, saved }: RunManifest): string[] {
  const places = [
    ...Object.values(outputs),
    ...saved.flatMap((entry) => Object.values(entry.inputs)),
  ];
  return [...new Set(places.map(({ node }) => node.split("/")[0] ?? ""))];
}

/** Compares what a run gave with what its manifest remembers. */
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

/** What differs around two runs, a sentence each: why their outputs may. */
export function differencesOf(
  before: RunManifest,
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
