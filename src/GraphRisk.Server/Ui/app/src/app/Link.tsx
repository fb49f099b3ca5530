import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useAddress } from './times';

/** A link within the explorer; the times of the page go with it. */
export function Go({ to, children, className }: { to: string; children: ReactNode; className?: string }) {
  const address = useAddress();
  return <Link to={address(to)} className={className}>{children}</Link>;
}

/** Where a party is shown. */
export const partyPath = (id: string, page?: string) => `/party/${encodeURIComponent(id)}${page ? `/${page}` : ''}`;
