import { useState } from 'react';
import { Button, Input, Label, TextField } from 'react-aria-components';
import { useText } from '../text/text';
import { signIn, takeToken, useSession } from './session';

/** Shown to whoever the server does not know: the provider's door where there is one, else a field for a token. */
export function SignIn() {
  const { t } = useText();
  const { offer } = useSession();
  const [typed, type] = useState('');
  return (
    <main className="sign-in">
      <h1>GraphRisk</h1>
      <p>{t('who.signInFirst')}</p>
      {offer.provider ? (
        <Button className="main-button" onPress={() => void signIn()}>{t('who.signIn')}</Button>
      ) : (
        <form onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim()) takeToken(typed);
        }}>
          <TextField type="password" value={typed} onChange={type} autoComplete="off">
            <Label>{t('who.token')}</Label>
            <Input />
          </TextField>
          <p className="quiet">{t('who.tokenNote')} <code>graphrisk token --role regulator --purpose supervision</code></p>
          <Button type="submit" className="main-button">{t('who.useToken')}</Button>
        </form>
      )}
    </main>
  );
}
