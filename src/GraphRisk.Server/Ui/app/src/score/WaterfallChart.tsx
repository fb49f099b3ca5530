import { useFormat } from '../text/format';
import { range, type Bar } from './waterfall';

/** A waterfall lying on its side, a row a step, as scorecards are read. Its rows are laid out by the page, so that they can be read at any width and in print; the table beside it says the same. */
export function WaterfallChart({ bars, title }: { bars: readonly Bar[]; title: string }) {
  const format = useFormat();
  const [low, high] = range(bars);
  const place = (points: number) => ((Math.max(low, Math.min(high, points)) - low) / (high - low)) * 100;
  return (
    <div className="waterfall" role="img" aria-label={title}>
      {bars.map((bar) => {
        const [from, to] = bar.kind === 'sum' ? [low, bar.to] : [bar.from, bar.to];
        const [left, right] = [Math.min(place(from), place(to)), Math.max(place(from), place(to))];
        return (
          <div key={bar.key} className={`step bar-${bar.kind}`} aria-hidden="true">
            <span className="label">{bar.title}</span>
            <span className="track">
              <span className="fill" style={{ left: `${left}%`, width: `${right - left}%` }} />
              <span className="points" style={{ left: `${right}%` }}>{bar.kind === 'sum' ? format.decimal(bar.points, 0) : format.points(bar.points)}</span>
            </span>
          </div>
        );
      })}
    </div>
  );
}
