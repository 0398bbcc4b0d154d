import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";

/** Carries the CUDA provider of ONNX Runtime 1.29.0, built for CUDA 13, which onnxruntime-node leaves out. */
const packageName = "com.github.asus4.onnxruntime.linux-x64-gpu@0.4.9";
const fileName = "com.github.asus4.onnxruntime.linux-x64-gpu-0.4.9.tgz";
const sha512 =
  "FopIhNE/Ng+v2X65wVc9clPCBCvhvA53Hxo2U0Kf5fGdVsC7iCA+mZ0KLWggcQAj7TIZ6pNidR4AC10g74Xo6w==";

/**
 * Puts the provider's libraries into a folder; the package is downloaded once and checked each time.
 * Throws where its content is not the one that was reviewed.
 */
export function fetchCudaProvider(downloads: string, to: string): void {
  const file = path.join(downloads, fileName);
  mkdirSync(downloads, { recursive: true });
  if (!existsSync(file)) {
    const args = ["pack", packageName, "--ignore-scripts", "--pack-destination", downloads];
    execFileSync("npm", args, { stdio: ["ignore", "ignore", "inherit"] });
  }
  const found = createHash("sha512").update(readFileSync(file)).digest("base64");
  if (found !== sha512) {
    rmSync(file);
    throw new Error(`${packageName} has other content than expected: sha512 ${found}`);
  }
  const libraries = ["cuda", "shared"].map(
    (name) => `package/Plugins/Linux/x64/libonnxruntime_providers_${name}.so`,
  );
  const depth = "--strip-components=4";
  execFileSync("tar", ["-xzf", file, "-C", to, depth, ...libraries]);
}
