import { createRequire } from "node:module";

/** A matrix in OpenCV's memory; whoever makes one deletes it. */
interface Matrix {
  /** A view of the memory, which is gone once OpenCV's memory grows: read it anew each time. */
  readonly data: Uint8Array;
  delete(): void;
}

/** As much of OpenCV as is used here. */
interface OpenCv {
  readonly Mat: new (rows?: number, columns?: number, type?: number) => Matrix;
  readonly Rect: new (x: number, y: number, width: number, height: number) => object;
  readonly CV_8UC1: number;
  readonly CV_8UC3: number;
  readonly GC_INIT_WITH_MASK: number;
  grabCut(
    image: Matrix,
    mask: Matrix,
    box: object,
    background: Matrix,
    foreground: Matrix,
    iterations: number,
    mode: number,
  ): void;
  setRNGSeed(seed: number): void;
  onRuntimeInitialized?: () => void;
}

const require = createRequire(import.meta.url);

let opening: Promise<{ readonly cv: OpenCv }> | undefined;

const faultEvents = ["uncaughtException", "unhandledRejection"] as const;

/** Loads the module without its listeners for faults: they would end the process, printing 10 MB of its code. */
function requireQuietly(): OpenCv {
  const before = new Set(faultEvents.flatMap((event) => process.rawListeners(event)));
  const cv: OpenCv = require("@techstark/opencv-js");
  for (const event of faultEvents) {
    for (const listener of process.rawListeners(event)) {
      if (!before.has(listener)) process.off(event, listener as () => void);
    }
  }
  return cv;
}

/** The module is filled when it is ready; an import of it would be taken apart before that. */
async function load(): Promise<{ readonly cv: OpenCv }> {
  const cv = requireQuietly();
  if (cv.Mat === undefined) {
    await new Promise<void>((resolve) => {
      cv.onRuntimeInitialized = resolve;
    });
  }
  return { cv };
}

/** OpenCV compiled to WebAssembly, loaded when it is first needed: some 0.6 s. */
export function openCv(): Promise<{ readonly cv: OpenCv }> {
  opening ??= load();
  return opening;
}
