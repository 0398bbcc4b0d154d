import { mkdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { EngineError, toWireError } from "@insightgraph/engine/errors";
import {
  baselineOf,
  countCells,
  expandAxes,
  type GraphDocument,
  type Issue,
  validateAblation,
  validateGraph,
} from "@insightgraph/engine/graph";
import type { ExecutionHost } from "@insightgraph/engine/host";
import type { Device } from "@insightgraph/engine/node";
import type {
  AblationRequest,
  AblationSummary,
  Ablations,
  AblationTable,
} from "@insightgraph/engine/server";
import { fileNameOf } from "../../output-writers.ts";
import { type ScoredItems, variantScores, withBaseline } from "../ablation-report.ts";
import { heldOutSource } from "../open-items.ts";
import { parseReport } from "../parse-report.ts";
import { mostUnasked } from "../plan-cells.ts";
import { reportFiles } from "../write-report.ts";
import { createSummarizer } from "./create-summarizer.ts";
import { type KeptAblation, listKept, readKept, summaryOf, writeKept } from "./kept-ablation.ts";
import { readPicture } from "./read-picture.ts";
import { runKept } from "./run-kept.ts";
import { keepVote, nextTrials, preferencesOf } from "./served-votes.ts";
import { itemsOf, placeOf, toWireCell } from "./to-wire.ts";

/** What ablations run on, and where they are kept. */
export interface ServedAblationsOptions {
  /** A folder for each ablation. */
  readonly folder: string;
  /** Where relative paths of graphs and sources start. */
  readonly workDir: string;
  readonly device: Device;
  /** Node types that graphs may use. */
  readonly facts: ExecutionHost["facts"];
  /** An execution process of its own, so that ablations and jobs do not end each other. */
  startHost(): ExecutionHost;
  /** Throws: where a data set lies out of reach. */
  mayRead(place: string): Promise<void>;
  log(text: string): void;
}

/** The one that runs, with what it has so far. */
interface Running {
  readonly id: string;
  readonly abort: AbortController;
  scored: ScoredItems | undefined;
}

/** The ablations of a server, which can be closed: what runs then goes on when they are opened again. */
export interface ServedAblations extends Ablations {
  close(): Promise<void>;
}

function namesOf({ ablation }: GraphDocument): readonly string[] {
  if (ablation === undefined) return [];
  const cells = expandAxes(ablation);
  const baseline = baselineOf(ablation, cells);
  return [baseline, ...cells.filter((cell) => cell !== baseline)].map(({ name }) => name);
}

function issuesOf(
  graph: GraphDocument,
  catalogue: Parameters<typeof validateGraph>[1],
): readonly Issue[] {
  if (graph.ablation !== undefined) {
    return [...validateGraph(graph, catalogue), ...validateAblation(graph, catalogue)];
  }
  const hint = "Add a variant to one of its nodes.";
  return [{ code: "graph.ablation", what: "the graph has no variants", hint }];
}

/** Throws: `ablation.large` for very many runs that nobody confirmed. */
function requireConfirmed(graph: GraphDocument, count: number, isConfirmed: boolean): void {
  const cells = graph.ablation === undefined ? 0 : countCells(graph.ablation);
  if (isConfirmed || cells * count <= mostUnasked) return;
  throw new EngineError(
    "ablation.large",
    `${cells} cells on ${count} items are ${cells * count} runs`,
    { hint: 'Lower "count", or set "isConfirmed" if you mean it.' },
  );
}

const mimes: Readonly<Record<string, string>> = {
  ".csv": "text/csv; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".md": "text/markdown; charset=utf-8",
  ".parquet": "application/vnd.apache.parquet",
  ".tex": "application/x-tex; charset=utf-8",
};

/** Opens the ablations of a folder: those that were queued or running when the last server ended go on. */
export async function openAblations(options: ServedAblationsOptions): Promise<ServedAblations> {
  const { folder, workDir, device, facts, startHost, mayRead, log } = options;
  const summarizer = createSummarizer();
  const queue: string[] = [];
  let running: Running | undefined;
  let working: Promise<void> | undefined;
  let isClosed = false;

  const change = async (id: string, changed: Partial<KeptAblation>): Promise<void> => {
    await writeKept(folder, id, { ...(await readKept(folder, id)), ...changed });
  };
  /** Counts of the live one; those that are over keep theirs. */
  const summarize = (id: string, kept: KeptAblation): AblationSummary => {
    const summary = summaryOf(id, kept);
    const scored = running?.id === id ? running.scored : undefined;
    return scored === undefined ? summary : { ...summary, ...countsOf(scored) };
  };
  const run = async (id: string): Promise<void> => {
    const current: Running = { id, abort: new AbortController(), scored: undefined };
    running = current;
    await change(id, { state: "running" });
    const host = startHost();
    const { signal } = current.abort;
    try {
      await runKept({
        ...{ kept: await readKept(folder, id), host, device, origin: workDir, signal },
        folder: path.join(folder, id),
        report: (scored) => {
          current.scored = scored;
        },
      });
      const counts = current.scored === undefined ? {} : countsOf(current.scored);
      // A server that closes leaves it as running, so that the next one goes on.
      if (!isClosed) {
        const state = signal.aborted ? "cancelled" : "done";
        await change(id, { state, endedMs: Date.now(), ...counts });
      }
    } catch (thrown) {
      const ended = { state: "failed", endedMs: Date.now(), error: toWireError(thrown) } as const;
      if (!isClosed) await change(id, ended);
    } finally {
      await host.close();
      running = undefined;
    }
  };
  const work = async (): Promise<void> => {
    for (let id = queue.shift(); id !== undefined && !isClosed; id = queue.shift()) {
      await run(id).catch((thrown: unknown) => log(`ablation ${id}: ${toWireError(thrown).what}`));
    }
    working = undefined;
  };
  const enqueue = (id: string): void => {
    queue.push(id);
    working ??= work();
  };
  const scoredOf = async (id: string): Promise<ScoredItems> => {
    if (running?.id === id && running.scored !== undefined) return running.scored;
    const kept = await readKept(folder, id);
    const text = await readFile(path.join(folder, id, "table.json"), "utf8").catch(() => undefined);
    if (text !== undefined) return parseReport(text);
    const manifest = {
      ...{ cells: [], folder: workDir, source: kept.source, count: kept.count },
      ...{ inputs: [], code: "", device: "" },
    };
    return { title: kept.name, variants: [], metrics: [], items: [], manifest };
  };
  const pinnedOf = async (id: string, baseline?: string): Promise<ScoredItems> => {
    const wanted = baseline ?? (await readKept(folder, id)).baseline;
    const scored = await scoredOf(id);
    return wanted === undefined ? scored : withBaseline(scored, wanted);
  };
  const requireOver = async (id: string): Promise<void> => {
    const kept = await readKept(folder, id).catch(() => undefined);
    if (kept?.state !== "queued" && kept?.state !== "running") return;
    throw new EngineError("ablation.running", `"${id}" is ${kept.state}`, {
      hint: "Wait for its end, or cancel it.",
    });
  };

  for (const [id, { state }] of [...(await listKept(folder))].reverse()) {
    if (state === "queued" || state === "running") enqueue(id);
  }
  return {
    list: async () => (await listKept(folder)).map(([id, kept]) => summarize(id, kept)),
    async start({ name, graph, source = heldOutSource, count = 100, ...request }: AblationRequest) {
      requireConfirmed(graph, count, request.isConfirmed === true);
      const issues = issuesOf(graph, (await facts()).catalogue);
      if (issues.length > 0) return { issues };
      const place = source === heldOutSource ? source : path.resolve(workDir, source);
      if (source !== heldOutSource) await mayRead(place);
      const id = fileNameOf(name);
      await requireOver(id);
      const variants = namesOf(graph);
      const kept: KeptAblation = {
        ...{ format: "insightgraph-ablation-run", version: 1, name, state: "queued" },
        ...{ source: place, count, variants, total: variants.length * count, done: 0, failed: 0 },
        ...{ createdMs: Date.now(), graph },
        ...(request.retriesFailed === true && { retriesFailed: true }),
      };
      await mkdir(path.join(folder, id), { recursive: true });
      await writeKept(folder, id, kept);
      enqueue(id);
      return summaryOf(id, kept);
    },
    async table(id, baseline) {
      const kept = await readKept(folder, id);
      const scored = await pinnedOf(id, baseline);
      const cells = await summarizer.summarize(variantScores(scored));
      const table: AblationTable = {
        ablation: { ...summarize(id, kept), variants: scored.variants },
        metrics: scored.metrics,
        cells: cells.map(toWireCell),
      };
      return table;
    },
    items: async (id, query) => itemsOf(await scoredOf(id), query),
    async file(id, name) {
      const scored = await pinnedOf(id);
      const files = Object.keys(reportFiles);
      const print = Object.values(reportFiles)[placeOf(files, name, "file")];
      const cells = await summarizer.summarize(variantScores(scored));
      const bytes = await print?.({ ...scored, cells }, path.join(folder, id));
      return { mime: mimes[path.extname(name)] ?? "", bytes: Buffer.from(bytes ?? "") };
    },
    async picture(id, file) {
      await readKept(folder, id);
      return readPicture(path.join(folder, id), file);
    },
    async pin(id, baseline) {
      placeOf((await readKept(folder, id)).variants, baseline, "variant");
      await change(id, { baseline });
    },
    async cancel(id) {
      await readKept(folder, id);
      if (running?.id === id) running.abort.abort();
      const at = queue.indexOf(id);
      if (at < 0) return;
      queue.splice(at, 1);
      await change(id, { state: "cancelled", endedMs: Date.now() });
    },
    async remove(id) {
      await readKept(folder, id);
      await requireOver(id);
      await rm(path.join(folder, id), { recursive: true });
    },
    trials: async (id, judge, picture) =>
      nextTrials(await scoredOf(id), path.join(folder, id), judge, picture),
    vote: async (id, judge, trial, choice) =>
      keepVote(await scoredOf(id), path.join(folder, id), { judge, trial, choice }),
    preferences: async (id) => preferencesOf(await scoredOf(id), path.join(folder, id)),
    async close() {
      isClosed = true;
      running?.abort.abort();
      await working;
      await summarizer.close();
    },
  };
}

/** How many results there are, of how many. */
function countsOf({ variants, items }: ScoredItems) {
  const outcomes = items.flatMap((row) => row.outcomes);
  return {
    total: variants.length * items.length,
    done: outcomes.filter(({ result }) => result !== undefined).length,
    failed: outcomes.filter(({ failure }) => failure !== undefined).length,
  };
}
