import { Suspense, useEffect, useMemo } from 'react';
import { Outlet, useLocation } from 'react-router';
import { Provider } from 'urql';
import { clientFor } from '../api/client';
import { SignIn } from '../session/SignIn';
import { useSession } from '../session/session';
import { useText } from '../text/text';
import { Header } from './Header';
import { Loading } from './states';
import { Timebar } from './Timebar';

/** What stands around every page. Another session or language gets a client of its own, so nothing that was answered to one is shown to the other. */
export function Shell() {
  const { language } = useText();
  const session = useSession();
  const client = useMemo(() => clientFor(language), [language, session.era]);
  const { pathname, search } = useLocation();
  useEffect(() => {
    scrollTo(0, 0);
  }, [pathname]);
  if (!session.signedIn) return <SignIn />;
  return (
    <Provider value={client} key={`${language} ${session.era}`}>
      <header className="head">
        <Header />
        <Timebar />
      </header>
      {/* Which page stands here once it does: while the next one is fetched it is still that of before. */}
      <main id="content" tabIndex={-1} data-page={pathname + search}>
        <Suspense fallback={<Loading />}><Outlet /></Suspense>
      </main>
    </Provider>
  );
}
