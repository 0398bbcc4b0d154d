import { type CheckpointFile, folderOf, nameOf } from "./checkpoint-files.ts";

/** Precisions of exported graphs as their file names end, those nearest to single precision first. */
const precisions = ["", "fp16", "quantized", "int8", "uint8", "q4f16", "q4", "bnb4"];
/** What `--variant` may also call a precision. */
const precisionNames: Readonly<Record<string, string>> = { fp32: "", q8: "quantized" };
const graphName = /^(.+?)(?:_(fp16|quantized|int8|uint8|q4f16|q4|bnb4))?\.onnx$/;
/** Graphs that another one of the folder makes needless. */
const merged = "decoder_model_merged";
const unmerged = ["decoder_model", "decoder_with_past_model"];

/** A graph's name and precision by its file; undefined for other files. */
export function readGraphName(file: string) {
  const [, name, precision = ""] = graphName.exec(nameOf(file)) ?? [];
  return name === undefined ? undefined : { name, precision };
}

/** The graphs that belong to a folder: in it, or in its folder `onnx`. */
export function graphsOf(folder: string, files: readonly CheckpointFile[]): CheckpointFile[] {
  const places = [folder, folder === "" ? "onnx" : `${folder}/onnx`];
  const isGraph = (file: string): boolean => /\.onnx(_data(_\d+)?)?$/.test(file);
  return files.filter(({ path }) => isGraph(path) && places.includes(folderOf(path)));
}

/** Whether a variant asks for ONNX graphs even beside other weights: "onnx", "onnx-fp16", … */
export const wantsGraphs = (variant = ""): boolean => /^onnx(-|$)/.test(variant);

/** Each graph in one precision, with the files of its weights. @param variant The precision to prefer. @default the full one */
export function chooseGraphs(files: readonly CheckpointFile[], variant = ""): CheckpointFile[] {
  const precision = variant.replace(/^onnx-?/, "");
  const wanted = precisionNames[precision] ?? precision;
  const rank = (precision: string): number =>
    precision === wanted ? -1 : precisions.indexOf(precision);
  const chosen = new Map<string, { readonly file: CheckpointFile; readonly rank: number }>();
  for (const file of files) {
    const graph = readGraphName(file.path);
    if (graph === undefined) continue;
    const known = chosen.get(graph.name);
    const own = rank(graph.precision);
    if (known === undefined || own < known.rank) chosen.set(graph.name, { file, rank: own });
  }
  if (chosen.has(merged)) for (const name of unmerged) chosen.delete(name);
  return [...chosen.values()].flatMap(({ file }) => [
    file,
    ...files.filter(({ path }) => path.startsWith(`${file.path}_data`)),
  ]);
}
