import path from "node:path";
import { stderr, stdout } from "node:process";
import { EngineError } from "@insightgraph/engine/errors";
import { decodeText } from "@insightgraph/engine/graph";
import type { ExecutionHost } from "@insightgraph/engine/host";
import type { Device } from "@insightgraph/engine/node";
import { isPng, manifestKeyword, readPngText } from "@insightgraph/engine/png";
import { unpackReport } from "../ablation/packed-report.ts";
import { isAblationReport, originOf } from "../ablation/parse-report.ts";
import { replayAblation } from "../ablation/replay-ablation.ts";
import { parseCount } from "../dataset/dataset-options.ts";
import { toDatasetFault } from "../dataset/fault.ts";
import { replayDataset } from "../dataset/replay/replay-dataset.ts";
import { isDatasetManifest, readRunFile } from "../dataset/replay/run-file.ts";
import { deviceOf, deviceOptions, deviceUsage } from "../device-options.ts";
import { digestOfPlaces } from "../digest-of-places.ts";
import { startExecution } from "../execution.ts";
import { exitCodeOf, exitCodes } from "../exit-codes.ts";
import { readGiven } from "../load-graph.ts";
import { compareRuns, differencesOf, rememberedNodes } from "../manifest/compare-runs.ts";
import { withoutSaving } from "../manifest/graph-files.ts";
import { filesOf, runtimeOf } from "../manifest/make-manifest.ts";
import type { RunManifest } from "../manifest/manifest.ts";
import { createRunRecord } from "../manifest/run-record.ts";
import { onlyPositional, parseArguments } from "../parse-arguments.ts";
import { fromCaller } from "../places.ts";
import { createProgress } from "../progress.ts";
import { reportErrors, reportIssues } from "../report.ts";
import { untilInterrupt } from "../until-interrupt.ts";

/** What `insightgraph replay --help` prints. */
export const usage = `usage: insightgraph replay MANIFEST|PICTURE [--nodes PLACE]… [--json]

Runs the graph of a manifest again, without the cache and without writing files, and reports for each output
whether it is the same. The exit code is 0 if all outputs are the same, otherwise 1.
The table of an ablation (.json, .md, .tex or index.html) is a manifest too: every score is compared.
So is the dataset.json of a data set: items are drawn at random and made again, and their records compared.

  --sample N       of a data set: so many items (20)
${deviceUsage(19)}
  --nodes PLACE    load more nodes from a .ts or .js file or a folder; this runs their code
  --json           print the result as JSON
`;

async function readManifest(file: string): Promise<string> {
  const bytes = await readGiven(file, "a manifest");
  const text = await readPngText(bytes, manifestKeyword);
  if (text !== undefined) return text;
  if (!isPng(bytes)) return unpackReport(decodeText(bytes, file));
  throw new EngineError("file.no-graph", `"${file}" is a picture without a manifest`, {
    hint: "Give a PNG that InsightGraph saved, or a manifest.",
  });
}

interface Replay {
  readonly manifest: RunManifest;
  readonly folder: string;
  readonly nodePlaces: readonly string[];
  readonly isJson: boolean;
}

async function replay(
  host: ExecutionHost,
  { manifest, folder, nodePlaces, isJson }: Replay,
  signal: AbortSignal,
): Promise<number> {
  const facts = await host.facts();
  const graph = withoutSaving(manifest.graph, facts.catalogue);
  const record = createRunRecord(graph, facts.catalogue, folder);
  const show = isJson ? () => {} : createProgress(stderr);
  const outputs = rememberedNodes(manifest);
  // A run that stopped before any output has nothing to compare; all of it runs again.
  const request = outputs.length === 0 ? { graph } : { graph, outputs };
  const run = await host.run(request, (event) => {
    show(event);
    record.add(event);
  });
  if (run.issues !== undefined) {
    reportIssues(run.issues, nodePlaces.length > 0);
    return exitCodeOf(run.issues[0]?.code ?? "graph.shape");
  }
  if (signal.aborted) run.cancel();
  signal.addEventListener("abort", run.cancel);
  const ending = await run.ended;
  if (ending.type === "run-cancelled") return exitCodes.interrupted;
  if (ending.type === "run-failed") {
    reportErrors([ending.error]);
    return exitCodeOf(ending.error.code);
  }
  const files = await filesOf(graph, facts.catalogue, folder, record.nodes);
  const differences = differencesOf(
    manifest,
    await runtimeOf(facts, await digestOfPlaces(nodePlaces)),
    files,
  );
  const compared = compareRuns(manifest, record);
  if (isJson) stdout.write(`${JSON.stringify({ outputs: compared, differences }, null, 2)}\n`);
  else {
    for (const difference of differences) stderr.write(`note: ${difference}\n`);
    for (const { name, isSame } of compared) {
      const answer = isSame === undefined ? "not compared" : isSame ? "same" : "different";
      stdout.write(`${name}: ${answer}\n`);
    }
  }
  return compared.every(({ isSame }) => isSame !== false) ? exitCodes.done : exitCodes.failed;
}

/** How a file is run again. */
interface Reading {
  /** Where relative paths in its graph start. */
  readonly from: string;
  start(host: ExecutionHost, signal: AbortSignal): Promise<number>;
}

interface ReplayChoices {
  readonly folder: string;
  readonly sample: number;
  readonly nodePlaces: readonly string[];
  readonly device: Device;
  readonly isJson: boolean;
}

/** What a text is the manifest of. Throws: manifest.*. */
async function readChosen(text: string, choices: ReplayChoices): Promise<Reading> {
  const { folder, sample, nodePlaces, device, isJson } = choices;
  if (isDatasetManifest(text)) {
    const nodes = await digestOfPlaces(nodePlaces);
    return {
      from: (await readRunFile(folder)).folder,
      start: (host, signal) =>
        replayDataset(folder, { host, sample, nodes, isJson, signal }).catch((thrown: unknown) => {
          throw toDatasetFault(thrown);
        }),
    };
  }
  if (isAblationReport(text)) {
    return {
      from: originOf(text),
      start: (host, signal) => replayAblation(text, { host, device, isJson, signal }),
    };
  }
  const { parseManifest } = await import("../manifest/manifest.ts");
  const manifest = parseManifest(text);
  return {
    from: folder,
    start: (host, signal) => replay(host, { manifest, folder, nodePlaces, isJson }, signal),
  };
}

/** Runs `insightgraph replay`. @returns the exit code. Throws: command.usage, manifest.* and file.*. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, {
    sample: { type: "string", default: "20" },
    nodes: { type: "string", multiple: true, default: [] },
    json: { type: "boolean", default: false },
    ...deviceOptions,
  });
  const file = onlyPositional(positionals, "manifest", "replay MANIFEST.json");
  const nodePlaces = values.nodes.map(fromCaller);
  const device = deviceOf(values);
  const { from, start } = await readChosen(await readManifest(file), {
    ...{ folder: path.dirname(fromCaller(file)), nodePlaces, device, isJson: values.json },
    sample: parseCount("sample", values.sample),
  });
  const options = { isWithoutCache: true, isRecorded: false, nodePlaces, device };
  const host = startExecution({ ...options, folder: from });
  try {
    return await untilInterrupt("ending the run", (signal) => start(host, signal));
  } finally {
    await host.close();
  }
}
