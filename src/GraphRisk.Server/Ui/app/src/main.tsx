import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router/dom';
import './app/base.css';
import { router } from './app/routes';
import { currentTheme, wear } from './app/theme';
import { openSession } from './session/session';
import { openTexts } from './text/text';

wear(currentTheme());
// The first page is fetched while the session is still asked for: the router begins with it as soon as it is there.
const pages = router();
const root = createRoot(document.getElementById('app')!);
Promise.all([openTexts(), openSession()]).then(
  () => root.render(<StrictMode><RouterProvider router={pages} /></StrictMode>),
  (error: Error) => root.render(<p role="alert">GraphRisk: {error.message}</p>),
);
