import { chmod, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/** A stand-in for the program of NVIDIA's driver, in a folder of its own. */
export interface FakeNvidiaSmi {
  readonly folder: string;
  /** The file that notes what it was asked, a line a call. */
  readonly calls: string;
  /** An environment in which it is found, and no other one. */
  readonly env: NodeJS.ProcessEnv;
  /** Makes it run a shell script; before that, there is no such program. */
  install(script: string): Promise<void>;
}

/** Makes the folder of a stand-in. */
export async function fakeNvidiaSmi(): Promise<FakeNvidiaSmi> {
  const folder = await mkdtemp(path.join(tmpdir(), "nvidia-smi-"));
  const calls = path.join(folder, "calls");
  return {
    folder,
    calls,
    env: { PATH: folder },
    async install(script) {
      const file = path.join(folder, "nvidia-smi");
      await writeFile(file, `#!/bin/sh\necho "$@" >> ${calls}\n${script}\n`);
      await chmod(file, 0o755);
    },
  };
}
