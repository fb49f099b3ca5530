import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useRef } from 'react';
import { type Column, Table } from './Figure';

/** Up to so many rows stand in the document all at once, where the browser's own search finds them. */
const mostAtOnce = 300;

const estimateSize = () => 26;

interface Rows<Row> {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row, at: number) => string;
}

/** Rows under column headings; of thousands only those in sight are in the document. */
export function LongTable<Row>({ caption, columns, rows, rowKey }: Rows<Row>) {
  return rows.length <= mostAtOnce ? <Table caption={caption} columns={columns} rows={rows} rowKey={rowKey} /> : <Windowed caption={caption} columns={columns} rows={rows} rowKey={rowKey} />;
}

function Windowed<Row>({ caption, columns, rows, rowKey }: Rows<Row>) {
  const scroll = useRef<HTMLDivElement>(null);
  const keyOf = useCallback((at: number) => rowKey(rows[at]!, at), [rows]);
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroll.current, estimateSize, overscan: 8, getItemKey: keyOf });
  const items = virtual.getVirtualItems();
  const above = items[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <div className="table windowed" role="group" aria-label={caption} tabIndex={0} ref={scroll}>
      <table aria-rowcount={rows.length + 1}>
        <caption className="unseen">{caption}</caption>
        <thead>
          <tr aria-rowindex={1}>{columns.map((column) => <th key={column.key} scope="col" className={column.isFigure ? 'figure' : undefined}>{column.title}</th>)}</tr>
        </thead>
        <tbody>
          {above > 0 && <tr aria-hidden="true"><td colSpan={columns.length} className="beyond" style={{ height: above }} /></tr>}
          {items.map(({ key, index }) => (
            <tr key={key} data-index={index} ref={virtual.measureElement} aria-rowindex={index + 2}>
              {columns.map((column) => <td key={column.key} className={column.isFigure ? 'figure' : undefined}>{column.cell(rows[index]!)}</td>)}
            </tr>
          ))}
          {below > 0 && <tr aria-hidden="true"><td colSpan={columns.length} className="beyond" style={{ height: below }} /></tr>}
        </tbody>
      </table>
    </div>
  );
}
