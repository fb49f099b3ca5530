import { useState } from 'react';
import { Button, Dialog, DialogTrigger, Heading, Input, Label, Popover, TextField } from 'react-aria-components';
import { SearchBox } from '../search/SearchBox';
import { declare, signOut, speakFor, useSession, type Role, type Viewer } from '../session/session';
import { useCode, useText, speak } from '../text/text';
import { Choice } from './Choice';
import { Go } from './Link';
import { currentTheme, wear, type Theme } from './theme';

/** Who asks, for what and why, what to look for, and how the page is read: on every page, at the top. */
export function Header() {
  const { t, language } = useText();
  const [theme, setTheme] = useState(currentTheme());
  // What a role has nothing to do with is not offered; who a provider's token speaks for the server knows alone.
  const role = useSession().viewer?.role ?? null;
  return (
    <div className="top">
      <a className="skip" href="#content">{t('app.skip')}</a>
      <Go to="/" className="brand">GraphRisk</Go>
      <nav aria-label={t('app.pages')}>
        {role !== 'client' && <Go to="/warnings">{t('app.warnings')}</Go>}
        <Go to="/desk/applications">{t('app.cases')}</Go>
        {(role === null || role === 'regulator' || role === 'analyst') && <Go to="/review">{t('app.review')}</Go>}
        <Go to="/boards/brokers">{t('app.boards')}</Go>
        <a href="/graphql/ui/" target="_blank" rel="noopener">GraphiQL</a>
      </nav>
      <SearchBox />
      <Asker />
      <Choice label={t('app.language')} value={language} options={[{ id: 'en', text: 'English' }, { id: 'zh', text: '中文' }]} onChange={(id) => void speak(id as 'en' | 'zh')} />
      <Choice label={t('app.theme')} value={theme} onChange={(id) => (wear(id as Theme), setTheme(id as Theme))}
        options={[{ id: 'system', text: t('app.themeSystem') }, { id: 'light', text: t('app.themeLight') }, { id: 'dark', text: t('app.themeDark') }]} />
    </div>
  );
}

function Asker() {
  const { t } = useText();
  const code = useCode();
  const session = useSession();
  if (session.viewer) return <DemoAsker viewer={session.viewer} />;
  return (
    <div className="asker" role="group" aria-label={t('who.title')}>
      <Choice label={t('who.purpose')} value={session.purpose ?? ''} onChange={(id) => declare(id || null)}
        options={[{ id: '', text: t('who.purposeOfToken') }, ...session.offer.purposes.map(({ id }) => ({ id, text: code('purpose', id) }))]} />
      <Button className="quiet-button" onPress={() => void signOut()}>{t('who.signOut')}</Button>
    </div>
  );
}

/** In the demo one may be anybody it has questions of. */
function DemoAsker({ viewer }: { viewer: Viewer }) {
  const { t } = useText();
  const code = useCode();
  const { offer, at } = useSession();
  const [fault, tell] = useState<string | null>(null);
  const become = (place: number) => speakFor(place, null).then(() => tell(null), (error: Error) => tell(error.message));
  const known = offer.viewers.flatMap((one, place) => (one ? [{ ...one, place }] : []));
  const roles = [...new Set(known.map((one) => one.role))];
  const name = (one: Viewer) => (one.of ? `${code('role', one.role)} ${one.of.replace(/^.*[:/]/, '')}` : code('role', one.role));
  const same = known.filter((one) => one.role === viewer.role);
  return (
    <div className="asker" role="group" aria-label={t('who.title')}>
      <Choice label={t('who.role')} value={viewer.role} options={roles.map((role: Role) => ({ id: role, text: code('role', role) }))}
        onChange={(role) => void become(known.find((one) => one.role === role)!.place)} />
      <Choice label={t('who.purpose')} value={String(at)} onChange={(place) => void become(Number(place))}
        options={same.map((one) => ({ id: String(one.place), text: one.purpose ? code('purpose', one.purpose) : t('who.noPurpose'), note: name(one) }))} />
      {viewer.role !== 'analyst' && <Person />}
      <Reason />
      {fault && <strong className="bad" role="alert">{fault}</strong>}
    </div>
  );
}

/** Decisions take a named person, and some another one than who decided first: in the demo one calls oneself what one likes. */
function Person() {
  const { t } = useText();
  const { at, reason, person } = useSession();
  const [typed, type] = useState('');
  return (
    <DialogTrigger>
      <Button className="quiet-button">{person ?? t('who.unnamed')}</Button>
      <Popover className="popover reason-form">
        <Dialog>
          {({ close }) => (
            <form onSubmit={(event) => {
              event.preventDefault();
              void speakFor(at, reason, typed.trim() || null).then(() => (type(''), close()));
            }}>
              <Heading slot="title">{t('who.person')}</Heading>
              <TextField value={typed} onChange={type} autoFocus maxLength={60}>
                <Label>{t('who.personNote')}</Label>
                <Input />
              </TextField>
              <Button type="submit" className="main-button">{t('who.useName')}</Button>
            </form>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

/** Names, identifiers and contacts are masked until a reason is stated, which is filed. */
function Reason() {
  const { t } = useText();
  const { at, reason } = useSession();
  const [typed, type] = useState('');
  if (reason !== null)
    return (
      <span className="reason">
        <q title={reason}>{reason}</q>
        <Button className="quiet-button" onPress={() => void speakFor(at, null)}>{t('who.mask')}</Button>
      </span>
    );
  return (
    <DialogTrigger>
      <Button className="quiet-button masked-button">{t('who.masked')}</Button>
      <Popover className="popover reason-form">
        <Dialog>
          {({ close }) => (
            <form onSubmit={(event) => {
              event.preventDefault();
              if (typed.trim()) void speakFor(at, typed.trim()).then(() => (type(''), close()));
            }}>
              <Heading slot="title">{t('who.why')}</Heading>
              <TextField value={typed} onChange={type} autoFocus maxLength={500} isRequired>
                <Label>{t('who.whyNote')}</Label>
                <Input />
              </TextField>
              <Button type="submit" className="main-button">{t('who.show')}</Button>
            </form>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
