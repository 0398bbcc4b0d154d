import { mkdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { EngineError } from "@insightgraph/engine/errors";
import type { ExecutionHost } from "@insightgraph/engine/host";
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
import { type AblationQueueOptions, openAblationQueue } from "./ablation-queue.ts";
import { issuesOf, namesOf, requireConfirmed } from "./check-request.ts";
import { countsOf } from "./counts-of.ts";
import { createSummarizer } from "./create-summarizer.ts";
import {
  changeKept,
  type KeptAblation,
  listKept,
  readKept,
  summaryOf,
  writeKept,
} from "./kept-ablation.ts";
import { readPicture } from "./read-picture.ts";
import { reportFile } from "./report-file.ts";
import { keepVote, nextTrials, preferencesOf } from "./served-votes.ts";
import { itemsOf, placeOf, toWireCell } from "./to-wire.ts";

/** What ablations run on, what they may use, and where they are kept. */
export interface ServedAblationsOptions extends AblationQueueOptions {
  /** Node types that graphs may use. */
  readonly facts: ExecutionHost["facts"];
}

/** The ablations of a server, which can be closed: what runs then goes on when they are opened again. */
export interface ServedAblations extends Ablations {
  close(): Promise<void>;
}

/** What an ablation that is not running has kept: nothing before its first report. */
async function readScored(folder: string, id: string, workDir: string): Promise<ScoredItems> {
  const { name, source, count } = await readKept(folder, id);
  const text = await readFile(path.join(folder, id, "table.json"), "utf8").catch(() => undefined);
  if (text !== undefined) return parseReport(text);
  const manifest = {
    ...{ cells: [], folder: workDir, source, count },
    ...{ inputs: [], code: "", device: "" },
  };
  return { title: name, variants: [], metrics: [], items: [], manifest };
}

/** Throws: `ablation.running` for one that is not over. */
async function requireOver(folder: string, id: string): Promise<void> {
  const kept = await readKept(folder, id).catch(() => undefined);
  if (kept?.state !== "queued" && kept?.state !== "running") return;
  throw new EngineError("ablation.running", `"${id}" is ${kept.state}`, {
    hint: "Wait for its end, or cancel it.",
  });
}

/** Opens the ablations of a folder: those that were queued or running when the last server ended go on. */
export async function openAblations(options: ServedAblationsOptions): Promise<ServedAblations> {
  const { folder, workDir, facts, mayRead } = options;
  const summarizer = createSummarizer();
  const queue = await openAblationQueue(options);

  /** Counts of the live one; those that are over keep theirs. */
  const summarize = (id: string, kept: KeptAblation): AblationSummary => {
    const scored = queue.scoredOf(id);
    return { ...summaryOf(id, kept), ...(scored !== undefined && countsOf(scored)) };
  };
  const scoredOf = async (id: string): Promise<ScoredItems> =>
    queue.scoredOf(id) ?? readScored(folder, id, workDir);
  const pinnedOf = async (id: string, baseline?: string): Promise<ScoredItems> => {
    const wanted = baseline ?? (await readKept(folder, id)).baseline;
    const scored = await scoredOf(id);
    return wanted === undefined ? scored : withBaseline(scored, wanted);
  };

  return {
    list: async () => (await listKept(folder)).map(([id, kept]) => summarize(id, kept)),
    async start({ name, graph, source = heldOutSource, count = 100, ...request }: AblationRequest) {
      requireConfirmed(graph, count, request.isConfirmed === true);
      const issues = issuesOf(graph, (await facts()).catalogue);
      if (issues.length > 0) return { issues };
      const place = source === heldOutSource ? source : path.resolve(workDir, source);
      if (source !== heldOutSource) await mayRead(place);
      const id = fileNameOf(name);
      await requireOver(folder, id);
      const variants = namesOf(graph);
      const kept: KeptAblation = {
        ...{ format: "insightgraph-ablation-run", version: 1, name, state: "queued" },
        ...{ source: place, count, variants, total: variants.length * count, done: 0, failed: 0 },
        ...{ createdMs: Date.now(), graph },
        ...(request.retriesFailed === true && { retriesFailed: true }),
      };
      await mkdir(path.join(folder, id), { recursive: true });
      await writeKept(folder, id, kept);
      queue.add(id);
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
      const cells = await summarizer.summarize(variantScores(scored));
      return reportFile({ ...scored, cells }, name, path.join(folder, id));
    },
    async picture(id, file) {
      await readKept(folder, id);
      return readPicture(path.join(folder, id), file);
    },
    async pin(id, baseline) {
      placeOf((await readKept(folder, id)).variants, baseline, "variant");
      await changeKept(folder, id, { baseline });
    },
    async cancel(id) {
      await readKept(folder, id);
      await queue.cancel(id);
    },
    async remove(id) {
      await readKept(folder, id);
      await requireOver(folder, id);
      await rm(path.join(folder, id), { recursive: true });
    },
    trials: async (id, judge, picture) =>
      nextTrials(await scoredOf(id), path.join(folder, id), judge, picture),
    vote: async (id, judge, trial, choice) =>
      keepVote(await scoredOf(id), path.join(folder, id), { judge, trial, choice }),
    preferences: async (id) => preferencesOf(await scoredOf(id), path.join(folder, id)),
    async close() {
      await queue.close();
      await summarizer.close();
    },
  };
}
