// `npm test`: sets up what is missing, then every check and test; ends with one line of counts.
import { readFileSync, rmSync } from "node:fs";
import path from "node:path";

const major = Number(process.versions.node.split(".")[0]);
if (major < 20) {
  console.error(`InsightGraph needs Node 20 or newer; this is ${process.version}.`);
  process.exit(1);
}

const { compile, root, runTool, setUp } = await import("./set-up.mjs");

let passed = 0;
let failed = 0;

/** @param {boolean} isPassed */
function count(isPassed) {
  if (isPassed) passed++;
  else failed++;
}

/**
 * Runs a test project and adds its counts.
 * @param {string} project
 */
function runTests(project) {
  const report = path.join(root, `node_modules/.${project}-tests.json`);
  rmSync(report, { force: true });
  const isClean = runTool("node_modules/vitest/vitest.mjs", [
    ...["run", "--project", project, "--passWithNoTests"],
    ...["--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
  ]);
  let inReport = { numPassedTests: 0, numFailedTests: 0 };
  try {
    inReport = JSON.parse(readFileSync(report, "utf8"));
  } catch {
    // Without a report the run itself counts as failed below.
  }
  passed += inReport.numPassedTests;
  failed += inReport.numFailedTests;
  if (!isClean && inReport.numFailedTests === 0) failed++;
}

/**
 * @param {string} name
 * @param {() => boolean} run
 */
function check(name, run) {
  const isPassed = run();
  console.error(`${isPassed ? "passed" : "FAILED"}: ${name}`);
  count(isPassed);
}

const isReady = setUp();
check("set-up", () => isReady);
if (isReady) {
  check("biome", () => runTool("node_modules/@biomejs/biome/bin/biome", ["ci"]));
  check("types", compile);
  check("types of tests", () =>
    runTool("node_modules/typescript/bin/tsc", ["-p", "test/tsconfig.json"]),
  );
  check("house", () => runTool("node_modules/tsx/dist/cli.mjs", ["scripts/check-house.ts"]));
  check("knip", () => runTool("node_modules/knip/bin/knip.js", ["--no-progress"]));
  const withoutTests = ["-c", "knip.production.json", "--include", "files,exports,types"];
  check("knip without tests", () =>
    runTool("node_modules/knip/bin/knip.js", ["--no-progress", ...withoutTests]),
  );
  for (const project of ["unit", "training", "browser"]) runTests(project);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
