// (c) Every network of the parity suite at its small size, against the CPU in float32. Arguments: device.
import {
  type BridgeConfig,
  clipText,
  clipTextEmbeds,
  clipVision,
  clipVisionEmbeds,
  imageBridge,
  imagePerceptron,
  imageProjection,
  imageResampler,
  ipAdapterKeys,
  ipAdapterProjection,
  type LlavaSequence,
  llava,
  originalLlava,
  type Provider,
  parseClipTextConfig,
  parseClipVisionConfig,
  parseLlavaConfig,
  parseUnetConfig,
  parseVaeConfig,
  queryBridge,
  renameKeys,
  textBridge,
  transformersLlava,
  type UnetOptions,
  unet2dCondition,
  vaeDecoder,
  vaeEncoder,
} from "../../../../packages/models/src/index.ts";
import { type ParityFixture, readFixture } from "../../../parity/read-fixture.ts";
import { limits, precisions } from "./limits.ts";
import { printRow } from "./row.ts";
import { type Case, errorToCpu } from "./run-network.ts";

const provider = (process.argv[2] ?? "cpu") as Provider;

async function compare<C, I extends string, O extends string, P extends string>(
  name: string,
  given: Omit<Case<C, I, O, P>, "feeds" | "weights">,
  { weights, inputs: feeds }: Pick<ParityFixture, "weights" | "inputs">,
): Promise<void> {
  for (const precision of precisions) {
    const error = await errorToCpu({ ...given, weights, feeds }, { provider, precision }).catch(
      (thrown: unknown) => {
        console.error(`${name}, ${precision}: ${String(thrown)}`);
        return Number.POSITIVE_INFINITY;
      },
    );
    const limit = limits[precision];
    printRow({ name: `${name}, ${precision}`, value: error, unit: "of greatest", limit });
  }
}

async function unets(): Promise<void> {
  for (const name of ["sd15", "edit-linear", "every-option", "no-middle", "ip-adapter"]) {
    const fixture = await readFixture("unet", name);
    const unet = parseUnetConfig(fixture.config);
    const config = { ...fixture.options, unet } as unknown as UnetOptions;
    const keys = ipAdapterKeys(unet);
    const weights = new Map([...fixture.weights].map(([key, it]) => [keys.get(key) ?? key, it]));
    await compare(`UNet ${name}`, { network: unet2dCondition, config }, { ...fixture, weights });
  }
}

async function autoencoders(): Promise<void> {
  for (const name of ["sd15", "every-option"]) {
    const fixture = await readFixture("vae", name);
    const vae = parseVaeConfig(fixture.config);
    const { imageSize, latentSize } = fixture.options as Record<string, readonly [number, number]>;
    if (imageSize === undefined || latentSize === undefined) throw new RangeError(name);
    const encoder = { network: vaeEncoder, config: { vae, imageSize } };
    await compare(`VAE encoder ${name}`, encoder, fixture);
    await compare(
      `VAE decoder ${name}`,
      { network: vaeDecoder, config: { vae, latentSize } },
      fixture,
    );
  }
}

async function clips(): Promise<void> {
  for (const name of ["text-quick-gelu-legacy-end", "text-gelu-named-end"]) {
    const fixture = await readFixture("clip", name);
    const config = parseClipTextConfig(fixture.config);
    await compare(`CLIP ${name}`, { network: clipText, config }, fixture);
    await compare(`CLIP ${name}, projected`, { network: clipTextEmbeds, config }, fixture);
  }
  for (const name of ["vision-quick-gelu", "vision-gelu"]) {
    const fixture = await readFixture("clip", name);
    const config = parseClipVisionConfig(fixture.config);
    await compare(`CLIP ${name}`, { network: clipVision, config }, fixture);
    await compare(`CLIP ${name}, projected`, { network: clipVisionEmbeds, config }, fixture);
  }
}

async function llavas(): Promise<void> {
  const names = [
    "grouped-heads",
    "class-kept-linear-scaling",
    "llama3-scaling-biased",
    "tower-apart",
  ];
  for (const name of names) {
    const fixture = await readFixture("llava", name);
    const { sequence, vision } = fixture.options as {
      readonly sequence: LlavaSequence;
      readonly vision?: unknown;
    };
    const keys = name === "tower-apart" ? originalLlava : transformersLlava;
    const weights = renameKeys(fixture.weights, keys.rename);
    const config = parseLlavaConfig({ llava: fixture.config, vision }, sequence);
    await compare(`LLaVA ${name}`, { network: llava, config }, { ...fixture, weights });
  }
}

async function bridges(): Promise<void> {
  for (const name of ["text-doubled", "text-odd"]) {
    const fixture = await readFixture("bridges", name);
    const config = fixture.options as unknown as BridgeConfig;
    await compare(`Q-Former ${name}`, { network: queryBridge, config }, fixture);
    await compare(`interaction ${name}`, { network: textBridge, config }, fixture);
  }
  const fixture = await readFixture("bridges", "image");
  const config = fixture.options as unknown as BridgeConfig;
  await compare("image alignment adapter", { network: imageBridge, config }, fixture);
}

async function ipAdapters(): Promise<void> {
  const prefix = "image_proj";
  for (const name of ["plain", "plus", "full"]) {
    const fixture = await readFixture("ip-adapter", name);
    const found = ipAdapterProjection(fixture.weights, 6);
    const title = `IP-Adapter ${name}`;
    if (found.kind === "plain") {
      await compare(title, { network: imageProjection, config: found.config, prefix }, fixture);
    } else if (found.kind === "plus") {
      await compare(title, { network: imageResampler, config: found.config, prefix }, fixture);
    } else {
      await compare(title, { network: imagePerceptron, config: found.config, prefix }, fixture);
    }
  }
}

for (const group of [unets, autoencoders, clips, llavas, bridges, ipAdapters]) await group();
