// Everything between a fresh clone and a program that runs. Plain JavaScript without
// dependencies: it runs before any are there. What is up to date is left alone.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const pnpm = "pnpm@12.21.0";

export const root = fileURLToPath(new URL("../", import.meta.url));

/** @param {string} text */
function say(text) {
  process.stderr.write(`${text}\n`);
}

/**
 * Runs a program in a folder, its output on the terminal's error side.
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {boolean} whether it succeeded
 */
function succeeds(command, args, cwd = root, shell = false) {
  const { status, error } = spawnSync(command, args, { cwd, shell, stdio: ["ignore", 2, 2] });
  if (error !== undefined) say(`${command}: ${error.message}`);
  return status === 0;
}

/**
 * Files under some paths, folders entered, in a stable order.
 * @param {readonly string[]} places
 * @returns {string[]}
 */
function filesUnder(places) {
  return places.flatMap((place) => {
    const whole = path.join(root, place);
    if (!existsSync(whole)) return [];
    try {
      const names = readdirSync(whole).filter((name) => name !== "node_modules" && name !== "dist");
      return filesUnder(names.sort().map((name) => path.join(place, name)));
    } catch {
      return [place];
    }
  });
}

/** @param {readonly string[]} files */
function digest(files) {
  const hash = createHash("sha256").update(process.version.split(".")[0] ?? "");
  for (const file of files) hash.update(`\n${file}\n`).update(readFileSync(path.join(root, file)));
  return hash.digest("hex");
}

/**
 * Does a piece of work unless it was done with these very inputs.
 * @param {string} stampFile
 * @param {readonly string[]} inputs
 * @param {() => boolean} work
 */
function unlessDone(stampFile, inputs, work) {
  const stamp = path.join(root, stampFile);
  const wanted = digest(inputs);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return true;
  if (!work()) return false;
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
  return true;
}

function install() {
  const packages = readdirSync(path.join(root, "packages")).map((name) =>
    path.join("packages", name, "package.json"),
  );
  const inputs = ["package.json", "pnpm-lock.yaml", "pnpm-workspace.yaml", ...packages];
  return unlessDone("node_modules/.set-up-stamp", inputs.filter(isThere), () => {
    say("Installing packages (some 300 MB the first time) …");
    const args = ["--yes", pnpm, "install", "--frozen-lockfile"];
    // On Windows npx is a batch file, which only a shell can start.
    return succeeds("npx", args, root, process.platform === "win32");
  });
}

/** @param {string} file */
function isThere(file) {
  return existsSync(path.join(root, file));
}

/**
 * Runs a tool of the workspace with this very Node.
 * @param {string} script
 * @param {readonly string[]} args
 */
export function runTool(script, args, cwd = root) {
  return succeeds(process.execPath, [path.join(root, script), ...args], cwd);
}

export function compile() {
  return runTool("node_modules/typescript/bin/tsc", ["-b"]);
}

function buildEditor() {
  const editor = "packages/editor-ui";
  const seen = ["src", "index.html", "vite.config.ts", "package.json"].map((name) =>
    path.join(editor, name),
  );
  const shared = ["graph", "node", "png", "protocol"].flatMap((name) => [
    `packages/engine/src/${name}`,
    `packages/engine/src/${name}.ts`,
  ]);
  const client = "packages/client/src";
  const inputs = filesUnder([...seen, ...shared, client, "pnpm-lock.yaml"]);
  return unlessDone(`${editor}/dist/app.stamp`, inputs, () => {
    say("Building the editor …");
    const cwd = path.join(root, editor);
    return runTool(`${editor}/node_modules/vite/bin/vite.js`, ["build", "--logLevel", "warn"], cwd);
  });
}

/** @returns {boolean} whether everything is ready; what went wrong has been said */
export function setUp() {
  if (!install()) {
    say("Installing failed. Is the npm registry reachable? Then try again.");
    return false;
  }
  return compile() && buildEditor();
}
