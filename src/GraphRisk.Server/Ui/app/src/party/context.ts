import { useOutletContext } from 'react-router';
import { useTimes } from '../app/times';
import { useText } from '../text/text';
import type { PartyContext } from './PartyFrame';

/** The party of the page, and the variables by which each of its questions names it, its day and the language. */
export function useParty(): PartyContext & { asked: { id: string; asOf: string | null; knownAt: string | null }; spoken: 'ZH' | 'EN' } {
  const party = useOutletContext<PartyContext>();
  const [times] = useTimes();
  const { language } = useText();
  return { ...party, asked: { id: party.id, ...times }, spoken: language === 'zh' ? 'ZH' : 'EN' };
}
