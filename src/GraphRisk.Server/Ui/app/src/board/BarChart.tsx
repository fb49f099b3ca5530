export interface BarRow {
  key: string;
  title: string;
  value: number | null;
}

/** Bars from nought, longest first as the rows come; the table beside it says the same. */
export function BarChart({ rows, title, format }: { rows: readonly BarRow[]; title: string; format: (value: number | null) => string }) {
  const most = Math.max(...rows.map((row) => row.value ?? 0), 0) || 1;
  return (
    <div className="waterfall" role="img" aria-label={title}>
      {rows.map((row) => (
        <div key={row.key} className="step bar-own" aria-hidden="true">
          <span className="label">{row.title}</span>
          <span className="track wide">
            <span className="fill" style={{ left: 0, width: `${(Math.max(row.value ?? 0, 0) / most) * 100}%` }} />
            <span className="points" style={{ left: `${(Math.max(row.value ?? 0, 0) / most) * 100}%` }}>{format(row.value)}</span>
          </span>
        </div>
      ))}
    </div>
  );
}
