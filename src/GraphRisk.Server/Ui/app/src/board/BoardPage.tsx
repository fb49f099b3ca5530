import { NavLink, useParams } from 'react-router';
import { Nowhere } from '../app/Fault';
import { useAddress } from '../app/times';
import { useSession } from '../session/session';
import { useCode, useText } from '../text/text';
import '../charts/charts.css';
import './board.css';
import { boards } from './boards';

/** The boards that are for whoever asks, and the one of the address. */
export function BoardPage() {
  const { t } = useText();
  const code = useCode();
  const { viewer } = useSession();
  const address = useAddress();
  const { board } = useParams();
  const Page = boards.find(({ id }) => id === board)?.Page;
  // Of a provider's token the page does not know the role: all are shown, and the server says what is open.
  const open = boards.filter(({ roles }) => viewer === null || roles.includes(viewer.role));
  return (
    <>
      <div className="party-head">
        <nav aria-label={t('board.all')}>
          {open.map(({ id }) => <NavLink key={id} end to={address(`/boards/${id}`)}>{code('board', id)}</NavLink>)}
        </nav>
      </div>
      {Page ? <Page key={board} /> : <Nowhere />}
    </>
  );
}
