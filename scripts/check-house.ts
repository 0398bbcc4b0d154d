import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { houseFaults } from "./house-rules.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const listed = execFileSync("git", ["ls-files", "-co", "--exclude-standard"], {
  cwd: root,
  encoding: "utf8",
});
const files = listed
  .split("\n")
  .filter((file) => /^(packages|scripts|test)\/.*\.(ts|tsx|mjs|md)$/.test(file))
  .filter((file) => existsSync(path.join(root, file)));
const sources = new Map(files.map((file) => [file, readFileSync(path.join(root, file), "utf8")]));

const faults = houseFaults(sources);
for (const fault of faults) console.error(fault);
console.log(`house: ${sources.size} files, ${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;
