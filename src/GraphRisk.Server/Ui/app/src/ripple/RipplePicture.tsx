import { type KeyboardEvent, type RefObject, useMemo, useState } from 'react';
import { Picture } from '../charts/Picture';
import { textLines } from '../charts/words';
import { useFormat } from '../text/format';
import { useCode, useText } from '../text/text';
import type { Ripple, RippleClient } from './model';
import { boardOf, CARD, cardByKey, type RippleBroker } from './places';

export interface BrokerLoss extends RippleBroker {
  /** Losses after each round. */
  losses: readonly (number | null)[];
  /** It is among those that failed. */
  hasFailed: boolean;
}

/** Who has failed after a round, in columns of rounds, with the guarantees along which it runs and what brokers lose. */
export function RipplePicture({ ripple, brokers, round, picture, chosen, onChoose }: {
  ripple: Ripple; brokers: readonly BrokerLoss[]; round: number; picture: RefObject<SVGSVGElement | null>; chosen: string | null; onChoose: (id: string) => void;
}) {
  const { t } = useText();
  const code = useCode();
  const format = useFormat();
  const board = useMemo(() => boardOf(ripple, brokers), [brokers, ripple]);
  const first = board.columns[0]?.clients[0]?.id ?? '';
  const [at, moveTo] = useState(first);
  const here = board.places.has(at) ? at : first;
  const hasFailed = (client: RippleClient) => client.failsIn !== null && client.failsIn <= round;
  const failed = ripple.clients.filter(hasFailed).length;
  const byId = useMemo(() => new Map(ripple.clients.map((client) => [client.id, client])), [ripple]);
  const largest = Math.max(1, ...brokers.flatMap((broker) => broker.losses.map((loss) => loss ?? 0)));
  const keys = (event: KeyboardEvent) => {
    const next = cardByKey(board, here, event.key);
    if (next) {
      moveTo(next);
      picture.current?.querySelector<SVGGElement>(`[data-node="${CSS.escape(next)}"]`)?.focus();
    } else if (event.key === 'Enter' || event.key === ' ') onChoose(here);
    if (next || event.key === ' ' || event.key === 'Enter' || event.key.startsWith('Arrow')) event.preventDefault();
  };
  const joins = chosen === null ? null : new Set([chosen, ...ripple.edges.flatMap((edge) => (edge.guarantor === chosen ? [edge.debtor] : edge.debtor === chosen ? [edge.guarantor] : [])),
    ...(byId.get(chosen)?.brokers ?? []).map((broker) => `broker:${broker}`)]);
  return (
    <Picture label={t('ripple.chartOf', { round, count: failed })} width={board.width} height={board.height} picture={picture} centre={{ x: 100, y: 160 }} onKeyDown={keys}>
      {board.columns.map((column) => (
        <text key={String(column.round)} className="column-head" x={column.x} y={20}>
          {column.round === null ? code('fate', 'stands') : `${column.round} ${code('stressPhase', ripple.phases[column.round] ?? '')}`}
        </text>
      ))}
      <text className="column-head" x={board.brokersX} y={20}>{t('ripple.broker')} · {t('ripple.losses')}</text>
      {ripple.clients.filter(hasFailed).flatMap((client) => client.brokers.map((broker) => {
        const [from, to] = [board.places.get(client.id), board.places.get(`broker:${broker}`)];
        return from && to && (chosen === null ? client.fate === 'start' || client.fate === 'ripple' : client.id === chosen) && (
          <path key={`${client.id}>${broker}`} className="loan" aria-hidden="true" d={curve(from.x + CARD.width, from.y + CARD.height / 2, to.x, to.y + CARD.height / 2)} />
        );
      }))}
      {ripple.edges.map((edge) => {
        const [from, to] = [board.places.get(edge.guarantor), board.places.get(edge.debtor)];
        if (!from || !to || (chosen !== null && edge.guarantor !== chosen && edge.debtor !== chosen)) return null;
        const isCalled = edge.calledIn !== null && edge.calledIn <= round;
        const isBack = from.x >= to.x;
        const [x1, x2] = isBack ? [from.x, to.x + CARD.width] : [from.x + CARD.width, to.x];
        const [y1, y2] = [from.y + CARD.height / 2, to.y + CARD.height / 2];
        return (
          <g key={edge.id} className={isCalled ? 'guarantee called' : 'guarantee'} aria-hidden="true">
            <path d={from.x === to.x ? loop(from.x, y1, y2) : curve(x1, y1, x2, y2)} />
            {(chosen !== null || (isCalled && byId.get(edge.debtor)?.fate !== 'before')) && (
              <text className="part" textAnchor="middle" x={from.x === to.x ? from.x - 26 : (x1 + x2) / 2} y={(y1 + y2) / 2 - 3}>{format.amount(edge.amount)}</text>
            )}
          </g>
        );
      })}
      {board.columns.flatMap((column) => column.clients.map((client) => {
        const place = board.places.get(client.id)!;
        const loss = client.rounds[Math.min(round, client.rounds.length - 1)]?.losses ?? null;
        const isDown = hasFailed(client);
        const fate = code('fate', client.fate);
        const name = client.name ?? t('own.nameless');
        return (
          <g key={client.id} className={`node card ${client.fate} ${isDown ? 'down' : 'up'} ${client.id === chosen ? 'chosen' : ''} ${joins && !joins.has(client.id) ? 'dim' : ''}`}
            transform={`translate(${place.x} ${place.y})`} data-node={client.id} role="graphics-symbol" tabIndex={client.id === here ? 0 : -1} aria-current={client.id === chosen}
            aria-label={`${name}, ${fate}${isDown && loss ? `, ${t('ripple.losses')} ${format.amount(loss)}` : ''}`} onFocus={() => moveTo(client.id)} onClick={() => onChoose(client.id)}>
            <title>{`${name} · ${fate}`}</title>
            <rect className="box" width={CARD.width} height={CARD.height} rx={client.type === 'Person' ? 16 : 3} />
            <text className="name" x={9} y={18}>{textLines(name, 12.5, CARD.width - 30, 1)[0]}</text>
            <text className="type" x={9} y={36}>{isDown ? `✕ ${fate}` : code('fate', 'stands')}</text>
            {isDown && loss !== null && <text className="stake" x={CARD.width - 8} y={36} textAnchor="end">{format.amount(loss)}</text>}
          </g>
        );
      }))}
      {board.columns.map((column) => column.hidden > 0 && (
        <text key={`hidden ${column.round}`} className="type" x={column.x} y={34 + column.clients.length * (CARD.height + 12) + 14}>+{format.count(column.hidden)}</text>
      ))}
      {brokers.map((broker) => {
        const id = `broker:${broker.code}`;
        const place = board.places.get(id)!;
        const loss = broker.losses[Math.min(round, broker.losses.length - 1)] ?? 0;
        return (
          <g key={id} className={`node card broker ${broker.hasFailed ? 'start' : ''} ${joins && !joins.has(id) ? 'dim' : ''}`} transform={`translate(${place.x} ${place.y})`} data-node={id} role="graphics-symbol" tabIndex={id === here ? 0 : -1}
            aria-label={`${broker.name ?? broker.code}, ${t('ripple.losses')} ${format.amount(loss)}`} onFocus={() => moveTo(id)} onClick={() => onChoose(id)}>
            <rect className="box" width={CARD.width} height={CARD.height} rx={3} />
            <rect className="loss" x={1} y={CARD.height - 6} height={5} width={Math.max(0, (CARD.width - 2) * (loss / largest))} />
            <text className="name" x={9} y={16}>{textLines(broker.name ?? broker.code, 12.5, CARD.width - 18, 1)[0]}</text>
            <text className="type" x={9} y={33}>{broker.hasFailed ? `✕ ${broker.code}` : broker.code}</text>
            <text className="stake" x={CARD.width - 8} y={33} textAnchor="end">{format.amount(loss)}</text>
          </g>
        );
      })}
    </Picture>
  );
}

function curve(x1: number, y1: number, x2: number, y2: number): string {
  const bend = (x2 - x1) / 2;
  return `M${x1} ${y1} C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}

/** Between two of one column, along its left side. */
function loop(x: number, y1: number, y2: number): string {
  return `M${x} ${y1} C${x - 34} ${y1} ${x - 34} ${y2} ${x} ${y2}`;
}
