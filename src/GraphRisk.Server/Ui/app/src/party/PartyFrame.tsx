import { useRef } from 'react';
import { NavLink, Outlet, useParams } from 'react-router';
import { isOfNoId, useAnswer } from '../api/answer';
import { PartyFrameDocument } from '../api/generated/graphql';
import { partyPath } from '../app/Link';
import { useAddress, useTimes } from '../app/times';
import { Empty, Part } from '../app/states';
import { useCode, useText } from '../text/text';
import { Name } from './Name';

/** What the pages of one party are given: its id as the address has it. */
export interface PartyContext {
  id: string;
  type: 'Company' | 'Person';
  name: string | null;
}

/** The name of a party, what has to be known of it before anything else, and the way to each of its pages. */
export function PartyFrame() {
  const { t, language } = useText();
  const code = useCode();
  const { id = '' } = useParams();
  const [times] = useTimes();
  const address = useAddress();
  const answer = useAnswer(PartyFrameDocument, { id, language: language === 'zh' ? 'ZH' : 'EN', ...times });
  const node = answer.data?.node;
  const party = node?.__typename === 'Company' || node?.__typename === 'Person' ? node : null;
  // The page below stays where it is while another day is asked for: the party is the same.
  const known = useRef<PartyContext | null>(null);
  if (party) known.current = { id, type: party.__typename, name: party.name ?? null };
  const context = party || (answer.isLoading && known.current?.id === id) ? known.current : null;
  const pages = [['', t('party.overview')], ['score', t('party.score')], ['ownership', t('party.ownership')], ['links', t('party.links')], ['ripple', t('party.ripple')]] as const;
  return (
    <>
      <div className="party-head">
        <h1>{party ? <Name>{party.name}</Name> : '…'}</h1>
        {party && <span className="tag">{code('type', party.__typename)}</span>}
        {party?.isClient && <span className="tag">{t('party.client')}</span>}
        {party?.isListed && <span className="tag bad">{t('party.listed')}</span>}
        {party?.inDefault && <span className="tag bad">{t('party.inDefault')}</span>}
        {party?.__typename === 'Company' && <span className="quiet">{[party.regionName, party.industry, code('operatingStatus', party.status)].filter(Boolean).join(' · ')}</span>}
        <nav aria-label={t('party.pages')}>
          {pages.map(([page, text]) => <NavLink key={page} end to={address(partyPath(id, page))}>{text}</NavLink>)}
        </nav>
      </div>
      {context ? <Outlet context={context} /> : isOfNoId(answer.refusals) ? <Empty>{t('party.nobody')}</Empty> : <Part answer={answer} path="node" isEmpty empty={t('party.nobody')}>{null}</Part>}
    </>
  );
}
