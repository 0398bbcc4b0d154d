import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { cp, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { packCommand } from "../../scripts/pack-command.ts";

const sample = fileURLToPath(
  new URL("../../graphs/samples/rabbit-teddy-apple.png", import.meta.url),
);
/** A person's folder: nothing is in it but the tarball and a picture. */
let folder = "";
let tarball = "";

/** The environment of a machine that has Node alone, with an npm that has downloaded nothing yet. */
function bareEnvironment(): NodeJS.ProcessEnv {
  return {
    HOME: folder,
    PATH: [path.dirname(process.execPath), "/usr/bin", "/bin"].join(path.delimiter),
    npm_config_cache: path.join(folder, ".npm"),
    npm_config_registry: process.env["npm_config_registry"],
  };
}

/** In a process group of its own: npx leaves what it started alive when it is ended alone. */
function npx(...args: string[]): ChildProcess {
  const options = { cwd: folder, env: bareEnvironment(), detached: true };
  return spawn("npx", ["--yes", `./${path.basename(tarball)}`, ...args], options);
}

/** What a process wrote, once it has ended, or as soon as it wrote what is looked for. */
function output(child: ChildProcess, wanted?: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    const hear = (chunk: unknown): void => {
      said += String(chunk);
      const [found] = wanted?.exec(said) ?? [];
      if (found !== undefined) resolve(found);
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.on("close", (code) => (code === 0 ? resolve(said) : reject(new Error(said))));
  });
}

/** The document of the served graph, which is opened once the execution process has started. */
async function openedDocument(address: string) {
  for (;;) {
    const listed = await fetch(`${address}api/documents`);
    const [first] = ((await listed.json()) as { documents: { id: string }[] }).documents;
    if (first === undefined) continue;
    const opened = await fetch(`${address}api/documents/${first.id}`);
    return (await opened.json()) as { document: { name: string; graph: object } };
  }
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "insightgraph-package-"));
  await cp(sample, path.join(folder, "picture.png"));
  tarball = await packCommand(folder);
});
afterAll(() => rm(folder, { recursive: true }));

test("an empty store installs the tarball, and the command edits a picture", async () => {
  const startMs = performance.now();
  await output(npx("edit", "picture.png", "remove the apple", "--output", "edited.png"));
  const edited = await readFile(path.join(folder, "edited.png"));
  expect(edited.subarray(1, 4).toString()).toBe("PNG");
  expect(edited.equals(await readFile(sample))).toBe(false);
  const megabytes = (await stat(tarball)).size / 1e6;
  const seconds = (performance.now() - startMs) / 1000;
  console.log(`tarball ${megabytes.toFixed(1)} MB; installed, and edited: ${seconds.toFixed(0)} s`);
});

test("the installed command serves the page and its example, and runs it", async () => {
  const child = npx("--port", "0");
  try {
    const address = (await output(child, /http:\/\/\S+:\d+\//)).trim();
    expect(await (await fetch(address)).text()).toContain('<div id="app">');
    const { document } = await openedDocument(address);
    expect(document.name).toBe("insightedit");
    const body = JSON.stringify({ graph: document.graph });
    const submitted = await fetch(`${address}api/jobs`, { method: "POST", body });
    const { job } = (await submitted.json()) as { job: { id: string } };
    for (let state = "queued"; state !== "done"; ) {
      const events = await fetch(`${address}api/jobs/${job.id}/events?wait=30&after=1000000000`);
      ({ state } = (await events.json()) as { state: string });
      expect(["queued", "running", "done"]).toContain(state);
    }
    expect((await stat(path.join(folder, "edited.png"))).isFile()).toBe(true);
  } finally {
    if (child.pid !== undefined) process.kill(-child.pid, "SIGTERM");
  }
});

test("the licences of all parts are listed", () => {
  const read = (file: string) =>
    execFileSync("tar", ["-xOf", tarball, `package/${file}`], { encoding: "utf8" });
  const manifest = JSON.parse(read("package.json")) as { dependencies: Record<string, string> };
  const licences = read("THIRD-PARTY-LICENCES.md");
  const own = (name: string): boolean => name.startsWith("@insightgraph/");
  for (const [name, version] of Object.entries(manifest.dependencies)) {
    if (own(name)) continue;
    const row = licences.split("\n").find((line) => line.startsWith(`| ${name} | `));
    expect(row?.split(" | ")[1]?.split(", "), name).toContain(version);
  }
  expect(read("LICENSE")).toContain("Apache License");
});
