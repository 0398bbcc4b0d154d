// `npm test`: sets up what is missing, then every check and test; ends with what failed and one line of counts.
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
/**
 * What failed and why; named again at the end, where a long log is read.
 * @type {string[]}
 */
const failures = [];

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
  let inReport = { numPassedTests: 0, numFailedTests: 0, testResults: [] };
  try {
    inReport = JSON.parse(readFileSync(report, "utf8"));
  } catch {
    // Without a report the run itself counts as failed below.
  }
  passed += inReport.numPassedTests;
  failed += inReport.numFailedTests;
  failures.push(...inReport.testResults.flatMap(failuresOf));
  if (isClean || inReport.numFailedTests > 0) return;
  failed++;
  failures.push(`the run of the ${project} tests`);
}

/**
 * The failed tests of one file of a report, or the file itself where it failed outside its tests.
 * @param {{ name: string, status: string, message: string, assertionResults: { status: string, fullName: string, failureMessages: string[] }[] }} file
 * @returns {string[]}
 */
function failuresOf(file) {
  const place = path.relative(root, file.name);
  const tests = file.assertionResults.filter((test) => test.status === "failed");
  if (tests.length > 0)
    return tests.map((test) => `${place}: ${test.fullName}\n${test.failureMessages.join("\n")}`);
  return file.status === "failed" ? [`${place}\n${file.message}`] : [];
}

/**
 * @param {string} name
 * @param {() => boolean} run
 */
function check(name, run) {
  const isPassed = run();
  console.error(`${isPassed ? "passed" : "FAILED"}: ${name}`);
  if (isPassed) {
    passed++;
    return;
  }
  failed++;
  failures.push(name);
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
for (const failure of failures) console.log(`FAILED: ${failure}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
