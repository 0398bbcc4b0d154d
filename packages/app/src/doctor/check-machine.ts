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
  return fail("node", `${version} is too old`, `Install Node ${minNodeVersion} or newer.`);
}

/** Platforms for which ONNX Runtime and sharp ship binaries. */
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
    `${name} is not a tested platform`,
    `Use one of ${[...knownPlatforms].join(", ")}.`,
  );
}

/** Whether there is enough memory. @param total Bytes. @param free Bytes. */
export function checkMemory(total: number = totalmem(), free: number = freemem()): Finding {
  const what = `${inUnits(total)}, ${inUnits(free)} free`;
  if (total >= minMemoryBytes) return ok("memory", what);
  return warn("memory", what, `Large pictures and models need ${inUnits(minMemoryBytes)} or more.`);
}

/** Whether a Chromium is installed; only the tests need one. */
export function checkChromium(found: string | undefined): Finding {
  if (found !== undefined && existsSync(found)) return ok("chromium", found);
  const hint =
    "Only `npm test` needs one: install Chromium, or set INSIGHTGRAPH_CHROMIUM to its path.";
  return warn("chromium", found === undefined ? "none found" : `${found} does not exist`, hint);
}
