import type { ComponentType } from "react";
import type { ClassicPreset } from "rete";
import type { RenderEmit } from "rete-react-plugin";
import { FaultGuard } from "../parts/fault-guard.tsx";
import type { Editor } from "../state/editor.ts";
import { LinkView } from "./link-view.tsx";
import { NodeView } from "./node-view.tsx";
import type { PortSocket, ReteConnection, ReteNode, Schemes } from "./rete-schemes.ts";
import { SocketView } from "./socket-view.tsx";

/** The components Rete draws with; each is its own React root, so they get the editor here. */
export interface CanvasParts {
  readonly node: ComponentType<{ data: ReteNode; emit: RenderEmit<Schemes> }>;
  readonly link: ComponentType<{ data: ReteConnection }>;
  readonly socket: ComponentType<{ data: ClassicPreset.Socket }>;
}

/** Components that read and change this editor. */
export function createCanvasParts(editor: Editor): CanvasParts {
  return {
    node: ({ data, emit }) => (
      <FaultGuard what="node">
        <NodeView editor={editor} id={data.id} emit={emit} />
      </FaultGuard>
    ),
    link: ({ data }) => <LinkView editor={editor} link={data} />,
    socket: ({ data }) => <SocketView editor={editor} end={(data as PortSocket).end} />,
  };
}
