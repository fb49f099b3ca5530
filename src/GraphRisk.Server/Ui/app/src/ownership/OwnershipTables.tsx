import type { FindingFieldsFragment, OwnershipFiguresQuery, OwnershipOfHolderQuery, VerdictFieldsFragment } from '../api/generated/graphql';
import { figureText } from '../charts/band';
import { type Column, Table } from '../app/Figure';
import { Go, partyPath } from '../app/Link';
import { Empty } from '../app/states';
import { Name } from '../party/Name';
import { useCode, useText } from '../text/text';
import type { HoldingChange } from './changes';
import { type Chart, type Holding, holdingText, type Measure } from './chart';

interface Named {
  id: string;
  name?: string | null;
}

/** A party by its name, with the way to its own chart. */
export function PartyLink({ party }: { party: Named | null | undefined }) {
  const { t } = useText();
  if (!party) return <span className="quiet">{t('own.unseen')}</span>;
  return <Go to={partyPath(party.id, 'ownership')}>{party.name ? <Name>{party.name}</Name> : t('own.nameless')}</Go>;
}

function Show({ isPressed, onPress, label }: { isPressed: boolean; onPress: () => void; label: string }) {
  const { t } = useText();
  return <button type="button" className="show" aria-pressed={isPressed} aria-label={t('own.lightOf', { what: label })} onClick={onPress}>{isPressed ? '◉' : '○'}</button>;
}

type Stake = NonNullable<NonNullable<NonNullable<NonNullable<OwnershipFiguresQuery['ownershipLookThrough']>['stakes']>['nodes']>[number]>;
type Held = NonNullable<NonNullable<NonNullable<NonNullable<OwnershipOfHolderQuery['ownershipLookThrough']>['stakes']>['nodes']>[number]>;

export function StakesTable({ stakes, chosen, onChoose }: { stakes: readonly Stake[]; chosen: string | null; onChoose: (id: string) => void }) {
  const { t } = useText();
  const columns: Column<Stake>[] = [
    { key: 'show', title: t('own.proof'), cell: ({ holder }) => holder && <Show isPressed={chosen === holder.id} onPress={() => onChoose(holder.id)} label={holder.name ?? t('own.nameless')} /> },
    { key: 'holder', title: t('own.holder'), cell: ({ holder, isUltimate }) => <><PartyLink party={holder} />{isUltimate && <em className="tag">{t('own.ultimate')}</em>}</> },
    { key: 'share', title: t('own.inTheEnd'), isFigure: true, cell: ({ share, lower, upper }) => figureText(share, lower, upper) },
    { key: 'direct', title: t('own.direct'), isFigure: true, cell: ({ direct }) => figureText(direct, direct, direct) },
  ];
  return stakes.length === 0 ? <Empty>{t('own.noStakes')}</Empty> : <Table caption={t('own.stakes')} columns={columns} rows={stakes} rowKey={(_, at) => String(at)} />;
}

export function HeldTable({ stakes }: { stakes: readonly Held[] }) {
  const { t } = useText();
  const columns: Column<Held>[] = [
    { key: 'company', title: t('own.company'), cell: ({ company }) => <PartyLink party={company} /> },
    { key: 'share', title: t('own.inTheEnd'), isFigure: true, cell: ({ share, lower, upper }) => figureText(share, lower, upper) },
    { key: 'direct', title: t('own.direct'), isFigure: true, cell: ({ direct }) => figureText(direct, direct, direct) },
  ];
  return stakes.length === 0 ? <Empty>{t('own.noStakes')}</Empty> : <Table caption={t('own.held')} columns={columns} rows={stakes} rowKey={(_, at) => String(at)} />;
}

export type ControlRow = NonNullable<NonNullable<NonNullable<OwnershipFiguresQuery['controllers']>['control']>[number]>;

export function ControlTable({ control, chosen, onChoose }: { control: readonly ControlRow[]; chosen: string | null; onChoose: (key: string) => void }) {
  const { t } = useText();
  const columns: Column<ControlRow>[] = [
    { key: 'show', title: t('own.proof'), cell: (row) => <Show isPressed={chosen === controlKey(row)} onPress={() => onChoose(controlKey(row))} label={row.controllers[0]?.name ?? t('own.nameless')} /> },
    {
      key: 'who', title: t('own.controller'),
      cell: ({ controllers, isUltimate, agreement }) => (
        <>
          {controllers.map((party, at) => <span key={at}>{at > 0 && '、'}<PartyLink party={party} /></span>)}
          {isUltimate && <em className="tag">{t('own.ultimate')}</em>}
          {agreement && <em className="tag">{t('own.byAgreement', { reference: agreement.reference ?? '' })}</em>}
        </>
      ),
    },
    { key: 'votes', title: t('own.votes'), isFigure: true, cell: ({ votes }) => figureText(votes, votes, votes) },
    {
      key: 'blocks', title: t('own.ofThem'),
      cell: ({ blocks }) => (blocks ?? []).map((block, at) => <div key={at}><PartyLink party={block?.holder} /> {figureText(block?.votes, block?.votes, block?.votes)}</div>),
    },
  ];
  return control.length === 0 ? <Empty>{t('own.noControl')}</Empty> : <Table caption={t('own.control')} columns={columns} rows={control} rowKey={controlKey} />;
}

export const controlKey = (row: ControlRow) => `control:${row.controllers.map((party) => party?.id).join()}`;
export const verdictKey = (verdict: VerdictFieldsFragment) => `verdict:${verdict.limb.name}:${verdict.holders.map((party) => party?.id).join()}:${verdict.via?.id ?? ''}`;

export function VerdictTable({ verdicts, chosen, onChoose }: { verdicts: readonly VerdictFieldsFragment[]; chosen: string | null; onChoose: (key: string) => void }) {
  const { t } = useText();
  const code = useCode();
  const columns: Column<VerdictFieldsFragment>[] = [
    { key: 'show', title: t('own.proof'), cell: (row) => <Show isPressed={chosen === verdictKey(row)} onPress={() => onChoose(verdictKey(row))} label={row.holders[0]?.name ?? t('own.nameless')} /> },
    {
      key: 'who', title: t('own.holder'),
      cell: ({ holders, via, agreement }) => (
        <>
          {holders.map((party, at) => <span key={at}>{at > 0 && '、'}<PartyLink party={party} /></span>)}
          {via && <div className="quiet">{t('own.via')} <PartyLink party={via} /></div>}
          {agreement && <div className="quiet">{t('own.byAgreement', { reference: agreement.reference ?? '' })}</div>}
        </>
      ),
    },
    { key: 'limb', title: t('own.limb'), cell: ({ limb }) => <span title={limb.says}>{limb.article} <span className="quiet">{limb.name}</span></span> },
    { key: 'holds', title: t('own.holds'), cell: ({ holds, cannotKnow }) => <span title={cannotKnow.join(' ')}>{code('holds', holds)}</span> },
    { key: 'part', title: t('own.part'), isFigure: true, cell: ({ stated, lower, upper }) => (stated === null && lower === null ? '–' : figureText(stated, lower, upper)) },
  ];
  return verdicts.length === 0 ? <Empty>{t('own.noVerdict')}</Empty> : <Table caption={t('own.verdicts')} columns={columns} rows={verdicts} rowKey={verdictKey} />;
}

export function HoldingsTable({ chart, holdings, measure, inCircle }: { chart: Chart; holdings: readonly Holding[]; measure: Measure; inCircle: ReadonlySet<string> }) {
  const { t } = useText();
  const columns: Column<Holding>[] = [
    { key: 'holder', title: t('own.holder'), cell: ({ holder }) => <PartyLink party={chart.parties.get(holder)} /> },
    { key: 'company', title: t('own.company'), cell: ({ company }) => <PartyLink party={chart.parties.get(company)} /> },
    { key: 'part', title: measure === 'EQUITY' ? t('own.equity') : t('own.votes'), isFigure: true, cell: (holding) => holdingText(holding, measure) },
    { key: 'notes', title: t('own.notes'), cell: (holding) => <Notes holding={holding} isInCircle={inCircle.has(holding.id)} /> },
  ];
  return <Table caption={t('own.shown')} columns={columns} rows={holdings} rowKey={(holding) => holding.id} />;
}

function Notes({ holding, isInCircle }: { holding: Holding; isInCircle: boolean }) {
  const { t } = useText();
  const notes = [
    holding.holder === holding.company ? t('own.treasury') : '',
    isInCircle ? t('own.circle') : '',
    holding.statements.some((statement) => statement.isNominee) ? t('own.nominee') : '',
    holding.statements.some((statement) => statement.isBeneficial) ? t('own.beneficial') : '',
    holding.statements.some((statement) => statement.isIndirect) ? t('own.indirect') : '',
    holding.statements.some((statement) => statement.disagreeing.length > 0) ? t('own.disagree') : '',
  ];
  return <>{notes.filter(Boolean).join(' · ')}</>;
}

export function ChangesTable({ chart, changes, measure }: { chart: Chart; changes: ReadonlyMap<string, HoldingChange>; measure: Measure }) {
  const { t } = useText();
  const code = useCode();
  const columns: Column<HoldingChange>[] = [
    { key: 'kind', title: t('own.change'), cell: ({ kind }) => code('holdingChange', kind) },
    { key: 'holder', title: t('own.holder'), cell: ({ before, after }) => <PartyLink party={chart.parties.get((after ?? before)!.holder)} /> },
    { key: 'company', title: t('own.company'), cell: ({ before, after }) => <PartyLink party={chart.parties.get((after ?? before)!.company)} /> },
    { key: 'before', title: t('own.before'), isFigure: true, cell: ({ before }) => (before ? holdingText(before, measure) : '–') },
    { key: 'after', title: t('own.after'), isFigure: true, cell: ({ after }) => (after ? holdingText(after, measure) : '–') },
  ];
  const rows = [...changes.values()];
  return rows.length === 0 ? <Empty>{t('own.noChange')}</Empty> : <Table caption={t('own.changes')} columns={columns} rows={rows} rowKey={(_, at) => String(at)} />;
}

export function Findings({ findings, isComplete }: { findings: readonly FindingFieldsFragment[]; isComplete: boolean }) {
  const { t } = useText();
  const code = useCode();
  if (findings.length === 0 && isComplete) return <Empty>{t('own.noFindings')}</Empty>;
  return (
    <ul className="findings">
      {!isComplete && <li><strong>{t('own.incomplete')}</strong></li>}
      {findings.map((finding, at) => (
        <li key={at}>
          <strong>{code('findingKind', finding.kind)}</strong>{' '}
          {finding.companies.map((company, place) => <span key={place}>{place > 0 && '、'}<PartyLink party={company} /></span>)}
          {(finding.holders?.length ?? 0) > 0 && <> ({finding.holders!.map((holder, place) => <span key={place}>{place > 0 && '、'}<PartyLink party={holder} /></span>)})</>}
          <div className="quiet">{finding.detail}</div>
        </li>
      ))}
    </ul>
  );
}
