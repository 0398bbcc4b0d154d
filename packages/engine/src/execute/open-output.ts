import { elementOf } from "../graph/port-type.ts";
import type { Stream } from "../node/define-port.ts";
import { toInputError } from "../node/input-error.ts";
import { type Call, runOnValues } from "./call.ts";
import { checkOutputs, hashValue } from "./hash-outputs.ts";
import { recordFailure } from "./run-state.ts";
import { createTally } from "./tally.ts";
import type { OpenedStream, Value } from "./value.ts";

async function* hashedItems(
  call: Call,
  output: string,
  type: string,
  key: string | undefined,
  stream: Stream<unknown>,
): AsyncGenerator<Value, void> {
  const { definition, scope, step } = call;
  const { run } = scope;
  const element = elementOf(type);
  const tally = createTally(scope.emit, run.now, stream.length);
  const { nodeId } = step;
  const done = { type: "node-finished", nodeId, cached: false, ms: 0, previews: {} } as const;
  let index = 0;
  tally.emit?.({ type: "node-started", nodeId });
  try {
    for await (const item of stream) {
      run.signal.throwIfAborted();
      const producer = { definition, output: `${output}.${index}`, key, portTypes: run.portTypes };
      index++;
      tally.emit?.({ ...done, digests: {} });
      yield hashValue(item, element, producer);
    }
  } catch (thrown) {
    throw recordFailure(toInputError(thrown, definition), nodeId, {
      ...scope,
      emit: tally.emit,
    });
  } finally {
    tally.close();
  }
}

/** Runs a node for one of its stream outputs; items are made as they are taken. */
export async function openOutput(
  call: Call,
  output: string,
  type: string,
  key: string | undefined,
): Promise<OpenedStream> {
  const { definition, scope, step } = call;
  try {
    const { returned } = await runOnValues(call);
    const stream = checkOutputs(definition, returned)[output] as Stream<unknown>;
    const length = stream.length === undefined ? {} : { length: stream.length };
    return { ...length, items: hashedItems(call, output, type, key, stream) };
  } catch (thrown) {
    throw recordFailure(thrown, step.nodeId, scope);
  }
}
