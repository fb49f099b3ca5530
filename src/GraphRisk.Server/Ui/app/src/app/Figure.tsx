import { useState, type ReactNode } from 'react';
import { ToggleButton } from 'react-aria-components';
import { useText } from '../text/text';

export interface Column<Row> {
  key: string;
  title: string;
  /** Figures stand to the right. */
  isFigure?: boolean;
  cell: (row: Row) => ReactNode;
}

/** Rows under column headings. */
export function Table<Row>({ caption, columns, rows, rowKey }: {
  caption: string; columns: readonly Column<Row>[]; rows: readonly Row[]; rowKey: (row: Row, at: number) => string;
}) {
  return (
    <div className="table" role="group" aria-label={caption} tabIndex={0}>
      <table>
        <caption className="unseen">{caption}</caption>
        <thead>
          <tr>{columns.map((column) => <th key={column.key} scope="col" className={column.isFigure ? 'figure' : undefined}>{column.title}</th>)}</tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={rowKey(row, at)}>
              {columns.map((column) => <td key={column.key} className={column.isFigure ? 'figure' : undefined}>{column.cell(row)}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A chart and the table that says the same; one click or key leads from one to the other, and print shows both. */
export function Figure<Row>({ title, chart, columns, rows, rowKey }: {
  title: string; chart: ReactNode; columns: readonly Column<Row>[]; rows: readonly Row[]; rowKey: (row: Row, at: number) => string;
}) {
  const { t } = useText();
  const [isTable, show] = useState(false);
  return (
    <figure className="pair">
      <figcaption>
        <span>{title}</span>
        <ToggleButton className="quiet-button" isSelected={isTable} onChange={show}>{isTable ? t('app.asChart') : t('app.asTable')}</ToggleButton>
      </figcaption>
      <div className={isTable ? 'only-print' : undefined}>{chart}</div>
      <div className={isTable ? undefined : 'only-print'}><Table caption={title} columns={columns} rows={rows} rowKey={rowKey} /></div>
    </figure>
  );
}
