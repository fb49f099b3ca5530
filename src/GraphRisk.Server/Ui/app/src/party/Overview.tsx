import { Contracts } from './Contracts';
import { Documents } from './Documents';
import { Holdings } from './Holdings';
import { Identity } from './Identity';
import { PublicRecord } from './PublicRecord';

/** Most rows of one table; the heading says of how many. */
export const most = 50;

/** What is known of a party: who it is and by which records, what lists and courts say, what it owes, what it holds. */
export function Overview() {
  return (
    <>
      <div className="columns">
        <Identity />
        <PublicRecord />
      </div>
      <Contracts />
      <Holdings />
      <Documents />
    </>
  );
}
