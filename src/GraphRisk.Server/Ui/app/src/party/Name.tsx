import { Masked } from '../app/states';
import { unknown } from '../text/format';

/** A name or identifier; one that came masked is shown as such. */
export function Name({ children }: { children: string | null | undefined }) {
  if (!children) return <>{unknown}</>;
  return children.includes('*') ? <Masked>{children}</Masked> : <>{children}</>;
}
