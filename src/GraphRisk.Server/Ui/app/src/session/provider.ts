// OpenID Connect, authorization code with PKCE. Tokens stay in memory: whoever loads the page anew signs in anew, which a provider that knows the person
// answers without asking. What has to live through the redirect is the code's verifier and the address to come back to, in sessionStorage.
import { InMemoryWebStorage, UserManager, WebStorageStateStore } from 'oidc-client-ts';

export interface Provider {
  isSignedIn(): boolean;
  token(): { text: string; until: number } | null;
  signIn(from: string): Promise<void>;
  signOut(): Promise<void>;
}

/** Path the provider leads back to, to be registered there. */
export const returnPath = '/signed-in';

export async function openProvider(offer: { authority: string; clientId: string; scope: string }): Promise<Provider> {
  const manager = new UserManager({
    authority: offer.authority,
    client_id: offer.clientId,
    scope: offer.scope,
    redirect_uri: location.origin + returnPath,
    post_logout_redirect_uri: location.origin + '/',
    response_type: 'code',
    userStore: new WebStorageStateStore({ store: new InMemoryWebStorage() }),
    stateStore: new WebStorageStateStore({ store: sessionStorage }),
  });
  let user = null as Awaited<ReturnType<typeof manager.getUser>>;
  manager.events.addUserLoaded((loaded) => {
    user = loaded;
  });
  if (location.pathname === returnPath) {
    user = await manager.signinRedirectCallback();
    history.replaceState(null, '', typeof user.state === 'string' && user.state.startsWith('/') && !user.state.startsWith('//') ? user.state : '/');
  }
  return {
    isSignedIn: () => user !== null && !user.expired,
    token: () => (user ? { text: user.access_token, until: (user.expires_at ?? 0) * 1000 } : null),
    signIn: (from) => manager.signinRedirect({ state: from }),
    signOut: async () => {
      user = null;
      await manager.removeUser();
      await manager.signoutRedirect();
    },
  };
}
