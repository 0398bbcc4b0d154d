import { stdout } from "node:process";
import { shippedWeightsFolder } from "@insightgraph/models";
import { checkFolder, checkPort } from "../doctor/check-folders.ts";
import { checkChromium, checkMemory, checkNode, checkPlatform } from "../doctor/check-machine.ts";
import { checkRuntime } from "../doctor/check-runtime.ts";
import { checkWeights } from "../doctor/check-weights.ts";
import { type Finding, findingText } from "../doctor/finding.ts";
import { exitCodes } from "../exit-codes.ts";
import { findChromium } from "../find-chromium.ts";
import { parseArguments, usageError } from "../parse-arguments.ts";
import { cacheDir, dataDir } from "../places.ts";

/** What `insightgraph doctor --help` prints. */
export const usage = `usage: insightgraph doctor [--json]

Checks everything that InsightGraph needs and prints a hint for each problem.
The exit code is 1 if a check fails; warnings do not count.

  --json  print the findings as a JSON list
`;

/** All checks in order; each prints its findings as soon as it is done. */
function checks(): readonly (() => Promise<readonly Finding[]>)[] {
  return [
    async () => [checkNode(process.version), checkPlatform(), checkMemory()],
    checkRuntime,
    () => checkWeights(shippedWeightsFolder("")),
    async () => [await checkFolder("data", dataDir), await checkFolder("cache", cacheDir)],
    async () => [await checkPort(7878), checkChromium(findChromium())],
  ];
}

/** Runs `insightgraph doctor`. @returns the exit code. Throws: command.usage. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, {
    json: { type: "boolean", default: false },
  });
  const [surplus] = positionals;
  if (surplus !== undefined) {
    throw usageError(`"${surplus}" is one argument too many`, "Run it with --help.");
  }
  const findings: Finding[] = [];
  for (const check of checks()) {
    for (const finding of await check()) {
      findings.push(finding);
      if (!values.json) stdout.write(`${findingText(finding)}\n`);
    }
  }
  if (values.json) stdout.write(`${JSON.stringify(findings, null, 2)}\n`);
  return findings.some(({ verdict }) => verdict === "fail") ? exitCodes.failed : exitCodes.done;
}
