import { useState } from 'react';
import { NavLink, useNavigate, useParams, useSearchParams } from 'react-router';
import { useAnswer } from '../api/answer';
import { DeskBrokersDocument } from '../api/generated/graphql';
import { Choice } from '../app/Choice';
import { Nowhere } from '../app/Fault';
import { Go, partyPath } from '../app/Link';
import { useAddress, useTimes } from '../app/times';
import { Section } from '../app/Section';
import { Further, Part } from '../app/states';
import { Name } from '../party/Name';
import { useSession } from '../session/session';
import { useFormat } from '../text/format';
import { useCode, useText } from '../text/text';
import { ComplaintForm } from './ComplaintForm';
import './desk.css';
import { casePath, kinds, orderOf, whereOf, type DeskData, type DeskRow, type DeskVariables, type Kind } from './kinds';
import { LongList } from './LongList';
import { usePages } from './pages';

/** Rows asked for at a time. */
const page = 100;

/** The cases of one kind: what waits, for whom and until when. Kinds are rows of a table; the page knows none of them. */
export function DeskPage() {
  const { kind: id } = useParams();
  const kind = kinds.find((one) => one.id === id);
  return kind ? <Desk key={kind.id} kind={kind} /> : <Nowhere />;
}

function Desk({ kind }: { kind: Kind }) {
  const { t } = useText();
  const code = useCode();
  const format = useFormat();
  const { viewer } = useSession();
  const [times] = useTimes();
  const [search, setSearch] = useSearchParams();
  const [chosen, choose] = useState<string | null>(null);
  const navigate = useNavigate();
  const address = useAddress();
  const asked = search.get('state') ?? 'open';
  const state = asked === 'all' || Object.hasOwn(kind.states, asked) ? asked : 'open';
  const isOfOne = viewer?.role === 'broker' || viewer?.role === 'client';
  const brokers = useAnswer(DeskBrokersDocument, times, { pause: isOfOne });
  const known = (brokers.data?.brokers?.nodes ?? []).flatMap((one) => one ?? []);
  const ofBroker = isOfOne ? '' : search.get('broker') ?? '';
  const broker = brokers.data && known.every((one) => one.code !== ofBroker) ? '' : ofBroker;
  const variables = { where: whereOf(kind, state, broker), orderBy: orderOf(kind, state), first: page, ...times };
  const list = usePages<DeskData, DeskVariables, DeskRow>(kind.document, variables, (data) => data.desk);
  const narrow = (name: string, value: string) => setSearch((before) => {
    const after = new URLSearchParams(before);
    if (value === '') after.delete(name);
    else after.set(name, value);
    return after;
  }, { replace: true });
  const open = (row: DeskRow) => void navigate(address(casePath(row.id)));
  const waits = (row: DeskRow) => kind.states[row.state ?? ''];
  return (
    <>
      <DeskKinds />
      {kind.id === 'complaints' && (viewer === null || viewer.role === 'client') && <ComplaintForm />}
      <Section isPage title={code('deskKind', kind.id)} note={list.total !== null && t('desk.all', { all: format.count(list.total) })}
        question={{ document: kind.document as never, variables }}
        actions={
          <>
            <Choice label={t('party.state')} isLabelShown value={state} onChange={(id) => narrow('state', id === 'open' ? '' : id)} options={[
              { id: 'open', text: t('desk.open') }, { id: 'all', text: t('search.allKinds') }, ...Object.keys(kind.states).map((id) => ({ id, text: code('caseState', id), note: code('waits', kind.states[id]) })),
            ]} />
            {!isOfOne && known.length > 1 && (
              <Choice label={t('search.broker')} isLabelShown value={broker} onChange={(id) => narrow('broker', id)} options={[
                { id: '', text: t('search.allKinds') }, ...known.map((one) => ({ id: one.code ?? '', text: one.code ?? '', note: one.name ?? undefined })),
              ]} />
            )}
          </>
        }>
        <Part answer={list} path="desk" isEmpty={list.data?.length === 0} empty={state === 'open' ? t('desk.nothingWaits') : undefined}>
          <LongList caption={code('deskKind', kind.id)} rows={list.data ?? []} total={list.total ?? 0} more={list.more} chosen={chosen} choose={(row) => choose(row.id)} open={open} columns={[
            { key: 'reference', width: '215px', title: t('party.reference'), cell: (row) => <Go to={casePath(row.id)}>{row.reference ?? '–'}</Go> },
            { key: 'state', width: '150px', title: t('party.state'), cell: (row) => code('caseState', row.state) },
            { key: 'waits', width: '130px', title: t('desk.waitsFor'), cell: (row) => (waits(row) === 'nobody' ? '' : code('waits', waits(row))) },
            { key: 'name', width: 'minmax(130px, 2fr)', title: t('party.client'), cell: (row) => (row.concerned?.nodes[0] ? <Go to={partyPath(row.concerned.nodes[0].id)}><Name>{row.concerned.nodes[0].name}</Name></Go> : '–') },
            { key: 'broker', width: '70px', title: t('search.broker'), cell: (row) => row.handledBy?.nodes[0]?.code ?? '' },
            ...(kind.hasAmount ? [{ key: 'amount', width: '110px', title: t('party.amount'), isFigure: true, cell: (row: DeskRow) => format.amount(row.amount) }] : []),
            { key: 'filed', width: '110px', title: t('party.filedOn'), cell: (row) => format.day(row.filedOn) },
            ...(kind.due ? [{ key: 'due', width: '110px', title: kind.due === 'dueOn' ? t('desk.dueOn') : t('desk.expiresOn'), cell: (row: DeskRow) => (row.dueOn && !kind.answered?.includes(row.state ?? '') ? format.day(row.dueOn) : '') }] : []),
          ]} />
          <Further refusals={list.refusals} />
        </Part>
      </Section>
    </>
  );
}

/** The way from one kind to another; early warnings have a desk of their own. */
export function DeskKinds() {
  const { t } = useText();
  const code = useCode();
  const address = useAddress();
  return (
    <nav className="desk-kinds" aria-label={t('desk.kinds')}>
      {kinds.map((kind) => <NavLink key={kind.id} to={address(`/desk/${kind.id}`)}>{code('deskKind', kind.id)}</NavLink>)}
    </nav>
  );
}
