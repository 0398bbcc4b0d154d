import path from "node:path";
import { licenceIn, openFolder } from "./add-folder.ts";
import { nameOf } from "./checkpoint-files.ts";
import {
  type CheckpointComponent,
  holdsPart,
  partNamed,
  unknownPart,
  weightsOrAll,
} from "./component.ts";
import { classIn, configOf, dtypeOf, readConfig } from "./describe-component.ts";
import { identityOf } from "./file-identity.ts";
import { planComponents } from "./plan-components.ts";
import { adapterConfig, type PlannedComponent } from "./plan-folder.ts";

async function configIn(root: string, planned: PlannedComponent) {
  const config = configOf(planned);
  if (config === undefined) return { configPath: undefined, config: {} };
  const configPath = path.join(root, config);
  return { configPath, config: await readConfig(configPath) };
}

/** The folder's component of that name, or the one whose config lists it among several networks. */
async function componentNamed(
  root: string,
  parts: ReadonlyMap<string, PlannedComponent>,
  part: string,
): Promise<PlannedComponent> {
  const isAdapter = (planned: PlannedComponent): boolean =>
    nameOf(configOf(planned) ?? "") === adapterConfig;
  const found = partNamed(parts, part, (planned) => planned.isBare || isAdapter(planned));
  if (found !== undefined) return found;
  const whole = parts.get("model");
  if (whole !== undefined && holdsPart((await configIn(root, whole)).config, part)) return whole;
  throw unknownPart(`dir:${root}`, part, [...parts.keys()]);
}

/**
 * A part of a checkpoint in any folder, without adding it.
 * @param target Absolute: a folder, or one .safetensors file.
 * Throws: checkpoint.unreadable, checkpoint.part, checkpoint.pickle, checkpoint.damaged.
 */
export async function componentInFolder(
  target: string,
  part: string,
): Promise<CheckpointComponent> {
  const { root, files, modelIndex } = await openFolder(target);
  const planned = planComponents(files, { source: `dir:${target}`, modelIndex });
  const found = await componentNamed(root, new Map(planned.map((one) => [one.name, one])), part);
  const own = [...found.weights, ...found.others].map((file) => path.join(root, file.path));
  const { configPath, config } = await configIn(root, found);
  return {
    folder: path.join(root, found.folder),
    files: weightsOrAll(own),
    configPath,
    config,
    className: found.architecture ?? classIn(config),
    dtype: dtypeOf(root, found, undefined),
    digest: await identityOf(own),
    licence: await licenceIn(root),
  };
}
