import { isBuiltin } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Message, Plugin } from "esbuild";

/** Marks requests of this plugin to esbuild, so that it does not handle its own. */
const ownRequest = { isAsked: true };

/**
 * Keeps packages external. Those of InsightGraph resolve to the running ones, whatever the
 * nodes' folder contains; others resolve from the importing file.
 */
const packagesOutside: Plugin = {
  name: "packages-outside",
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, async (found) => {
      const { path: name, kind, resolveDir, pluginData } = found;
      if (kind === "entry-point" || pluginData === ownRequest || path.isAbsolute(name))
        return undefined;
      if (isBuiltin(name)) return { path: name, external: true };
      if (name.startsWith("@insightgraph/")) {
        return { path: import.meta.resolve(name), external: true };
      }
      const answer = await build.resolve(name, { resolveDir, kind, pluginData: ownRequest });
      if (answer.errors.length > 0) return { errors: answer.errors };
      return { path: pathToFileURL(answer.path).href, external: true };
    });
  },
};

function sentenceOf({ text, location }: Message): string {
  const place = location === null ? "" : `${location.file}:${location.line}: `;
  return `${place}${text}`;
}

/** Code that cannot be bundled; the message is a short sentence. */
export class BundleError extends Error {
  override readonly name = "BundleError";
}

/**
 * Bundles a TypeScript or JavaScript file and its imports into one module.
 * Throws: BundleError.
 */
export async function bundleNodes(entry: string): Promise<string> {
  const { build } = await import("esbuild");
  try {
    const { outputFiles } = await build({
      entryPoints: [entry],
      absWorkingDir: path.dirname(entry),
      bundle: true,
      write: false,
      format: "esm",
      platform: "node",
      target: "node20",
      sourcemap: "inline",
      logLevel: "silent",
      define: { "import.meta.url": JSON.stringify(pathToFileURL(entry).href) },
      plugins: [packagesOutside],
    });
    return outputFiles[0]?.text ?? "";
  } catch (thrown) {
    const errors = thrown instanceof Error && "errors" in thrown ? thrown.errors : undefined;
    const [first] = Array.isArray(errors) ? (errors as Message[]) : [];
    throw new BundleError(first === undefined ? String(thrown) : sentenceOf(first), {
      cause: thrown,
    });
  }
}
