import { useEffect, useState } from 'react';
import { Button, Label, Slider, SliderThumb, SliderTrack } from 'react-aria-components';
import { useAnswer } from '../api/answer';
import { ShellDocument } from '../api/generated/graphql';
import { useFormat } from '../text/format';
import { useText } from '../text/text';
import { useTimes } from './times';
import { Stale } from './states';

const dayLength = 86_400_000;

/** Days that the slider goes back from the last day of the sources. */
const reach = 3 * 365;

const isoDay = (time: number) => new Date(time).toISOString().slice(0, 10);

/** The two times of the page. What is moved here moves the whole page, and the address with it. */
export function Timebar() {
  const { t } = useText();
  const format = useFormat();
  const [times, move] = useTimes();
  const shell = useAnswer(ShellDocument, {});
  const stamp = shell.data?.store?.stamp;
  const last = stamp ? Date.parse(stamp.dataUntil) : null;
  const [dragged, drag] = useState<number | null>(null);
  useEffect(() => drag(null), [times.asOf]);
  const at = times.asOf ? Date.parse(times.asOf) : last;
  const back = last === null || at === null ? 0 : Math.round((at - last) / dayLength);
  const shown = dragged ?? back;
  return (
    <div className="timebar" role="group" aria-label={t('time.title')}>
      <label>
        <span>{t('time.asOf')}</span>
        <input type="date" value={last === null ? '' : isoDay(last + shown * dayLength)} max="2100-12-31" min="1990-01-01"
          onChange={(event) => event.target.value && move({ asOf: event.target.value })} />
      </label>
      <Slider className="slider" minValue={-reach} maxValue={0} value={Math.max(-reach, Math.min(0, shown))} isDisabled={last === null}
        onChange={(value) => drag(value as number)}
        onChangeEnd={(value) => last !== null && move({ asOf: value === 0 ? null : isoDay(last + (value as number) * dayLength) })}>
        <Label className="unseen">{t('time.slider')}</Label>
        <SliderTrack className="slider-track">
          <SliderThumb className="slider-thumb" aria-label={t('time.slider')} />
        </SliderTrack>
      </Slider>
      <label>
        <span>{t('time.knownAt')}</span>
        <input type="datetime-local" value={times.knownAt ? new Date(times.knownAt).toISOString().slice(0, 16) : ''}
          onChange={(event) => move({ knownAt: event.target.value ? `${event.target.value}:00Z` : null })} />
      </label>
      {(times.asOf || times.knownAt) && (
        <Button className="quiet-button" onPress={() => move({ asOf: null, knownAt: null })}>{t('time.latest')}</Button>
      )}
      <span className="quiet">
        {stamp && t('time.until', { day: format.day(stamp.dataUntil) })}
        {last !== null && at !== null && at > last && <strong className="warn"> {t('time.beyond')}</strong>}
        {times.knownAt === null && <> · {t('time.allKnown')}</>}
      </span>
      <Stale seconds={shell.staleSeconds} />
    </div>
  );
}
