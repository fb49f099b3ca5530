import { type KeyboardEvent, type PointerEvent, type ReactNode, type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { useText } from '../text/text';

interface View {
  x: number;
  y: number;
  scale: number;
}

const least = 0.08;
const most = 2.5;

/** Where a drawing begins in its frame: in its middle where it fits, else so that its centre is in sight and no room is left empty. */
function along(room: number, length: number, centre: number): number {
  return length <= room ? (room - length) / 2 : Math.min(0, Math.max(room - length, room / 2 - centre));
}

/** A drawing in SVG that can be moved and enlarged: by dragging, by Ctrl and the wheel, by two fingers, or by its buttons. */
export function Picture({ label, width, height, picture, centre, children, onKeyDown }: {
  label: string; width: number; height: number; picture: RefObject<SVGSVGElement | null>;
  /** What is brought into sight when it changes. */
  centre: { x: number; y: number } | null; children: ReactNode; onKeyDown?: (event: KeyboardEvent) => void;
}) {
  const { t } = useText();
  const [view, setView] = useState<View>({ x: 0, y: 0, scale: 1 });
  const drag = useRef<{ x: number; y: number; view: View } | null>(null);
  const room = useCallback(() => picture.current?.getBoundingClientRect() ?? { width: 800, height: 500, left: 0, top: 0 }, [picture]);
  const fit = useCallback(() => {
    const { width: wide, height: high } = room();
    const scale = Math.min(1, Math.max(least, Math.min(wide / width, high / height)));
    setView({ scale, x: (wide - width * scale) / 2, y: (high - height * scale) / 2 });
  }, [height, room, width]);
  // A chart that is legible as a whole is shown as a whole, a larger one around its centre.
  useEffect(() => {
    const { width: wide, height: high } = room();
    const whole = Math.min(wide / width, high / height);
    if (whole >= 0.7 || !centre) return fit();
    const scale = Math.max(0.7, whole);
    setView({ scale, x: along(wide, width * scale, centre.x * scale), y: along(high, height * scale, centre.y * scale) });
  }, [centre?.x, centre?.y, fit, height, room, width]);
  const zoom = useCallback((factor: number, at?: { x: number; y: number }) => {
    const { width: wide, height: high } = room();
    const point = at ?? { x: wide / 2, y: high / 2 };
    setView((before) => {
      const scale = Math.min(most, Math.max(least, before.scale * factor));
      const by = scale / before.scale;
      return { scale, x: point.x - (point.x - before.x) * by, y: point.y - (point.y - before.y) * by };
    });
  }, [room]);
  useEffect(() => {
    const drawing = picture.current;
    if (!drawing) return;
    const wheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const { left, top } = drawing.getBoundingClientRect();
      zoom(Math.exp(-event.deltaY / 300), { x: event.clientX - left, y: event.clientY - top });
    };
    drawing.addEventListener('wheel', wheel, { passive: false });
    return () => drawing.removeEventListener('wheel', wheel);
  }, [picture, zoom]);
  const down = (event: PointerEvent<SVGSVGElement>) => {
    if (event.button !== 0 || (event.target as Element).closest('[data-node]')) return;
    drag.current = { x: event.clientX, y: event.clientY, view };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const moved = (event: PointerEvent) => {
    const from = drag.current;
    if (from) setView({ ...from.view, x: from.view.x + event.clientX - from.x, y: from.view.y + event.clientY - from.y });
  };
  // Whoever walks by keyboard sees where they are.
  const focused = (event: { target: EventTarget }) => {
    const node = (event.target as Element).closest('[data-node]');
    const box = node?.getBoundingClientRect();
    const frame = room();
    if (!box || ('right' in frame && box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom)) return;
    setView((before) => ({
      ...before,
      x: before.x + frame.left + frame.width / 2 - (box.left + box.width / 2),
      y: before.y + frame.top + frame.height / 2 - (box.top + box.height / 2),
    }));
  };
  return (
    <div className="picture">
      <div className="picture-tools" role="toolbar" aria-label={t('chart.view')}>
        <Button className="quiet-button" aria-label={t('chart.larger')} onPress={() => zoom(1.25)}>+</Button>
        <Button className="quiet-button" aria-label={t('chart.smaller')} onPress={() => zoom(0.8)}>−</Button>
        <Button className="quiet-button" onPress={fit}>{t('chart.whole')}</Button>
      </div>
      <svg ref={picture} role="group" aria-label={label} onPointerDown={down} onPointerMove={moved} onKeyDown={onKeyDown} onFocus={focused}
        onPointerUp={() => (drag.current = null)} onPointerCancel={() => (drag.current = null)}>
        <g data-pan="" transform={`translate(${view.x} ${view.y}) scale(${view.scale})`}>{children}</g>
      </svg>
    </div>
  );
}
