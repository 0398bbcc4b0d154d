import { fork } from "node:child_process";
import path from "node:path";
import { type PictureLibrary, pictureLibrary } from "@insightgraph/editing/pictures";
import { type Finding, fail, ok, warn } from "./finding.ts";
import type { RuntimeReport } from "./runtime-report.ts";

/** The module that tries providers; compiled if this one is. */
const probe: URL = new URL(`./probe-runtime${path.extname(import.meta.url)}`, import.meta.url);

/** Why a probe gave no report. */
type ProbeFault = string;

/**
 * Tries the runtime in a separate process, since a broken driver may crash it.
 * @param execArgv Node options. @default those of this process
 */
export function askRuntime(
  entry: URL = probe,
  execArgv: readonly string[] = process.execArgv,
): Promise<RuntimeReport | ProbeFault> {
  return new Promise((resolve) => {
    const child = fork(entry, [], {
      execArgv: [...execArgv],
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    let output = "";
    child.stderr?.on("data", (chunk) => (output += chunk));
    child.once("message", (report: RuntimeReport) => resolve(report));
    child.once("error", (error) => resolve(error.message));
    child.once("close", (code, signal) => {
      const reason = /Error[^:]*: (.*)/.exec(output)?.[1] ?? output.trim().split("\n").at(-1) ?? "";
      resolve(
        `it ended ${signal === null ? `with code ${code}` : `by ${signal}`}. ${reason}`.trim(),
      );
    });
  });
}

/** Findings from a report of ONNX Runtime. */
export function runtimeFindings(report: RuntimeReport | ProbeFault): Finding[] {
  if (typeof report === "string") {
    const hint = "Run `npm start` to install again. On Windows, install the Visual C++ runtime.";
    return [fail("onnxruntime", `it does not load: ${report}`, hint)];
  }
  const { version, providers } = report;
  return [
    ok("onnxruntime", version),
    ...providers.map(({ provider, opens, why = "it does not open" }) => {
      const name = `provider ${provider}`;
      if (opens) return ok(name, "opens and computes correctly");
      const [whole = why] = why.split("\n");
      // Drops a path in the runtime's own source.
      const line = whole.replace(/^\/.*? was false\. /, "");
      if (provider === "cpu") return fail(name, line, "Run `npm start` to install again.");
      return warn(name, line, "Only needed to run on such a device; the CPU works without it.");
    }),
  ];
}

/** The finding about the picture library. */
export function libraryFinding({ sharp, libvips, unread }: PictureLibrary): Finding {
  const what = `sharp ${sharp}, libvips ${libvips}`;
  if (unread.length === 0) return ok("pictures", what);
  const lacking = `${what} cannot read ${unread.join(", ")}`;
  return warn("pictures", lacking, "Install sharp with its bundled libvips.");
}

/** Checks ONNX Runtime, its providers and the picture library. */
export async function checkRuntime(): Promise<Finding[]> {
  return [...runtimeFindings(await askRuntime()), libraryFinding(pictureLibrary())];
}
