import { readdirSync, readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { openDataset, recordOf } from "@insightgraph/editing/datasets";
import { expect, test } from "vitest";
import { type CommandLine, createCommandLine } from "../command-line.fixture.ts";
import { stepGraph, stepNode } from "./scene-graphs.fixture.ts";

const itemCount = 120;
const killCount = 20;

/** A process that runs graphs for the command. */
function childOf(pid: number): number | undefined {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .find((other) => {
      try {
        const [, after = ""] = readFileSync(`/proc/${other}/stat`, "utf8").split(/\) \w /);
        const command = readFileSync(`/proc/${other}/cmdline`, "utf8");
        return Number(after.split(" ", 1)) === pid && command.includes("execution-child");
      } catch {
        return false;
      }
    });
}

interface ItemEvent {
  readonly type: string;
  readonly key?: string;
}

/** Runs the command until some items have started, then kills it, or one of its processes and then it. */
async function runAndKill(
  line: CommandLine,
  args: readonly string[],
  isChildFirst: boolean,
): Promise<readonly ItemEvent[]> {
  const { child, answer } = line.start(...args);
  const wanted = 1 + Math.floor(Math.random() * 12);
  let seen = 0;
  await new Promise<void>((resolve) => {
    child.stdout?.on("data", (chunk: Buffer) => {
      seen += chunk.toString().split("item-started").length - 1;
      if (seen >= wanted) resolve();
    });
    child.on("close", resolve);
  });
  await setTimeout(Math.random() * 60);
  const other = isChildFirst && child.pid !== undefined ? childOf(child.pid) : undefined;
  if (other !== undefined) {
    process.kill(other, "SIGKILL");
    await setTimeout(Math.random() * 200);
  }
  child.kill("SIGKILL");
  const { out } = await answer;
  // The last line may be cut off.
  const lines = out.split("\n").slice(0, -1);
  return lines.map((text) => JSON.parse(text) as ItemEvent);
}

test.runIf(process.platform === "linux")(
  "[B1] [B2] 20 random kill -9 of the command and its processes: no record lost, none doubled",
  { timeout: 500_000 },
  async () => {
    const line = await createCommandLine();
    const at = (name: string): string => path.join(line.folder, name);
    await writeFile(at("step.mjs"), stepNode(at("log"), at("none"), 30));
    await writeFile(at("graph.json"), JSON.stringify(stepGraph("text")));
    const command = `dataset run graph.json --source seeds:${itemCount} --sink out --nodes step.mjs`;
    const args = [...command.split(" "), "--workers", "2", "--shard-size", "0.0001", "--no-cache"];
    const done = new Set<string>();
    const redone: string[] = [];
    const follow = (events: readonly ItemEvent[]): void => {
      for (const { type, key = "" } of events) {
        if (type === "item-started" && done.has(key)) redone.push(key);
        if (type === "item-done") done.add(key);
      }
    };
    for (let kill = 0; kill < killCount; kill++) {
      follow(await runAndKill(line, [...args, "--resume", "--json"], kill % 3 === 0));
    }
    const { code, out } = await line.run(...args, "--resume", "--json", "--retry-failed");
    follow(
      out
        .trim()
        .split("\n")
        .map((text) => JSON.parse(text) as ItemEvent),
    );
    expect(code).toBe(0);
    expect(redone).toEqual([]);
    expect(done.size).toBe(itemCount);
    const texts: unknown[] = [];
    for await (const item of (await openDataset(at("out"))).items()) {
      texts.push(recordOf(item, await item.load()).fields["text"]);
    }
    expect(texts).toHaveLength(itemCount);
    expect(new Set(texts).size).toBe(itemCount);
    const manifest = JSON.parse(await readFile(at("out/dataset.json"), "utf8"));
    expect(manifest).toMatchObject({ records: itemCount, isComplete: true });
    await line.remove();
  },
);
