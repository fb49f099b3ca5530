import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef, type ReactNode } from 'react';
import type { Column } from '../app/Figure';

const rowHeight = 30;
const gap = 10;

const estimateSize = () => rowHeight;

/** What columns need at least; in a narrower window the list is moved sideways. */
const leastWidth = (columns: readonly { width: string }[]) => columns.reduce((sum, { width }) => sum + gap + Number(/(\d+)px/.exec(width)?.[1] ?? 0), 0);

/** Rows of which only those in sight are in the document; the next page is asked for before its place is reached. Arrows go from row to row, Enter opens the chosen one. */
export function LongList<Row extends { id: string }>({ caption, columns, rows, total, more, chosen, choose, open }: {
  caption: string; columns: readonly (Column<Row> & { width: string })[]; rows: readonly Row[]; total: number; more: () => void; chosen: string | null; choose: (row: Row) => void;
  /** What Enter does with the chosen row, where it leads further. */
  open?: (row: Row) => void;
}): ReactNode {
  const scroll = useRef<HTMLDivElement>(null);
  // The same function while the rows are the same: another one makes the places of all of them be reckoned anew, with each frame of a scroll.
  const keyOf = useCallback((at: number) => rows[at]!.id, [rows]);
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroll.current, estimateSize, overscan: 6, getItemKey: keyOf });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? -1;
  useEffect(() => {
    if (last >= rows.length - 20) more();
  }, [last, rows.length]);
  const template = columns.map((column) => column.width).join(' ');
  const minWidth = leastWidth(columns);
  const at = chosen === null ? -1 : rows.findIndex((row) => row.id === chosen);
  const go = (to: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, to))];
    if (!row) return;
    choose(row);
    virtual.scrollToIndex(rows.indexOf(row));
  };
  return (
    <div className="long-list" role="table" aria-label={caption} aria-rowcount={total + 1} onKeyDown={(event) => {
      if (event.key === 'Enter' && open && at >= 0 && event.target === scroll.current) return open(rows[at]!);
      const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 15, PageUp: -15 }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      go(at < 0 ? 0 : at + step);
    }}>
      <div role="rowgroup">
        <div role="row" aria-rowindex={1} className="long-row long-head" style={{ gridTemplateColumns: template, minWidth }}>
          {columns.map((column) => <span key={column.key} role="columnheader" className={column.isFigure ? 'figure' : undefined}>{column.title}</span>)}
        </div>
      </div>
      <div className="long-scroll" ref={scroll} role="rowgroup" tabIndex={0} style={{ minWidth }}>
        <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {items.map((item) => {
            const row = rows[item.index]!;
            return (
              <div key={item.key} role="row" aria-rowindex={item.index + 2} aria-selected={row.id === chosen} className={row.id === chosen ? 'long-row chosen' : 'long-row'}
                style={{ gridTemplateColumns: template, position: 'absolute', top: 0, left: 0, right: 0, height: rowHeight, transform: `translateY(${item.start}px)` }} onClick={() => choose(row)}>
                {columns.map((column) => <span key={column.key} role="cell" className={column.isFigure ? 'figure' : undefined}>{column.cell(row)}</span>)}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
