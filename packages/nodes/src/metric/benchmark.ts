import { mkdir } from "node:fs/promises";
import path from "node:path";
import {
  benchmarkNamed,
  benchmarkNames,
  benchmarkTable,
  createChatJudge,
  openBenchmark,
  reportJson,
  type Scorers,
  scoreResults,
} from "@insightgraph/editing/benchmarks";
import type { ChatEndpoint } from "@insightgraph/editing/endpoints";
import { defineNode, param, type RunContext } from "@insightgraph/engine/node";
import { saveFile } from "../files/save-file.ts";
import { chat } from "../port-types/model-chat.ts";
import { text } from "../port-types/text.ts";
import { clipImages, clipOf, clipTexts, dino, dinov2, findAdded, lpips } from "./added-model.ts";

/** Names of the checkpoints that score. */
interface Checkpoints {
  readonly clip: string;
  readonly lpips: string;
  readonly dino: string;
  readonly dinov2: string;
}

async function openScorers(
  names: Checkpoints,
  usual: string | undefined,
  context: RunContext,
): Promise<Scorers> {
  const clipModel = usual === undefined ? clipImages : clipOf(usual);
  const checkpoint = names.clip === "" ? clipModel.suggested : names.clip;
  const images = await findAdded(clipModel, checkpoint, "clip");
  const texts = images.part && (await findAdded(clipTexts, checkpoint, "clip"));
  const distance = await findAdded(lpips, names.lpips, "lpips");
  const first = await findAdded(dino, names.dino, "dino");
  const second = await findAdded(dinov2, names.dinov2, "dinov2");
  const missing = {
    judge: "no judge is connected; connect model.chat-endpoint.",
    clip: `${images.why ?? texts?.why}.`,
    lpips: `${distance.why}.`,
    dino: `${first.why}.`,
    dinov2: `${second.why}.`,
  };
  const clip = images.part && texts?.part && { images: images.part, texts: texts.part };
  const embedders = { dino: first.part, dinov2: second.part };
  return { opener: context, clip, lpips: distance.part, ...embedders, missing };
}

/** A judge that stops when the run does. */
function judgeOf(endpoint: ChatEndpoint | undefined, { signal }: RunContext) {
  return endpoint === undefined ? undefined : createChatJudge(endpoint, { signal });
}

/** Writes the files that the benchmark's own scripts read. */
async function writeFiles(
  files: ReadonlyMap<string, string>,
  folder: string,
  context: RunContext,
): Promise<void> {
  for (const [place, content] of files) {
    const file = path.join(folder, place);
    await mkdir(path.dirname(file), { recursive: true });
    await saveFile(content, file, "replace", context);
  }
}

/** Each benchmark's source stands in its table. */
export const metricBenchmark = defineNode({
  type: "metric.benchmark",
  version: 1,
  title: "Score benchmark",
  doc: "Scores a folder of results as a published benchmark does, and writes the files that its own scripts read.",
  inputs: { judge: chat.optional("Who judges, for VIEScore, GEdit and ImgEdit.") },
  params: {
    benchmark: param.choice({
      options: benchmarkNames,
      default: "reason-edit",
      doc: "Which benchmark.",
    }),
    folder: param.file({
      default: "",
      purpose: "open",
      doc: "Folder of the benchmark, as published.",
    }),
    results: param.file({
      default: "",
      purpose: "open",
      doc: "Folder of the edited pictures, in the benchmark's own layout.",
    }),
    editor: param.text({ default: "insightgraph", doc: "Name of the editor in tables." }),
    language: param.text({
      default: "en",
      doc: "Language of the instructions, where the benchmark has several: GEdit has en and cn.",
    }),
    clip: param.text({
      default: "",
      doc: "An added CLIP checkpoint. Empty: the one that the benchmark's published numbers are of.",
    }),
    lpips: param.text({ default: "lpips-squeeze", doc: "An added LPIPS checkpoint." }),
    dino: param.text({ default: "dino-vits16", doc: "An added DINO checkpoint of version 1." }),
    dinov2: param.text({ default: "dinov2-base", doc: "An added DINOv2 checkpoint." }),
  },
  outputs: {
    table: text("Means by group as Markdown, with n."),
    report: text("All rows, items, holes and what is missing, as JSON."),
  },
  cacheable: false,
  async run({ judge: endpoint }, { results, editor, folder, ...params }, context) {
    const benchmark = benchmarkNamed(params.benchmark);
    const opened = await openBenchmark(benchmark, folder, { language: params.language });
    const judge = judgeOf(endpoint, context);
    const found = await openScorers(params, benchmark.clip, context);
    const scored = await scoreResults({
      ...{ benchmark, opened, results, scorers: { ...found, judge } },
      concurrency: endpoint?.concurrency,
      signal: context.signal,
      onProgress: context.progress,
    });
    for (const sentence of scored.missing) context.log(sentence);
    const holes = new Set(scored.items.flatMap((item) => item.holes));
    for (const hole of holes) context.log(`No score (NaN): ${hole}`);
    const names = { model: editor, judge: judge?.name ?? "none" };
    await writeFiles(benchmark.files(scored.items, names), results, context);
    const items = scored.items.map(({ item, ...rest }) => ({ key: item.key, ...rest }));
    const usage = judge && { judge: judge.name, ...judge.usage };
    const report = {
      ...scored,
      source: benchmark.source,
      columns: benchmark.columns,
      usage,
      items,
    };
    return {
      table: benchmarkTable(scored, benchmark),
      report: reportJson(report),
    };
  },
});
