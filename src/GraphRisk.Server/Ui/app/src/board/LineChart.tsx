import './board.css';

export interface Axis {
  /** Ascending; the first and the last are the ends of the axis. */
  ticks: readonly { at: number; text: string }[];
  title?: string;
}

export interface Line {
  key: string;
  title: string;
  points: readonly { x: number; y: number | null }[];
  /** A line to compare by, such as that of chance. */
  isGuide?: boolean;
}

/** Lines over an axis, each told from the others by colour and by dashes. Its texts are the page's, so that they are read at any width; the table beside it says the same. */
export function LineChart({ title, lines, x, y }: { title: string; lines: readonly Line[]; x: Axis; y: Axis }) {
  const across = place(x);
  const up = place(y);
  const drawn = lines.map((line, at) => ({ ...line, style: line.isGuide ? 'line-guide' : `line-${at % 8}` }));
  return (
    <div className="line-chart" role="img" aria-label={title}>
      <div className="plot" aria-hidden="true">
        <div className="y-axis">{y.ticks.map((tick) => <span key={tick.at} style={{ bottom: `${up(tick.at)}%` }}>{tick.text}</span>)}</div>
        <svg viewBox="0 0 100 100" preserveAspectRatio="none">
          {y.ticks.map((tick) => <path key={tick.at} className="grid-line" d={`M0 ${100 - up(tick.at)}H100`} />)}
          {drawn.map((line) => (
            <g key={line.key} className={line.style}>
              <path className="course" d={pathOf(line.points.map(({ x: at, y: value }) => (value === null ? null : [across(at), 100 - up(value)])))} />
              {!line.isGuide && line.points.length <= 16 && line.points.map(({ x: at, y: value }) => value !== null && <path key={at} className="dot" d={`M${across(at)} ${100 - up(value)}h0`} />)}
            </g>
          ))}
        </svg>
        <div className="x-axis">{x.ticks.map((tick) => <span key={tick.at} style={{ left: `${across(tick.at)}%` }}>{tick.text}</span>)}</div>
      </div>
      {(x.title || y.title) && <p className="quiet axes" aria-hidden="true">{[y.title && `↑ ${y.title}`, x.title && `→ ${x.title}`].filter(Boolean).join('　')}</p>}
      {drawn.length > 1 && (
        <ul className="line-legend" aria-hidden="true">
          {drawn.map((line) => <li key={line.key} className={line.style}><svg width="26" height="10"><path className="course" d="M1 5H25" /></svg>{line.title}</li>)}
        </ul>
      )}
    </div>
  );
}

function place(axis: Axis): (value: number) => number {
  const [low, high] = [axis.ticks[0]?.at ?? 0, axis.ticks.at(-1)?.at ?? 1];
  return (value) => ((value - low) / (high - low || 1)) * 100;
}

/** A line that begins anew behind each point that is not known. */
function pathOf(points: readonly (readonly [number, number] | number[] | null)[]): string {
  return points.map((point, at) => (point === null ? '' : `${at > 0 && points[at - 1] ? 'L' : 'M'}${point[0]!.toFixed(2)} ${point[1]!.toFixed(2)}`)).join('');
}
