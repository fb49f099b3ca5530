// An answer as a table and a chart: the first list of objects in it, a column for each value below a row by single fields.
const MOST_ROWS = 200;
const MOST_BARS = 20;

function listIn(value) {
  if (Array.isArray(value)) return value.some((item) => item && typeof item === 'object') ? value : null;
  if (!value || typeof value !== 'object') return null;
  for (const inner of Object.values(value)) {
    const found = listIn(inner);
    if (found) return found;
  }
  return null;
}

function cellsOf(row, prefix = '', cells = {}) {
  for (const [name, value] of Object.entries(row ?? {})) {
    if (value && typeof value === 'object' && !Array.isArray(value)) cellsOf(value, `${prefix}${name}.`, cells);
    else cells[prefix + name] = Array.isArray(value) ? JSON.stringify(value) : value;
  }
  return cells;
}

const isNumber = (value) => typeof value === 'number' || (typeof value === 'string' && value !== '' && Number.isFinite(Number(value)));

function Chart({ rows, label, number }) {
  const shown = rows.slice(0, MOST_BARS);
  const widest = Math.max(...shown.map((row) => Math.abs(Number(row[number] ?? 0))), Number.MIN_VALUE);
  return (
    <svg className="chart" role="img" aria-label={`${number} by ${label}`} viewBox={`0 0 640 ${shown.length * 20 + 20}`}>
      <text x="0" y="14">{`${number} by ${label}`}</text>
      {shown.map((row, at) => (
        <g key={at} transform={`translate(0 ${at * 20 + 20})`}>
          <text x="0" y="14">{String(row[label] ?? '').slice(0, 22)}</text>
          <rect x="220" y="3" height="14" width={(Math.abs(Number(row[number] ?? 0)) / widest) * 300} />
          <text x={226 + (Math.abs(Number(row[number] ?? 0)) / widest) * 300} y="14">{row[number] ?? 'not known'}</text>
        </g>
      ))}
    </svg>
  );
}

export function Answer({ answer }) {
  const rows = (listIn(answer?.data) ?? []).map((row) => cellsOf(row));
  if (rows.length === 0) return null;
  const columns = [...new Set(rows.flatMap(Object.keys))];
  const number = columns.find((name) => rows.some((row) => isNumber(row[name])) && rows.every((row) => row[name] == null || isNumber(row[name])));
  const label = columns.find((name) => name !== number && rows.some((row) => typeof row[name] === 'string'));
  return (
    <details className="answer" open>
      <summary>{`As a table: ${rows.length} rows${rows.length > MOST_ROWS ? `, the first ${MOST_ROWS} shown` : ''}`}</summary>
      <div>
        <table>
          <thead>
            <tr>
              {columns.map((name) => (
                <th key={name}>{name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, MOST_ROWS).map((row, at) => (
              <tr key={at}>
                {columns.map((name) => (
                  <td key={name}>{row[name] == null ? '' : String(row[name])}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        {number && label && <Chart rows={rows} label={label} number={number} />}
      </div>
    </details>
  );
}
