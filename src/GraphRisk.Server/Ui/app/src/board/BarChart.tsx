import { barOf } from './bars';

export interface BarRow {
  key: string;
  title: string;
  value: number | null;
}

/** Bars from nought to either side, in the order of their rows; the table beside it says the same. */
export function BarChart({ rows, title, format }: { rows: readonly BarRow[]; title: string; format: (value: number | null) => string }) {
  const [low, high] = [Math.min(...rows.map((row) => row.value ?? 0), 0), Math.max(...rows.map((row) => row.value ?? 0), 0)];
  return (
    <div className="waterfall" role="img" aria-label={title}>
      {rows.map((row) => {
        const { left, width, end } = barOf(row.value, low, high);
        return (
          <div key={row.key} className={`step ${(row.value ?? 0) < 0 ? 'bar-contagion' : 'bar-own'}`} aria-hidden="true">
            <span className="label">{row.title}</span>
            <span className="track wide">
              <span className="fill" style={{ left: `${left}%`, width: `${width}%` }} />
              <span className="points" style={{ left: `${end}%` }}>{format(row.value)}</span>
            </span>
          </div>
        );
      })}
    </div>
  );
}
