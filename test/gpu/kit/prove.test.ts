import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const script = fileURLToPath(new URL("./prove.py", import.meta.url));
const isReady = spawnSync("python3", ["-c", "import sys; sys.exit(sys.version_info < (3, 11))"]);

/** In Node's place: the first step does well, the second fails, the third prints a row and hangs. */
const fakeNode = `#!/bin/sh
case "$1" in
  */provider.mjs) echo '{"name": "error", "value": 0.5, "unit": "", "limit": 0.1}' ;;
  */edit.mjs) exit 3 ;;
  */parity.mjs) echo 'not a row'; echo '{"name": "half", "value": 1, "unit": "ms"}'; sleep 60 ;;
esac
`;

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "prove-"));
  mkdirSync(path.join(folder, "kit"));
  writeFileSync(path.join(folder, "kit/node"), fakeNode, { mode: 0o755 });
});
afterEach(() => rmSync(folder, { recursive: true }));

function start(limitSeconds: number) {
  const places = [path.join(folder, "kit"), "--out", path.join(folder, "out")];
  const options = ["--device", "cpu", "--small", "--limit", `${limitSeconds}`];
  return spawn("python3", [script, ...places, ...options], { stdio: ["ignore", "pipe", "ignore"] });
}

async function outcomeOf(process: ReturnType<typeof start>) {
  let printed = "";
  process.stdout.on("data", (chunk) => {
    printed += String(chunk);
  });
  const status = await new Promise((done) => process.once("close", done));
  const report = JSON.parse(readFileSync(path.join(folder, "out/report.json"), "utf8")) as {
    readonly outcomes: readonly { readonly state: string; readonly rows: readonly object[] }[];
  };
  return { status, printed, states: report.outcomes.map(({ state }) => state), report };
}

describe.runIf(isReady.status === 0)("prove.py", () => {
  test("one step's failing or hanging never stops the others, and the limit ends all", async () => {
    const { status, printed, states, report } = await outcomeOf(start(14));
    expect(states.slice(0, 3)).toEqual(["done", "failed", "out of time"]);
    expect(new Set(states.slice(3))).toEqual(new Set(["not reached", "no PyTorch"]));
    expect(report.outcomes[2]?.rows).toEqual([{ name: "half", value: 1, unit: "ms" }]);
    expect(printed).toMatch(/error .* 0\.5 .*<= 0\.1 {2}FAILED/);
    expect(status).toBe(1);
  });

  test("ended early, it reports what it has", async () => {
    const process = start(100);
    const ended = outcomeOf(process);
    await sleep(3000);
    process.kill("SIGTERM");
    const { status, states, printed } = await ended;
    expect(states).toEqual(["done", "failed"]);
    expect(printed).toContain("provider");
    expect(status).toBe(1);
  });
});
