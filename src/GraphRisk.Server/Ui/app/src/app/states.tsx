// The states a part of a page can be in when there is no figure to show, each said in words with what to do about it.
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import type { Answer, Refusal } from '../api/answer';
import { refusalAt } from '../api/answer';
import { useFormat } from '../text/format';
import { useText } from '../text/text';

export function Loading() {
  const { t } = useText();
  return <p className="state loading" role="status"><span className="bar" aria-hidden="true" />{t('state.loading')}</p>;
}

export function Empty({ children }: { children?: ReactNode }) {
  const { t } = useText();
  return <p className="state">{children ?? t('state.empty')}</p>;
}

/** A value that the viewer reads masked; the page's reason opens it. */
export function Masked({ children }: { children: ReactNode }) {
  const { t } = useText();
  return <span className="masked" title={t('state.masked')}>{children}</span>;
}

const ofSignIn = new Set(['UNAUTHENTICATED', 'SIGN_IN_UNAVAILABLE']);
const ofRights = new Set(['FORBIDDEN', 'AUTHORISATION_REQUIRED', 'PURPOSE_REQUIRED', 'PURPOSE_NOT_ALLOWED', 'REASON_REQUIRED', 'NOT_FOUND']);

/** A part that is not open to the viewer, with what would open it, or one that failed, with what to do. */
export function Refused({ refusal, again }: { refusal: Refusal; again?: () => void }) {
  const { t } = useText();
  const isRight = ofRights.has(refusal.code);
  // Such as a score of somebody who never owed: nothing is out of order, and asking again changes nothing.
  const isAnswered = isRight || refusal.code === 'BAD_USER_INPUT';
  const title = isAnswered && !isRight ? t('state.noAnswer') : isRight ? t('state.refused') : ofSignIn.has(refusal.code) ? t('state.signIn') : refusal.code === 'NETWORK' ? t('state.network') : t('state.failed');
  return (
    <div className={isAnswered ? 'state refused' : 'state failed'} role={isAnswered ? 'note' : 'alert'}>
      <strong>{title}</strong>
      {refusal.code !== 'NETWORK' && <p>{refusal.message}</p>}
      {refusal.opens && refusal.opens !== refusal.message && <p><span className="quiet">{t('state.opens')}</span> {refusal.opens}</p>}
      {refusal.code !== 'NETWORK' && <code>{refusal.code}</code>}
      {again && !isAnswered && <Button className="quiet-button" onPress={again}>{t('state.again')}</Button>}
    </div>
  );
}

/** What would open the parts of single rows that did not come, each way once. */
export function Further({ refusals }: { refusals: readonly Refusal[] }) {
  const { t } = useText();
  const ways = [...new Set(refusals.map((refusal) => refusal.opens ?? refusal.message))];
  return ways.length === 0 ? null : <p className="quiet">{t('state.further')} {ways.join(' ')}</p>;
}

/** Says that answers come from before the store was last seen. */
export function Stale({ seconds }: { seconds: number | null }) {
  const { t } = useText();
  const format = useFormat();
  return seconds === null ? null : <p className="stale" role="status">{t('state.stale', { seconds: format.count(seconds) })}</p>;
}

/** The part of an answer at a path: the children where it came, else what is the matter with it. */
export function Part<Data>({ answer, path, isEmpty, empty, children }: {
  answer: Answer<Data>; path: string; isEmpty?: boolean; empty?: ReactNode; children: ReactNode;
}) {
  if (answer.isLoading && answer.data === null) return <Loading />;
  const refusal = refusalAt(answer.refusals, path);
  if (refusal) return <Refused refusal={refusal} again={answer.again} />;
  return isEmpty ? <Empty>{empty}</Empty> : <>{children}</>;
}
