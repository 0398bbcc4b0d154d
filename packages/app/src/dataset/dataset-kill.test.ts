import { readdirSync, readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { openDataset, recordOf } from "@insightgraph/editing/datasets";
import { expect, test } from "vitest";
import { type CommandLine, createCommandLine } from "../command-line.fixture.ts";
import { stepGraph, stepNode } from "./scene-graphs.fixture.ts";

const itemCount = 120;
/** Each with two kills of a process and one of the command. */
const sessions = 7;

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

/**
 * Runs the command and kills, at random moments while items run: its processes, and at last the command itself.
 * @param childKills How often one of its processes.
 */
async function runAndKill(
  line: CommandLine,
  args: readonly string[],
  childKills: number,
): Promise<readonly ItemEvent[]> {
  const { child, answer } = line.start(...args);
  let started = 0;
  let wake = (): void => {};
  child.stdout?.on("data", (chunk: Buffer) => {
    started += chunk.toString().split("item-started").length - 1;
    wake();
  });
  child.on("close", () => wake());
  const someMore = async (): Promise<void> => {
    const wanted = started + 1 + Math.floor(Math.random() * 6);
    while (started < wanted && child.exitCode === null && child.signalCode === null) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    await setTimeout(Math.random() * 60);
  };
  for (let kill = 0; kill < childKills; kill++) {
    await someMore();
    const other = child.pid === undefined ? undefined : childOf(child.pid);
    if (other !== undefined) process.kill(other, "SIGKILL");
  }
  await someMore();
  child.kill("SIGKILL");
  const { out } = await answer;
  // The last line may be cut off.
  const lines = out.split("\n").slice(0, -1);
  return lines.map((text) => JSON.parse(text) as ItemEvent);
}

test.runIf(process.platform === "linux")(
  "[B1] [B2] 21 random kill -9 of the command and its processes: no record lost, none doubled",
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
    for (let session = 0; session < sessions; session++) {
      follow(await runAndKill(line, [...args, "--resume", "--json"], 2));
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
