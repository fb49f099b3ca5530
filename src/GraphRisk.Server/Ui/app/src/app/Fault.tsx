import { isRouteErrorResponse, useRouteError } from 'react-router';
import { useText } from '../text/text';
import { Go } from './Link';

/** A page that could not be shown. */
export function Fault() {
  const { t } = useText();
  const error = useRouteError();
  const message = isRouteErrorResponse(error) ? `${error.status} ${error.statusText}` : error instanceof Error ? error.message : String(error);
  return (
    <div className="state failed" role="alert">
      <strong>{t('state.broken')}</strong>
      <p>{message}</p>
      <p><a href={location.href}>{t('state.reload')}</a></p>
    </div>
  );
}

export function Nowhere() {
  const { t } = useText();
  return (
    <div className="state">
      <strong>{t('state.nowhere')}</strong>
      <p><Go to="/">{t('app.home')}</Go></p>
    </div>
  );
}
