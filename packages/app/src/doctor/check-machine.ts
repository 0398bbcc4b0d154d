import { existsSync } from "node:fs";
import { arch, freemem, platform, totalmem } from "node:os";
import { inUnits } from "../units.ts";
import { type Finding, fail, ok, warn } from "./finding.ts";

const minNodeVersion = 20;
const minMemoryBytes = 4 * 1024 ** 3;

/** @param version As `process.version` gives it. */
export function checkNode(version: string): Finding {
  const major = Number(/^v?(\d+)/.exec(version)?.[1] ?? 0);
  if (major >= minNodeVersion) return ok("node", version);
  return fail("node", `${version} is too old`, `install Node ${minNodeVersion} or newer.`);
}

/** Systems for which ONNX Runtime and sharp ship what they need. */
const knownPlatforms = new Set([
  "linux x64",
  "linux arm64",
  "darwin arm64",
  "win32 x64",
  "win32 arm64",
]);

/** Whether ONNX Runtime and sharp ship binaries for a platform. @param name As "linux x64". */
export function checkPlatform(name: string = `${platform()} ${arch()}`): Finding {
  if (knownPlatforms.has(name)) return ok("platform", name);
  return warn(
    "platform",
    `${name} is not among the known ones`,
    `try one of ${[...knownPlatforms].join(", ")}.`,
  );
}

/** Whether there is enough memory. @param total Bytes. @param free Bytes. */
export function checkMemory(total: number = totalmem(), free: number = freemem()): Finding {
  const what = `${inUnits(total)}, ${inUnits(free)} free`;
  if (total >= minMemoryBytes) return ok("memory", what);
  return warn("memory", what, `large pictures and models want ${inUnits(minMemoryBytes)} or more.`);
}

/** Only the tests want one. */
export function checkChromium(found: string | undefined): Finding {
  if (found !== undefined && existsSync(found)) return ok("chromium", found);
  const hint = "only `npm test` needs one: install Chromium, or name it in INSIGHTGRAPH_CHROMIUM.";
  return warn("chromium", found === undefined ? "none found" : `${found} is not there`, hint);
}
