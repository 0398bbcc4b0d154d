/** Characters start at "0"; five bits each, the sixth says that more follow. */
const [firstCode, valueBits, moreBit, signBit] = [48, 0x1f, 0x20, 0x10];

/**
 * Runs as COCO's compressed text: from the fourth on, each as the difference to the run two before it.
 * Source: the coding of pycocotools (rleToString).
 */
export function packRuns(runs: readonly number[]): string {
  const codes: number[] = [];
  for (const [at, run] of runs.entries()) {
    let rest = at > 2 ? run - (runs[at - 2] as number) : run;
    for (let isMore = true; isMore; ) {
      const bits = rest & valueBits;
      rest >>= 5;
      isMore = (bits & signBit) === 0 ? rest !== 0 : rest !== -1;
      codes.push(firstCode + (isMore ? bits | moreBit : bits));
    }
  }
  let text = "";
  const step = 8192;
  for (let at = 0; at < codes.length; at += step) {
    text += String.fromCharCode(...codes.slice(at, at + step));
  }
  return text;
}

/** The runs of a compressed text; undefined where it ends within a number or holds other characters. */
export function unpackRuns(text: string): readonly number[] | undefined {
  const runs: number[] = [];
  for (let at = 0; at < text.length; ) {
    let [run, shift, code] = [0, 0, 0];
    do {
      code = text.charCodeAt(at++) - firstCode;
      if (!(code >= 0 && code < 64) || shift > 30) return undefined;
      run |= (code & valueBits) << shift;
      shift += 5;
    } while ((code & moreBit) !== 0);
    if ((code & signBit) !== 0 && shift < 32) run |= -1 << shift;
    runs.push(runs.length > 2 ? run + (runs[runs.length - 2] as number) : run);
  }
  return runs;
}
