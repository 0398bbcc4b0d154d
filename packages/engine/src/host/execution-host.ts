import type { NodeCatalogue } from "../graph/catalogue.ts";
import type { GraphDocument, Json } from "../graph/document.ts";
import type { Issue } from "../graph/issue.ts";
import type { PortCatalogue } from "../graph/port-look.ts";
import type { RunEnding, RunEvent } from "../protocol/run-event.ts";

/** What a host can run, and on what. */
export interface HostFacts {
  readonly catalogue: NodeCatalogue;
  readonly portTypes: PortCatalogue;
  /** What it computes on, in words. */
  readonly device: string;
  /** Names of the devices that a run can ask for. */
  readonly devices: readonly string[];
  /** Version of ONNX Runtime. */
  readonly runtime: string;
}

/** Memory of an execution process. */
export interface ProcessMemory {
  /** Name of the device that it computes on. */
  readonly device: string;
  readonly usedBytes: number;
  /** With more than this, it is ended. */
  readonly limitBytes: number;
}

/** A graph to run. */
export interface RunRequest {
  readonly graph: GraphDocument;
  /** Ids of the wanted nodes. @default output nodes and graph outputs */
  readonly outputs?: readonly string[];
  /** Name of the device to run on. @default the one with the fewest runs */
  readonly device?: string;
  /** Whether events carry previews. @default true */
  readonly hasPreviews?: boolean;
  /**
   * Where the values of the named outputs go, as the keeper of the execution process reads it; only nodes that they
   * depend on run. @default nowhere
   */
  readonly keep?: Json;
}

/** A run that the host has accepted. */
export interface StartedRun {
  readonly issues?: undefined;
  /** How the run ended; never rejects. */
  readonly ended: Promise<RunEnding>;
  /** Asks the run to end; a run that does not comply in time is ended by force. */
  cancel(): void;
}

/** A run that cannot start, with everything that is wrong with its graph. */
export interface RejectedRun {
  readonly issues: readonly Issue[];
}

/** Where graphs are executed. `host.contract.ts` states what every implementation does. */
export interface ExecutionHost {
  /** Throws: why the host cannot start. */
  facts(): Promise<HostFacts>;
  /** What is wrong with a graph; nothing runs. Throws: why the host cannot start. */
  check(request: RunRequest): Promise<readonly Issue[]>;
  /**
   * Starts a run unless its graph has issues.
   * @param emit Receives each event in order, the ending last; never called before `run` resolves.
   * Throws: why the host cannot start.
   */
  run(request: RunRequest, emit: (event: RunEvent) => void): Promise<StartedRun | RejectedRun>;
  /** Migrates a graph's nodes to the versions of the catalogue; unchanged where that fails. */
  migrate(graph: GraphDocument): Promise<GraphDocument>;
  /** Memory of the processes that are ready, as they last told. */
  memory(): readonly ProcessMemory[];
  /** Cancels all runs and frees what the host holds; everything asked afterwards is refused. */
  close(): Promise<void>;
}
