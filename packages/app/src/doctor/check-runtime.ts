import { fork } from "node:child_process";
import path from "node:path";
import { type PictureLibrary, pictureLibrary } from "@insightgraph/editing/pictures";
import { type Finding, fail, ok, warn } from "./finding.ts";
import type { RuntimeReport } from "./runtime-report.ts";

/** The module that tries providers, compiled or not, as this one is. */
const probe: URL = new URL(`./probe-runtime${path.extname(import.meta.url)}`, import.meta.url);

/** Why a probe gave no report. */
type Lost = string;

/**
 * Tries the runtime in a process of its own: native code of a broken driver may end it.
 * @param execArgv How Node is started. @default as this process was
 */
export function askRuntime(
  entry: URL = probe,
  execArgv: readonly string[] = process.execArgv,
): Promise<RuntimeReport | Lost> {
  return new Promise((resolve) => {
    const child = fork(entry, [], {
      execArgv: [...execArgv],
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    let said = "";
    child.stderr?.on("data", (chunk) => (said += chunk));
    child.once("message", (report: RuntimeReport) => resolve(report));
    child.once("error", (error) => resolve(error.message));
    child.once("close", (code, signal) => {
      const reason = /Error[^:]*: (.*)/.exec(said)?.[1] ?? said.trim().split("\n").at(-1) ?? "";
      resolve(
        `it ended ${signal === null ? `with code ${code}` : `by ${signal}`}. ${reason}`.trim(),
      );
    });
  });
}

/** What a report of ONNX Runtime means. */
export function runtimeFindings(report: RuntimeReport | Lost): Finding[] {
  if (typeof report === "string") {
    const hint = "run `npm start` to install again; on Windows, install the Visual C++ runtime.";
    return [fail("onnxruntime", `it does not load: ${report}`, hint)];
  }
  const { version, providers } = report;
  return [
    ok("onnxruntime", version),
    ...providers.map(({ provider, opens, why = "it does not open" }) => {
      const name = `provider ${provider}`;
      if (opens) return ok(name, "opens, and calculates right");
      const [whole = why] = why.split("\n");
      // What stands before is a place in the runtime's own source.
      const line = whole.replace(/^\/.*? was false\. /, "");
      if (provider === "cpu") return fail(name, line, "run `npm start` to install again.");
      return warn(name, line, "needed only to run on such a device; the CPU is used without it.");
    }),
  ];
}

/** What the library that reads pictures means. */
export function libraryFinding({ sharp, libvips, unread }: PictureLibrary): Finding {
  const what = `sharp ${sharp}, libvips ${libvips}`;
  if (unread.length === 0) return ok("pictures", what);
  const lacking = `${what} cannot read ${unread.join(", ")}`;
  return warn("pictures", lacking, "let npm install sharp's own libvips.");
}

/** Checks ONNX Runtime, its providers and the picture library. */
export async function checkRuntime(): Promise<Finding[]> {
  return [...runtimeFindings(await askRuntime()), libraryFinding(pictureLibrary())];
}
