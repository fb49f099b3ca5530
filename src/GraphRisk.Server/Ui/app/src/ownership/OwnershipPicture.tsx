import { type KeyboardEvent, useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { Loading } from '../app/states';
import { Picture } from '../charts/Picture';
import { textLines, textWidth } from '../charts/words';
import { useCode, useText } from '../text/text';
import { bandsOf, type ChartParty, type Holding, holdingCertainty, holdingText, type Measure } from './chart';
import type { HoldingChange } from './changes';
import { BOX, type Layout, layOut, neighbourByKey, type PlacedLine } from './layout';
import type { Lit, PartyMarks } from './marks';
import type { Rest, Visible } from './visible';

export interface Drawn {
  visible: Visible;
  measure: Measure;
  marks: ReadonlyMap<string, PartyMarks>;
  /** Numbers of the agreements by which parties act in concert, by their ids. */
  concerts: ReadonlyMap<string, number>;
  /** Holdings that close a circle. */
  inCircle: ReadonlySet<string>;
  changes: ReadonlyMap<string, HoldingChange>;
  lit: Lit | null;
}

/** What stands on a line: parts with their bounds, and in signs what else has to be known of it. */
export function lineText(holding: Holding, { measure, changes, inCircle }: Pick<Drawn, 'measure' | 'changes' | 'inCircle'>, words: { nominee: string; own: string }): string {
  const change = changes.get(holding.id);
  const signs = [
    inCircle.has(holding.id) ? '↻' : '',
    change?.kind === 'CAME' ? '+' : change?.kind === 'WENT' ? '−' : '',
    holding.statements.some((statement) => statement.isNominee) ? words.nominee : '',
    holding.holder === holding.company ? words.own : '',
    change?.kind === 'MOVED' && change.before ? `${holdingText(change.before, measure)} →` : '',
    holdingText(holding, measure),
    holding.statements.some((statement) => statement.disagreeing.length > 0) ? '≠' : '',
  ];
  return signs.filter(Boolean).join(' ');
}

/** The chart as SVG with real texts. Nodes are reached by Tab once and by arrow keys along the lines; Enter opens and closes, Space chooses. */
export function OwnershipPicture({ drawn, picture, asked, label, chosen, onChoose, onToggle, onLayout }: {
  drawn: Drawn; picture: RefObject<SVGSVGElement | null>; asked: string; label: string; chosen: string | null;
  onChoose: (id: string) => void; onToggle: (id: string) => void; onLayout: (layout: Layout) => void;
}) {
  const { t } = useText();
  const [layout, setLayout] = useState<Layout | null>(null);
  const [fault, tellFault] = useState<string | null>(null);
  const [at, moveTo] = useState(asked);
  const words = { nominee: t('own.nomineeSign'), own: t('own.treasury') };
  const { visible } = drawn;
  const texts = useMemo(
    () => new Map(visible.holdings.map((holding) => [holding.id, lineText(holding, drawn, words)])),
    [drawn.changes, drawn.inCircle, drawn.measure, words.nominee, words.own, visible]);
  const told = useRef(onLayout);
  told.current = onLayout;
  useEffect(() => {
    let isLate = false;
    void layOut(visible, (id) => texts.get(id) ?? '').then((next) => {
      if (isLate) return;
      setLayout(next);
      tellFault(null);
      told.current(next);
    }, (error: unknown) => isLate || tellFault(error instanceof Error ? error.message : String(error)));
    return () => void (isLate = true);
  }, [texts, visible]);
  if (fault !== null) return <div className="state failed" role="alert"><strong>{t('chart.failed')}</strong><p>{fault}</p></div>;
  if (!layout) return <div className="picture" aria-busy="true"><Loading /></div>;
  const here = layout.nodes.has(at) ? at : asked;
  const keys = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const next = neighbourByKey(layout, here, event.key);
    if (next) {
      moveTo(next);
      picture.current?.querySelector<SVGGElement>(`[data-node="${CSS.escape(next)}"]`)?.focus();
    } else if (event.key === 'Enter') onToggle(here);
    else if (event.key === ' ') onChoose(here);
    if (next || event.key === 'Enter' || event.key === ' ' || event.key.startsWith('Arrow')) event.preventDefault();
  };
  const place = layout.nodes.get(asked);
  const holdings = new Map(visible.holdings.map((holding) => [holding.id, holding]));
  return (
    <Picture label={label} width={layout.width} height={layout.height} picture={picture} onKeyDown={keys}
      centre={place ? { x: place.x + place.width / 2, y: place.y + place.height / 2 } : null}>
      <defs>
        <marker id="holds" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto-start-reverse">
          <path d="M0 0.8 L8 4 L0 7.2 z" className="arrow" />
        </marker>
      </defs>
      {layout.lines.map((line) => <Line key={line.id} line={line} holding={holdings.get(line.id) ?? null} drawn={drawn} />)}
      {layout.lines.map(({ id, label: spot }) => spot && (
        <text key={id} className={`part ${drawn.changes.get(id)?.kind === 'WENT' ? 'gone' : ''} ${drawn.lit && !drawn.lit.holdings.has(id) ? 'dim' : ''}`} aria-hidden="true"
          x={spot.x + spot.width / 2} y={spot.y + spot.height - 4} textAnchor="middle">{texts.get(id)}</text>
      ))}
      {visible.parties.map((party) => {
        const spot = layout.nodes.get(party.id);
        return spot && (
          <Node key={party.id} party={party} x={spot.x} y={spot.y} drawn={drawn} isAsked={party.id === asked} isChosen={party.id === chosen} isHere={party.id === here}
            onFocus={() => moveTo(party.id)} onChoose={() => onChoose(party.id)} onToggle={() => onToggle(party.id)} />
        );
      })}
      {visible.rests.map((rest) => {
        const spot = layout.nodes.get(rest.id);
        return spot && (
          <RestNode key={rest.id} rest={rest} spot={spot} isHere={rest.id === here} onFocus={() => moveTo(rest.id)} onToggle={() => onToggle(rest.id)} />
        );
      })}
    </Picture>
  );
}

function Line({ line, holding, drawn }: { line: PlacedLine; holding: Holding | null; drawn: Drawn }) {
  const path = line.points.map((point, at) => `${at === 0 ? 'M' : 'L'}${point.x} ${point.y}`).join(' ');
  const change = holding ? drawn.changes.get(holding.id)?.kind.toLowerCase() : undefined;
  const isCircle = holding !== null && drawn.inCircle.has(holding.id);
  const isLit = holding !== null && drawn.lit?.holdings.has(holding.id);
  const classes = [
    'line', holding ? holdingCertainty(holding, drawn.measure) : 'rest', change ?? '', isCircle ? 'circle' : '', isLit ? 'lit' : drawn.lit ? 'dim' : '',
    holding?.statements.some((statement) => statement.isNominee) ? 'nominee' : '',
  ].filter(Boolean).join(' ');
  const band = holding ? bandsOf(holding, drawn.measure).find((one) => one.stated === null && one.lower !== null && one.upper !== null) : undefined;
  return (
    <g className={classes} aria-hidden="true">
      {band && <path d={path} className="band" style={{ strokeWidth: 4 + 12 * (band.upper! - band.lower!) }} />}
      {isCircle && <path d={path} className="halo" />}
      <path d={path} className="stroke" markerEnd={holding ? 'url(#holds)' : undefined} />
    </g>
  );
}

interface Chip {
  text: string;
  kind: string;
  title: string;
}

function Node({ party, x, y, drawn, isAsked, isChosen, isHere, onFocus, onChoose, onToggle }: {
  party: ChartParty; x: number; y: number; drawn: Drawn; isAsked: boolean; isChosen: boolean; isHere: boolean; onFocus: () => void; onChoose: () => void; onToggle: () => void;
}) {
  const { t } = useText();
  const code = useCode();
  const marks = drawn.marks.get(party.id);
  const name = party.name ?? t('own.nameless');
  const type = party.kind && party.kind !== 'COMPANY' && party.kind !== 'UNKNOWN' ? code('companyKind', party.kind) : code('type', party.type);
  const chips: Chip[] = [];
  if (marks?.isUltimate) chips.push({ text: t('own.chipUltimate'), kind: 'ultimate', title: t('own.ultimate') });
  if (marks?.control) chips.push({ text: t('own.chipControl'), kind: 'control', title: t('own.controlsBy', { votes: marks.control }) });
  if (marks?.verdict) chips.push({ text: marks.verdict === 'CERTAIN' ? t('own.chipVerdict') : t('own.chipVerdictPossible'), kind: 'verdict', title: t('own.verdict', { holds: code('holds', marks.verdict) }) });
  for (const agreement of party.agreements) {
    const number = drawn.concerts.get(agreement.id);
    if (number !== undefined) chips.push({ text: t('own.chipConcert', { number }), kind: 'concert', title: t('own.concert', { number, reference: agreement.reference ?? '' }) });
  }
  if (party.isListed) chips.push({ text: t('own.chipListed'), kind: 'listed', title: t('party.listed') });
  for (const finding of marks?.findings ?? []) chips.push({ text: '!', kind: 'finding', title: code('findingKind', finding.kind) });
  const spoken = [name, type, isAsked ? t('own.askedAbout') : '', marks?.stake ? t('own.stakeOf', { share: marks.stake }) : '', ...chips.map((chip) => chip.title)].filter(Boolean).join(', ');
  let left = 8;
  const stake = marks?.stake && !isAsked ? marks.stake : '';
  const stakeWidth = stake ? textWidth(stake, 11.5) + 6 : 0;
  return (
    <g className={['node', party.type === 'Person' ? 'person' : 'company', isAsked ? 'asked' : '', isChosen ? 'chosen' : '', drawn.lit ? (drawn.lit.parties.has(party.id) ? 'lit' : 'dim') : ''].join(' ')}
      transform={`translate(${x} ${y})`} data-node={party.id} role="graphics-symbol" tabIndex={isHere ? 0 : -1} aria-label={spoken} aria-current={isChosen}
      onFocus={onFocus} onClick={onChoose} onDoubleClick={onToggle}>
      <rect className="box" width={BOX.width} height={BOX.height} rx={party.type === 'Person' ? 18 : 3} />
      {textLines(name, 12.5, BOX.width - 18, 2).map((line, row) => <text key={row} className="name" x={10} y={17 + row * 15}>{line}</text>)}
      {chips.map((chip, at) => {
        const width = textWidth(chip.text, 10.5) + 10;
        const from = left;
        left += width + 3;
        return from + width > BOX.width - 8 - stakeWidth ? null : (
          <g key={at} className={`chip ${chip.kind}`} transform={`translate(${from} 43)`}>
            <title>{chip.title}</title>
            <rect width={width} height={15} rx={2} />
            <text x={width / 2} y={11.5} textAnchor="middle">{chip.text}</text>
          </g>
        );
      })}
      {stake ? <text className="stake" x={BOX.width - 8} y={55} textAnchor="end">{stake}</text>
        : chips.length === 0 && <text className="type" x={10} y={55}>{type}</text>}
      <title>{`${name} · ${type}`}</title>
    </g>
  );
}

function RestNode({ rest, spot, isHere, onFocus, onToggle }: { rest: Rest; spot: { x: number; y: number; width: number; height: number }; isHere: boolean; onFocus: () => void; onToggle: () => void }) {
  const { t } = useText();
  const text = rest.side === 'up' ? t('own.moreHolders', { count: rest.count }) : t('own.moreHoldings', { count: rest.count });
  return (
    <g className="node rest" transform={`translate(${spot.x} ${spot.y})`} data-node={rest.id} role="button" tabIndex={isHere ? 0 : -1} aria-label={t('own.open', { what: text })}
      onFocus={onFocus} onClick={onToggle}>
      <rect className="box" width={spot.width} height={spot.height} rx={spot.height / 2} />
      <text className="name" x={spot.width / 2} y={18} textAnchor="middle">{text}</text>
    </g>
  );
}
