import { Button } from 'react-aria-components';
import type { Refusal } from '../api/answer';
import { Refused } from '../app/states';
import { useText } from '../text/text';

/** A command that was refused, in words first and then in the server's own; what others did meanwhile can be looked at. */
export function MoveRefused({ refusal, again }: { refusal: Refusal; again?: () => void }) {
  const { t } = useText();
  const words = {
    CONFLICT: t('case.conflict'), FORBIDDEN: t('case.forbidden'), BAD_USER_INPUT: t('case.badInput'), NOT_FOUND: t('case.notFound'),
    PURPOSE_REQUIRED: t('case.purpose'), PURPOSE_NOT_ALLOWED: t('case.purpose'), AUTHORISATION_REQUIRED: t('case.authorisation'), UNAVAILABLE: t('case.away'),
  }[refusal.code];
  if (words === undefined) return <Refused refusal={refusal} again={again} />;
  return (
    <div className="state failed" role="alert">
      <strong>{words}</strong>
      <p lang="en">{refusal.message}</p>
      <code>{refusal.code}</code>
      {again && refusal.code === 'CONFLICT' && <p><Button className="quiet-button" onPress={again}>{t('case.lookAgain')}</Button></p>}
    </div>
  );
}
