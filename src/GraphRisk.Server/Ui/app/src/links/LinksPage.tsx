import { lazy, Suspense, useMemo, useState } from 'react';
import { Tab, TabList, TabPanel, Tabs, ToggleButton } from 'react-aria-components';
import { useOutletContext } from 'react-router';
import { useAnswer } from '../api/answer';
import { GuaranteeCirclesDocument, LendersOfDocument, type LinkKind, LinkedExposureDocument, type LinkedExposureQuery, LinkedPartiesDocument, type TieFieldsFragment } from '../api/generated/graphql';
import { Choice } from '../app/Choice';
import { type Column, Table } from '../app/Figure';
import { Go, partyPath } from '../app/Link';
import { LongTable } from '../app/LongTable';
import { useTimes } from '../app/times';
import { Section } from '../app/Section';
import { Empty, Loading, Part } from '../app/states';
import { useSetting } from '../charts/useSetting';
import { Name } from '../party/Name';
import type { PartyContext } from '../party/PartyFrame';
import { useSession } from '../session/session';
import { useFormat } from '../text/format';
import { useCode, useText } from '../text/text';
import '../charts/charts.css';
import './links.css';
import { type Circle, guaranteeCircles, kindCounts, linkKinds, linkMap, type LinkNode, ofKinds } from './model';

// WebGL is fetched by whoever looks at a map.
const LinkMapPicture = lazy(async () => ({ default: (await import('./LinkMapPicture')).LinkMapPicture }));

interface Named {
  id: string;
  name?: string | null;
}

function Linked({ party }: { party: Named | null | undefined }) {
  const { t } = useText();
  if (!party) return <span className="quiet">{t('own.unseen')}</span>;
  return <Go to={partyPath(party.id, 'links')}>{party.name ? <Name>{party.name}</Name> : t('own.nameless')}</Go>;
}

export function LinksPage() {
  const { t } = useText();
  const code = useCode();
  const format = useFormat();
  const { id, name } = useOutletContext<PartyContext>();
  const [times] = useTimes();
  const session = useSession();
  const isBroker = session.viewer?.role === 'broker';
  const [steps, setSteps] = useSetting('ties', '2');
  const [strength, setStrength] = useSetting('strength', '0.3');
  const [broker, setBroker] = useSetting('broker', '');
  const [without, setWithout] = useSetting('without', '');
  const [chosen, choose] = useState<string | null>(null);
  const variables = { of: id, steps: Number(steps), strength: Number(strength), ...times };
  const answer = useAnswer(LinkedPartiesDocument, variables);
  const lenders = useAnswer(LendersOfDocument, { of: id, ...times });
  const known = useMemo(() => {
    const node = lenders.data?.node;
    return node && 'brokers' in node ? (node.brokers?.nodes ?? []).flatMap((one) => (one?.code ? [{ id: one.code, text: one.name ?? one.code, note: one.code }] : [])) : [];
  }, [lenders.data]);
  const isAsked = broker !== '' || isBroker;
  const exposure = useAnswer(LinkedExposureDocument, { of: id, broker: broker || null, ...times }, { pause: !isAsked });
  const cycles = useAnswer(GuaranteeCirclesDocument, { of: id, ...times });
  const circles = useMemo(() => guaranteeCircles(cycles.data?.cycles ?? null), [cycles.data]);
  const linked = answer.data?.linkedParties;
  const lent = isAsked ? exposure.data?.linkedExposure ?? null : null;
  const whole = useMemo(() => (linked?.asked ? linkMap(linked.asked, linked, lent, circles) : null), [circles, lent, linked]);
  const hidden = useMemo(() => new Set(without.split(',').filter(Boolean)), [without]);
  const kinds = useMemo(() => new Set(linkKinds.filter((kind) => !hidden.has(kind))), [hidden]);
  const map = useMemo(() => (whole ? ofKinds(whole, kinds) : null), [kinds, whole]);
  const counts = useMemo(() => (whole ? kindCounts(whole) : new Map<LinkKind, number>()), [whole]);
  const turn = (kind: LinkKind, isOn: boolean) => setWithout([...(isOn ? [...hidden].filter((one) => one !== kind) : [...hidden, kind])].join(','));
  const chosenNode = chosen === null ? null : map?.nodes.get(chosen) ?? null;
  const parties = [...(map?.nodes.values() ?? [])].filter((node) => node.steps > 0).sort((left, right) => (right.strength ?? 0) - (left.strength ?? 0) || left.steps - right.steps);

  return (
    <Section title={t('link.title')} question={{ document: LinkedPartiesDocument as never, variables }}
      note={map && t('link.count', { parties: format.count(parties.length), ties: format.count(map.edges.reduce((sum, edge) => sum + edge.ties.length, 0)) })}>
      <div className="controls" role="group" aria-label={t('link.controls')}>
        <Choice isLabelShown label={t('link.steps')} value={steps} onChange={setSteps} options={['1', '2', '3', '4'].map((one) => ({ id: one, text: one }))} />
        <Choice isLabelShown label={t('link.strength')} value={strength} onChange={setStrength} options={['0', '0.1', '0.3', '0.5', '0.8'].map((one) => ({ id: one, text: one }))} />
        {!isBroker && known.length > 0 && (
          <Choice isLabelShown label={t('link.broker')} value={broker} onChange={setBroker} options={[{ id: '', text: t('link.noBroker') }, ...known]} />
        )}
        <span className="kinds" role="group" aria-label={t('link.kinds')}>
          {linkKinds.filter((kind) => counts.has(kind)).map((kind) => (
            <ToggleButton key={kind} className="quiet-button kind" isSelected={kinds.has(kind)} onChange={(isOn) => turn(kind, isOn)}>
              {kinds.has(kind) ? '✓ ' : ''}{code('linkKind', kind)} {counts.get(kind)}
            </ToggleButton>
          ))}
        </span>
      </div>
      <Part answer={answer} path="linkedParties">
        {!map || parties.length === 0 ? <Empty>{t('link.noLinks')}</Empty> : (
          <div className="chart-and-table">
            <div>
              <Suspense fallback={<Loading />}>
                <LinkMapPicture map={map} label={t('link.mapOf', { name: name ?? t('own.nameless') })} chosen={chosen} onChoose={choose} />
              </Suspense>
              <p className="quiet rings-note">{t('link.rings')}</p>
              {linked && !linked.isComplete && <p className="warn">{t('link.incomplete')}</p>}
              {chosenNode && chosenNode.path.length > 0 && (
                <section className="why" aria-live="polite">
                  <h3>{t('link.chosen', { name: chosenNode.name ?? t('own.nameless') })}</h3>
                  <ol>{chosenNode.path.map((tie, at) => <li key={at}><Tie tie={tie} /></li>)}</ol>
                </section>
              )}
            </div>
            <Tabs className="tabs">
              <TabList aria-label={t('link.tables')} className="tab-list">
                <Tab id="parties">{t('link.parties')} {parties.length}</Tab>
                <Tab id="exposure">{t('link.exposure')}</Tab>
                <Tab id="circles">{t('link.circles')} {circles.length}</Tab>
                <Tab id="ties">{t('link.ties')}</Tab>
              </TabList>
              <TabPanel id="parties"><PartiesTable parties={parties} chosen={chosen} onChoose={choose} hasDebt={lent !== null} /></TabPanel>
              <TabPanel id="exposure">
                {!isAsked ? <Empty>{t('link.noExposure')}</Empty> : <Part answer={exposure} path="linkedExposure">{lent && <Exposure lent={lent} />}</Part>}
              </TabPanel>
              <TabPanel id="circles"><Part answer={cycles} path="cycles" isEmpty={circles.length === 0} empty={t('link.noCircle')}><CirclesTable circles={circles} /></Part></TabPanel>
              <TabPanel id="ties"><TiesTable ties={map.edges.flatMap((edge) => edge.ties)} /></TabPanel>
            </Tabs>
          </div>
        )}
      </Part>
    </Section>
  );
}

/** One tie in words: who, by what, to whom, and on which relationships it rests. */
function Tie({ tie }: { tie: TieFieldsFragment }) {
  const code = useCode();
  const { t } = useText();
  return (
    <>
      <Linked party={tie.isForward ? tie.from : tie.to} /> → <Linked party={tie.isForward ? tie.to : tie.from} />
      <span className="tag">{code('linkKind', tie.kind)}{' '}<Value tie={tie} /></span>
      <span className="quiet"> {t('link.rests')} {[...new Set((tie.evidence ?? []).map((one) => one?.relationship))].join(', ')}</span>
    </>
  );
}

/** The number on a tie, as its kind says: a part, or an amount. */
function Value({ tie }: { tie: TieFieldsFragment }) {
  const format = useFormat();
  if (tie.value === null || tie.value === undefined) return null;
  if (tie.kind === 'GUARANTEE') return <>{format.amount(tie.value)}</>;
  if (tie.kind === 'CONTROL' || tie.kind === 'OWNERSHIP' || tie.kind === 'COMMON_HOLDING') return <>{format.percent(tie.value)}</>;
  return <>{format.decimal(tie.value)}</>;
}

function PartiesTable({ parties, chosen, onChoose, hasDebt }: { parties: readonly LinkNode[]; chosen: string | null; onChoose: (id: string | null) => void; hasDebt: boolean }) {
  const { t } = useText();
  const code = useCode();
  const format = useFormat();
  const columns: Column<LinkNode>[] = [
    {
      key: 'show', title: t('link.path'),
      cell: (node) => (
        <button type="button" className="show" aria-pressed={chosen === node.id} aria-label={t('link.show', { what: node.name ?? t('own.nameless') })} onClick={() => onChoose(chosen === node.id ? null : node.id)}>
          {chosen === node.id ? '◉' : '○'}
        </button>
      ),
    },
    {
      key: 'party', title: t('link.party'),
      cell: (node) => <><Linked party={node} />{node.inDefault && <em className="tag bad">■ {t('party.inDefault')}</em>}{node.isListed && <em className="tag bad">▲ {t('party.listed')}</em>}</>,
    },
    { key: 'why', title: t('link.why'), cell: (node) => node.path.map((tie) => code('linkKind', tie.kind)).join(' → ') },
    { key: 'strength', title: t('link.strengthOf'), isFigure: true, cell: (node) => format.decimal(node.strength) },
    ...(hasDebt ? [{ key: 'debt', title: t('link.debt'), isFigure: true, cell: (node: LinkNode) => format.amount(node.debt) }] : []),
  ];
  return <LongTable caption={t('link.parties')} columns={columns} rows={parties} rowKey={(node) => node.id} />;
}

type Lent = NonNullable<LinkedExposureQuery['linkedExposure']>;
type LentRow = NonNullable<NonNullable<Lent['linked']>[number]>;

function Exposure({ lent }: { lent: Lent }) {
  const { t } = useText();
  const format = useFormat();
  const code = useCode();
  const columns: Column<LentRow>[] = [
    { key: 'party', title: t('link.party'), cell: ({ exposure }) => <Linked party={exposure?.party} /> },
    { key: 'why', title: t('link.why'), cell: ({ path }) => (path ?? []).map((tie) => code('linkKind', tie?.kind)).join(' → ') },
    { key: 'debt', title: t('link.debt'), isFigure: true, cell: ({ exposure }) => format.amount(exposure?.debt) },
    { key: 'uncovered', title: t('link.uncovered'), isFigure: true, cell: ({ exposure }) => format.amount(exposure?.uncovered) },
  ];
  return (
    <>
      <p><strong>{lent.broker?.name ?? lent.broker?.code}</strong></p>
      <dl className="values">
        <dt>{t('link.own')}</dt><dd>{format.amount(lent.own?.debt)}</dd>
        <dt>{t('link.total')}</dt><dd>{format.amount(lent.totalDebt)}</dd>
        <dt>{t('link.collateral')}</dt><dd>{format.amount(lent.totalCollateral)}</dd>
        <dt>{t('link.uncovered')}</dt><dd>{format.amount(lent.totalUncovered)}</dd>
        <dt>{t('link.ofCapital')}</dt><dd>{format.percent(lent.shareOfNetCapital)}</dd>
        {(lent.possibleDebt ?? 0) > 0 && <><dt>{t('link.possible')}</dt><dd>{format.amount(lent.possibleDebt)}</dd></>}
      </dl>
      {!lent.isComplete && <p className="warn">{t('link.incomplete')}</p>}
      <Table caption={t('link.exposure')} columns={columns} rows={(lent.linked ?? []).flatMap((one) => one ?? [])} rowKey={(_, at) => String(at)} />
    </>
  );
}

function CirclesTable({ circles }: { circles: readonly Circle[] }) {
  const { t } = useText();
  const format = useFormat();
  const columns: Column<Circle>[] = [
    {
      key: 'circle', title: t('link.circle'),
      cell: ({ steps }) => steps.map((step, at) => <span key={at}><Linked party={step.from} /> <span className="quiet">{format.amount(step.amount)} →</span> {at === steps.length - 1 && '↻'}</span>),
    },
    { key: 'weakest', title: t('link.weakest'), isFigure: true, cell: ({ weakest }) => format.amount(weakest) },
  ];
  return <Table caption={t('link.circles')} columns={columns} rows={circles} rowKey={(circle) => circle.id} />;
}

function TiesTable({ ties }: { ties: readonly TieFieldsFragment[] }) {
  const { t } = useText();
  const code = useCode();
  const columns: Column<TieFieldsFragment>[] = [
    { key: 'from', title: t('link.from'), cell: (tie) => <Linked party={tie.isForward ? tie.from : tie.to} /> },
    { key: 'kind', title: t('link.kind'), cell: (tie) => code('linkKind', tie.kind) },
    { key: 'to', title: t('link.to'), cell: (tie) => <Linked party={tie.isForward ? tie.to : tie.from} /> },
    { key: 'value', title: t('link.amount'), isFigure: true, cell: (tie) => <Value tie={tie} /> },
  ];
  return <LongTable caption={t('link.ties')} columns={columns} rows={ties} rowKey={(_, at) => String(at)} />;
}
