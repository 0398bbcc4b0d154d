import type { Schemas } from "@insightgraph/client";
import { api, callServer } from "./call-server.ts";

/** Memory of the execution processes and of the machine, in bytes. */
export interface ServerMemory {
  readonly processes: readonly Schemas["ProcessMemory"][];
  readonly machine: Schemas["MachineMemory"];
}

/** Reads what the server knows of memory. Throws: `ServerError`. */
export const readMemory = (): Promise<ServerMemory> => callServer(api.GET("/api/memory"));
