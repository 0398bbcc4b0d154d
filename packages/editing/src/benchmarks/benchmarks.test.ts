import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createSessionPool } from "@insightgraph/engine/runtime";
import sharp from "sharp";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { openPart } from "../architectures/families.ts";
import { parseChatEndpoint } from "../endpoints/chat-endpoint.ts";
import { type ChatServer, startChatServer } from "../endpoints/chat-server.fixture.ts";
import { createChatJudge } from "./chat-judge.ts";
import { benchmarkNamed, benchmarkNames, openBenchmark } from "./known-benchmarks.ts";
import { decodePieMask } from "./pie-bench.ts";
import { benchmarkTable, scoreResults } from "./score-results.ts";
import type { Scorers } from "./scorers.ts";

const fixtures = fileURLToPath(new URL("../../../../test/fixtures/", import.meta.url));
const folderOf = (name: string): string => path.join(fixtures, "benchmarks", name);
const pool = createSessionPool({ threads: 1 });
afterAll(() => pool.close());

let results = "";
let server: ChatServer;
beforeEach(async () => {
  results = await mkdtemp(path.join(tmpdir(), "benchmark-results-"));
  server = await startChatServer();
});
afterEach(async () => {
  await server.close();
  await rm(results, { recursive: true });
});

/** VIEScore's answers, item by item: two numbers to each of the two questions, which may come in any order. */
function vieAnswers(...answers: readonly (readonly [number, number, number, number])[]) {
  const seen = { semantics: 0, quality: 0 };
  server.reply = ({ body }) => {
    const asked = JSON.stringify(body.messages.at(-1)?.content);
    const reasoning = "so";
    if (asked.includes("instruction_follow")) {
      const [follow, keep] = answers[seen.semantics++ % answers.length] ?? [];
      return JSON.stringify({ instruction_follow: follow, "non-overedit": keep, reasoning });
    }
    const [, , naturalness, no_artifacts] = answers[seen.quality++ % answers.length] ?? [];
    return JSON.stringify({ naturalness, no_artifacts, reasoning });
  };
}

const missing = {
  ...{ judge: "No judge.", clip: "No CLIP.", lpips: "No LPIPS." },
  ...{ dino: "No DINO.", dinov2: "No DINOv2." },
};
const alone: Scorers = { opener: pool, missing };

function judged(): Scorers {
  const endpoint = parseChatEndpoint({ address: server.address, model: "tiny", retryMs: 1 });
  return { ...alone, judge: createChatJudge(endpoint, { store: null }) };
}

async function withClip(): Promise<Scorers> {
  const checkpoint = `dir:${path.join(fixtures, "checkpoints/tiny-clip")}`;
  const images = await openPart(checkpoint, "imageEmbedder");
  return { ...alone, clip: { images, texts: await openPart(checkpoint, "textEmbedder") } };
}

const open = (name: string, folder = folderOf(name), language = "en") =>
  openBenchmark(benchmarkNamed(name), folder, { language });

/** Results that are the sources, all but those named. */
async function editNothing(name: string, leaveOut: readonly string[] = [], folder?: string) {
  const opened = await open(name, folder);
  for (const item of opened.items) {
    if (leaveOut.includes(item.key)) continue;
    const { source } = await item.load(results);
    const file = path.join(results, item.output);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, await sharp(source).png().toBuffer());
  }
  return opened;
}

async function report(name: string, scorers: Scorers, leaveOut?: readonly string[]) {
  const opened = await editNothing(name, leaveOut);
  return scoreResults({ benchmark: benchmarkNamed(name), opened, results, scorers });
}

test.each(benchmarkNames)(
  "%s: its fixture opens, and every item has a picture to edit",
  async (name) => {
    const { items } = await open(name);
    expect(items.length).toBeGreaterThan(0);
    expect(new Set(items.map(({ key }) => key)).size).toBe(items.length);
    expect(new Set(items.map(({ output }) => output)).size).toBe(items.length);
    for (const item of items.filter(({ group }) => group !== "multi-turn")) {
      expect(item.instruction).not.toBe("");
      const { format } = await sharp((await item.load(results)).source).metadata();
      expect(format).toMatch(/png|jpeg/);
    }
  },
);

test.each(benchmarkNames)("%s: a folder that holds something else is refused", async (name) => {
  await expect(open(name, results)).rejects.toMatchObject({ code: "dataset.unreadable" });
});

describe("reason-edit", () => {
  test("names what is missing, and pairs pictures with lines in their order", async () => {
    const { items, missing: left } = await open("reason-edit");
    expect(
      items.map(({ key, instruction, caption, output }) => [key, instruction, caption, output]),
    ).toEqual([
      [
        ...["Left-Right/001.png", "Replace the left cup of 001 with a vase.", "a vase"],
        "Understanding/LeftRight_metrics_1/001.png",
      ],
      [
        ...["Reasoning/001.png", "Replace the left cup of 001 with a vase.", "a vase"],
        "Reasoning/Reasoning_metrics_1/001.png",
      ],
    ]);
    expect(left).toEqual([
      "Relative-Size: its folder is missing.",
      "Mirror: its folder is missing.",
      "Color: its folder is missing.",
      "Multiple-Objects: its folder is missing.",
      "Left-Right/002.png: 1-Left-Right/002_mask.jpg is missing.",
    ]);
  });

  test("an unchanged picture keeps its background; scores without their model are holes that say so", async () => {
    const { rows, items } = await report("reason-edit", await withClip());
    expect(rows.map(({ group, n }) => [group, n])).toEqual([
      ["Left-Right", 1],
      ["Understanding", 1],
      ["Reasoning", 1],
    ]);
    const [first] = items;
    expect(first?.scores).toMatchObject({ PSNR: Number.POSITIVE_INFINITY, SSIM: 1, MSE: 0 });
    expect(first?.scores["LPIPS"]).toBeNaN();
    expect(first?.scores["CLIPScore"]).toBeGreaterThanOrEqual(0);
    expect(first?.holes).toEqual(["No LPIPS."]);
  });
});

describe("gedit", () => {
  test("takes one language, and writes where its script looks", async () => {
    const { items } = await open("gedit");
    expect(items.map(({ output, sourceCopy }) => [output, sourceCopy])).toContainEqual([
      "fullset/color_alter/en/k1.png",
      "fullset/color_alter/en/k1_SRCIMG.png",
    ]);
    expect(items).toHaveLength(3);
    expect((await open("gedit", undefined, "cn")).items).toHaveLength(1);
  });

  test("takes the lower of each two numbers, roots their product, and means groups without weights", async () => {
    vieAnswers([9, 8, 5, 4], [3, 1, 2, 9], [10, 10, 6, 7]);
    const { rows, items } = await report("gedit", judged());
    expect(items.map(({ scores }) => scores)).toEqual([
      { semantics: 8, quality: 4, overall: Math.sqrt(32) },
      { semantics: 1, quality: 2, overall: Math.sqrt(2) },
      { semantics: 10, quality: 6, overall: Math.sqrt(60) },
    ]);
    const overall = Object.fromEntries(rows.map(({ group, scores }) => [group, scores["overall"]]));
    const group = (Math.sqrt(32) + Math.sqrt(2)) / 2;
    expect(overall["color_alter"]).toBeCloseTo(group, 12);
    expect(overall["Average"]).toBeCloseTo((group + Math.sqrt(60)) / 2, 12);
    expect(overall["Average (intersection)"]).toBeCloseTo((Math.sqrt(32) + Math.sqrt(60)) / 2, 12);
  });

  test("writes its script's CSV, with the script's own spelling, and no row for an item without a score", async () => {
    vieAnswers([8, 7, 7, 9]);
    const { reply } = server;
    server.reply = (chat, index) =>
      JSON.stringify(chat.body.messages).includes("green")
        ? { status: 401, body: "{}" }
        : reply(chat, index);
    const { items, missing: left } = await report("gedit", judged());
    expect(left).toEqual([expect.stringContaining("k2: the endpoint answered 401")]);
    const files = benchmarkNamed("gedit").files(items, { model: "mine", judge: "gpt4o" });
    expect([...files.keys()]).toEqual([
      "gpt4o/eval_results_new/mine_color_alter_gpt_score.csv",
      "gpt4o/eval_results_new/mine_subject-add_gpt_score.csv",
      "gpt4o/eval_results_new/mine_combined_gpt_score.csv",
    ]);
    expect(files.get("gpt4o/eval_results_new/mine_color_alter_gpt_score.csv")).toBe(
      "source_image,edited_image,instruction,sementics_score,quality_score,intersection_exist,instruction_language\n" +
        "fullset/color_alter/en/k1_SRCIMG.png,fullset/color_alter/en/k1.png,Make the car red.,7,7,True,en\n",
    );
  });
});

describe("imgedit", () => {
  const rating = (...scores: number[]): string => {
    const names = ["Prompt Compliance", "Visual Naturalness", "Physical & Detail Integrity"];
    const named = scores.map((score, at) => ({ name: names[at], score }));
    return JSON.stringify({ reasoning: "Fine: but\nblurred", scores: named });
  };

  test("asks the benchmark's own question, and caps the second and third score by the first", async () => {
    const answers = [rating(3, 5, 2), rating(5, 4, 4), rating(1, 5, 5)];
    server.reply = (_, index) => answers[index] ?? "";
    const { rows, items, missing: left } = await report("imgedit-basic", judged());
    expect(left).toEqual(["674: style/gone.jpg is missing."]);
    const asked = JSON.stringify(server.received[0]?.body.messages.at(-1)?.content);
    expect(asked).toContain("Grade this style edit: Make it a woodcut.");
    expect(
      Object.fromEntries(items.map(({ item, scores }) => [item.key, scores["score"]])),
    ).toEqual({
      673: 2.67,
      1068: 4.33,
      1082: 1,
    });
    expect(rows.map(({ group, n, scores }) => [group, n, scores["score"]])).toEqual([
      ["style", 1, 2.67],
      ["adjust", 2, 2.67],
      ["Overall", 3, expect.closeTo(8 / 3, 2)],
    ]);
  });

  test("writes what its scripts read: lines of answers, averages, averages of types", async () => {
    server.reply = () => rating(4, 5, 3);
    const { items } = await report("imgedit-basic", judged());
    const files = benchmarkNamed("imgedit-basic").files(items, { model: "mine", judge: "tiny" });
    expect(JSON.parse(files.get("result.json") ?? "")["1082"]).toBe(
      "Brief reasoning: Fine - but blurred\nPrompt Compliance: 4\nVisual Naturalness: 4\nPhysical & Detail Integrity: 3",
    );
    expect(JSON.parse(files.get("average_score.json") ?? "")).toEqual({
      673: 3.67,
      1068: 3.67,
      1082: 3.67,
    });
    expect(JSON.parse(files.get("typescore.json") ?? "")).toEqual({ adjust: 3.67, style: 3.67 });
  });

  test("several items are judged at a time, and stay in their order", async () => {
    let release = (): void => {};
    server.reply = async (_, index) => {
      if (index === 0) await new Promise<void>((resolve) => (release = resolve));
      else release();
      return rating(index + 1);
    };
    const benchmark = benchmarkNamed("imgedit-uge");
    const opened = await editNothing("imgedit-uge");
    const scoring = { benchmark, opened, results, scorers: judged(), concurrency: 2 };
    const { items } = await scoreResults(scoring);
    expect(items.map(({ item }) => item.key)).toEqual(["1", "2"]);
  });

  test("UGE has one score, and means all items", async () => {
    server.reply = (_, index) => rating(index + 2);
    const { rows } = await report("imgedit-uge", judged());
    expect(rows).toMatchObject([{ group: "Overall", n: 2, scores: { score: 2.5 } }]);
  });

  test("a judge that cannot be read leaves the item out, and says why", async () => {
    server.reply = () => "Nice picture!";
    const { rows, missing: left } = await report("imgedit-uge", judged());
    expect(rows[0]?.n).toBe(0);
    expect(left).toHaveLength(2);
    expect(left[0]).toContain("Nice picture!");
  });

  test("without a judge every score is a hole", async () => {
    const { rows, items } = await report("imgedit-uge", alone);
    expect(items[0]?.holes).toEqual(["No judge."]);
    expect(rows).toMatchObject([{ n: 2, counts: { score: 0 } }]);
  });
});

describe("pie-bench", () => {
  test("a mask is runs in rows, and its border always counts as edited", () => {
    const { data } = decodePieMask([512 * 5 + 7, 3, 262_143, 9]);
    expect([...data.subarray(512 * 5 + 5, 512 * 5 + 12)]).toEqual([0, 0, 255, 255, 255, 0, 0]);
    expect(data.reduce((sum, value) => sum + value / 255, 0)).toBe(4 * 512 - 4 + 3);
  });

  test("a mask without a background leaves marked holes; n says for how many", async () => {
    const { rows, items } = await report("pie-bench", await withClip());
    expect(items[1]?.holes).toContain("111000000001: its mask leaves no background.");
    const overall = rows.at(-1);
    expect(overall).toMatchObject({ group: "Overall", n: 2 });
    expect(overall?.counts).toMatchObject({
      mse_unedit_part: 1,
      clip_similarity_target_image: 2,
      structure_distance: 0,
    });
    const files = benchmarkNamed("pie-bench").files(items, { model: "1_mine", judge: "" });
    const [head, first, second] = (files.get("evaluation_result.csv") ?? "").split("\n");
    expect(head?.split(",").slice(0, 3)).toEqual([
      "file_id",
      "1_mine|structure_distance",
      "1_mine|psnr_unedit_part",
    ]);
    expect(first?.split(",")[3]).toBe("nan");
    expect(second?.split(",")[2]).toBe("nan");
  });
});

describe("magicbrush", () => {
  test("later turns start from the truth for one table, from the results for the other", async () => {
    const { items } = await open("magicbrush");
    expect(items.map(({ output, group, facts }) => [output, group, facts["isFinal"]])).toEqual([
      ["139/139_1.png", "single-turn", false],
      ["139/139_inde_2.png", "single-turn", false],
      ["139/139_iter_2.png", "multi-turn", false],
      ["139/139_inde_3.png", "single-turn", false],
      ["139/139_iter_3.png", "multi-turn", true],
      ["30/30_1.png", "single-turn", true],
    ]);
    await editNothing("magicbrush");
    const third = items.find(({ output }) => output.endsWith("iter_3.png"));
    const { source } = (await third?.load(results)) ?? {};
    expect(new Uint8Array(source ?? [])).toEqual(
      new Uint8Array(await readFile(path.join(results, "139/139_iter_2.png"))),
    );
  });

  test("means all independent turns, and the last of each session", async () => {
    const { rows } = await report("magicbrush", alone);
    expect(rows.map(({ group, n }) => [group, n])).toEqual([
      ["single-turn", 4],
      ["multi-turn", 2],
    ]);
    expect(rows[0]?.scores["L1"]).toBeGreaterThan(0);
  });

  test("captions come from the set's own file, where somebody put it", async () => {
    const folder = path.join(results, "set");
    await cp(folderOf("magicbrush"), folder, { recursive: true });
    const captions = { 30: { "30-output1.png": "a dog" } };
    await writeFile(path.join(folder, "local_captions.json"), JSON.stringify(captions));
    const { items } = await open("magicbrush", folder);
    expect(items.filter(({ caption }) => caption !== "").map(({ key }) => key)).toEqual([
      "30/30_1.png",
    ]);
  });
});

test("emu-edit compares with the picture before the edit, and means tasks and all items", async () => {
  const { rows, items } = await report("emu-edit", await withClip());
  expect(rows.map(({ group, n }) => [group, n])).toEqual([
    ["add", 2],
    ["style", 1],
    ["Overall", 3],
  ]);
  expect(items[0]?.scores).toMatchObject({ L1: 0, "CLIP-I": expect.closeTo(1, 5) });
  // Nothing changed, so there is no direction.
  expect(items[0]?.scores["CLIP direction"]).toBeNaN();
});

test("advancededit-eval reads pairs with a comma at the end, and scores VIEScore from 0 to 1", async () => {
  vieAnswers([8, 9, 10, 8]);
  const { rows, items } = await report("advancededit-eval", judged());
  expect(items.map(({ item }) => [item.key, item.instruction])).toEqual([
    ["1543/0/understanding", "Take away the instrument at the wall."],
    ["1543/0/reasoning", "Which thing here makes music? Take it away."],
    ["1543/1/simple", "add the acoustic guitar"],
  ]);
  const { mask } = (await items[0]?.item.load(results)) ?? {};
  expect(mask?.data.reduce((sum, value) => sum + value / 255, 0)).toBe(96);
  expect(rows.at(-1)?.scores["VIEScore"]).toBeCloseTo(0.8, 12);
  expect(items[0]?.scores["CLIPScore"]).toBeNaN();
  expect(items[0]?.holes).toContain("CLIPScore is left out where something is removed.");
});

test("items without a result are named, and the table says of how many a score is", async () => {
  const opened = await editNothing("emu-edit", ["1"]);
  const benchmark = benchmarkNamed("emu-edit");
  await writeFile(path.join(results, "2.png"), "no picture");
  const done = await scoreResults({ benchmark, opened, results, scorers: alone });
  expect(done.missing).toEqual(["1: there is no result 1.png.", expect.stringContaining("2.png")]);
  const table = benchmarkTable(done, benchmark).split("\n");
  expect(table[0]).toBe(
    "|  | n | L1 ↓ | L2 ↓ | CLIP-I ↑ | DINO ↑ | DINOv2 ↑ | CLIP-T ↑ | CLIP direction ↑ |",
  );
  expect(table[2]).toBe("| add | 1 | 0.000 | 0.000 | – | – | – | – | – |");
});

test("a picture without a line of text, and a result that would leave its folder, are named and left out", async () => {
  const folder = path.join(results, "set");
  await cp(folderOf("reason-edit"), folder, { recursive: true });
  await writeFile(path.join(folder, "Reasoning-231115/Reason_test.txt"), "");
  const { missing: silent } = await open("reason-edit", folder);
  expect(silent).toContain("Reasoning/001.png: it has no instruction.");
  const list = path.join(results, "uge");
  await cp(folderOf("imgedit-uge"), list, { recursive: true });
  const away = { "../../away": { id: "000029780.jpg", prompt: "Remove it." } };
  await writeFile(path.join(list, "UGE_edit.json"), JSON.stringify(away));
  expect(await open("imgedit-uge", list)).toEqual({
    items: [],
    missing: ["../../away: its result would lie outside the folder of results."],
  });
});

test("a judge that is not there stops the scoring: no hole hides a wrong address", async () => {
  const endpoint = parseChatEndpoint({ address: "http://127.0.0.1:1/v1", model: "m", retries: 0 });
  const scorers = { ...alone, judge: createChatJudge(endpoint, { store: null }) };
  await expect(report("imgedit-uge", scorers)).rejects.toMatchObject({
    code: "endpoint.unreachable",
  });
});
