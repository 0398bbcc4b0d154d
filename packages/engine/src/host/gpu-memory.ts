import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Memory of a whole GPU, whoever uses it. */
export interface GpuMemory {
  readonly usedBytes: number;
  readonly totalBytes: number;
}

/** Memory of the GPU that a device of this name computes on; null where it is not known, undefined where it is no GPU. */
export type ReadGpuMemory = (device: string) => Promise<GpuMemory | null | undefined>;

/** The variables of the environment by which CUDA counts devices. */
type CudaEnvironment = Readonly<
  Partial<Record<"CUDA_VISIBLE_DEVICES" | "CUDA_DEVICE_ORDER", string | undefined>>
>;

interface Gpu extends GpuMemory {
  readonly index: string;
  readonly uuid: string;
  readonly name: string;
}

const fields = "index,uuid,name,memory.used,memory.total";
/** A driver that hangs is not waited for. */
const timeoutMs = 2000;
/** All who ask within this time get one answer: the program takes a moment, and pages ask often. */
const freshMs = 2000;

/**
 * Reads the memory of NVIDIA GPUs as their driver tells it, through its program `nvidia-smi`: ONNX Runtime tells none.
 * @param now In milliseconds. @default the clock
 * @param env Names the program's folders as well. @default the process's own
 */
export function createGpuMemory(
  now: () => number = () => performance.now(),
  env: NodeJS.ProcessEnv = process.env,
): ReadGpuMemory {
  let askedMs = Number.NEGATIVE_INFINITY;
  let answer: Promise<readonly Gpu[]> = Promise.resolve([]);
  return async (device) => {
    if (device === "cpu") return undefined;
    const number = /^cuda(?::(\d+))?$/.exec(device);
    if (number === null) return null;
    if (now() - askedMs >= freshMs) [askedMs, answer] = [now(), listGpus(env)];
    const found = gpuAt(await answer, Number(number[1] ?? 0), env);
    if (found === undefined) return null;
    const { usedBytes, totalBytes } = found;
    return { usedBytes, totalBytes };
  };
}

/** The GPUs that the driver lists; none where there is no driver, or it does not answer. */
async function listGpus(env: NodeJS.ProcessEnv): Promise<readonly Gpu[]> {
  const args = [`--query-gpu=${fields}`, "--format=csv,noheader,nounits"];
  try {
    const { stdout } = await promisify(execFile)("nvidia-smi", args, { env, timeout: timeoutMs });
    return stdout.split("\n").flatMap(parseLine);
  } catch {
    return [];
  }
}

function parseLine(line: string): readonly Gpu[] {
  const [index = "", uuid = "", name = "", used = "", total = ""] = line.split(/\s*,\s*/);
  // In MiB; what the driver does not tell is a word in brackets.
  const [usedBytes, totalBytes] = [Number(used) * 2 ** 20, Number(total) * 2 ** 20];
  const isTold = total !== "" && Number.isFinite(usedBytes) && Number.isFinite(totalBytes);
  return [{ index: index.trim(), uuid, name, usedBytes, totalBytes }].filter(() => isTold);
}

/**
 * The GPU that CUDA counts as a device. CUDA counts the fastest first, the driver by place; so unless they are told to count
 * alike, a number says which GPU it is only where all are of one kind.
 */
function gpuAt(
  gpus: readonly Gpu[],
  number: number,
  { CUDA_VISIBLE_DEVICES: visible, CUDA_DEVICE_ORDER: order }: CudaEnvironment,
): Gpu | undefined {
  const named = visible === undefined ? String(number) : visible.split(",")[number]?.trim();
  if (named === undefined || named === "") return undefined;
  if (named.startsWith("GPU-")) return gpus.find(({ uuid }) => uuid.startsWith(named));
  const isOneKind = new Set(gpus.map(({ name }) => name)).size <= 1;
  if (!isOneKind && order !== "PCI_BUS_ID") return undefined;
  return gpus.find(({ index }) => index === named);
}
