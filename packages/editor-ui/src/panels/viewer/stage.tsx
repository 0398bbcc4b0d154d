import {
  type CSSProperties,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useEffect,
  useRef,
} from "react";
import { words } from "../../messages/messages.ts";
import { type PictureView, type Size, zoomAt } from "./view-math.ts";
import type { ViewPicture } from "./view-pictures.ts";

interface StageProps {
  readonly label: string;
  /** The first lies below; all are drawn as large as the first. */
  readonly layers: readonly ViewPicture[];
  /** How the second lies on the first. */
  readonly blend?: "cut" | "difference";
  /** Share of the first that is left free, in percent. */
  readonly share?: number;
  readonly size: Size | undefined;
  readonly view: PictureView;
  readonly children?: ReactNode;
  change(view: PictureView): void;
  /** In px of the frame. */
  point(at: { readonly x: number; readonly y: number }, isClick: boolean): void;
  /** Tells the size of the frame, at first and whenever it changes. */
  measure(frame: Size): void;
}

/** A frame in which pictures are moved and zoomed by wheel, drag, pinch and keys. */
export function Stage(props: StageProps): ReactNode {
  const { label, layers, blend, share = 50, size, view, children, change } = props;
  const frame = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  latest.current = props;
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    return listenToFrame(element, () => latest.current);
  }, []);
  const drag = useDrag(view, change, (at, isClick) => props.point(at, isClick));
  const style: CSSProperties = {
    width: size?.width,
    height: size?.height,
    transform: `translate(${view.x}px, ${view.y}px) scale(${view.scale})`,
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring form semantics and styles
    <div
      ref={frame}
      className="stage"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move the picture
      tabIndex={0}
      role="group"
      aria-label={label}
      data-blend={blend}
      data-pixels={view.scale >= 3}
      style={{ "--share": `${share}%` } as CSSProperties}
      onKeyDown={(event) => press(event, view, change)}
      {...drag}
    >
      {layers.map((picture, at) => (
        <div key={picture.id} className="stage-layer" data-top={at > 0}>
          <img src={picture.url} alt="" draggable={false} style={style} />
        </div>
      ))}
      {size === undefined && <p className="stage-words">{words.loadingPicture}</p>}
      {children}
    </div>
  );
}

/** A wheel must not scroll the page, which React's own listener cannot prevent. */
function listenToFrame(element: HTMLElement, props: () => StageProps): () => void {
  const wheel = (event: WheelEvent) => {
    event.preventDefault();
    const { left, top } = element.getBoundingClientRect();
    const at = { x: event.clientX - left, y: event.clientY - top };
    props().change(zoomAt(props().view, 2 ** (-event.deltaY / 300), at));
  };
  element.addEventListener("wheel", wheel, { passive: false });
  const observer = new ResizeObserver(() => {
    props().measure({ width: element.clientWidth, height: element.clientHeight });
  });
  observer.observe(element);
  return () => {
    element.removeEventListener("wheel", wheel);
    observer.disconnect();
  };
}

const keySteps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [40, 0],
  ArrowRight: [-40, 0],
  ArrowUp: [0, 40],
  ArrowDown: [0, -40],
};

function press(event: KeyboardEvent, view: PictureView, change: (view: PictureView) => void): void {
  const [x, y] = keySteps[event.key] ?? [];
  const { clientWidth, clientHeight } = event.currentTarget;
  const middle = { x: clientWidth / 2, y: clientHeight / 2 };
  if (x !== undefined && y !== undefined) change({ ...view, x: view.x + x, y: view.y + y });
  else if (event.key === "+" || event.key === "=") change(zoomAt(view, 1.25, middle));
  else if (event.key === "-") change(zoomAt(view, 0.8, middle));
  else return;
  event.preventDefault();
}

interface Spot {
  readonly x: number;
  readonly y: number;
}

/** One pointer moves the picture, two pinch it. */
function useDrag(
  view: PictureView,
  change: (view: PictureView) => void,
  point: (at: Spot, isClick: boolean) => void,
) {
  const held = useRef(new Map<number, Spot>());
  const moved = useRef(0);
  const spotOf = ({ currentTarget, clientX, clientY }: PointerEvent<HTMLElement>): Spot => {
    const { left, top } = currentTarget.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  };
  const letGo = (event: PointerEvent<HTMLElement>) => {
    const isClick = held.current.delete(event.pointerId) && moved.current < 4;
    if (isClick) point(spotOf(event), true);
  };
  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      held.current.set(event.pointerId, spotOf(event));
      moved.current = 0;
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const at = spotOf(event);
      point(at, false);
      const before = held.current.get(event.pointerId);
      if (before === undefined) return;
      moved.current += Math.hypot(at.x - before.x, at.y - before.y);
      const other = [...held.current].find(([id]) => id !== event.pointerId)?.[1];
      held.current.set(event.pointerId, at);
      if (other === undefined) {
        change({ ...view, x: view.x + at.x - before.x, y: view.y + at.y - before.y });
        return;
      }
      const spread = (spot: Spot) => Math.max(1, Math.hypot(spot.x - other.x, spot.y - other.y));
      change(zoomAt(view, spread(at) / spread(before), other));
    },
    onPointerUp: letGo,
    onPointerCancel: letGo,
  };
}
