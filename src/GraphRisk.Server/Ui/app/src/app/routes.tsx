// Every page and its address. A page is loaded when it is first looked at.
import { createBrowserRouter, type RouteObject } from 'react-router';
import { Fault, Nowhere } from './Fault';
import { Shell } from './Shell';

/** Pages of one party stand below its frame, which shows its name and leads from one to the other. */
const partyPages: RouteObject[] = [
  { index: true, lazy: async () => ({ Component: (await import('../party/Overview')).Overview }) },
  { path: 'score', lazy: async () => ({ Component: (await import('../score/ScorePage')).ScorePage }) },
  { path: 'ownership', lazy: async () => ({ Component: (await import('../ownership/OwnershipPage')).OwnershipPage }) },
  { path: 'links', lazy: async () => ({ Component: (await import('../links/LinksPage')).LinksPage }) },
  { path: 'ripple', lazy: async () => ({ Component: (await import('../ripple/RipplePage')).RipplePage }) },
];

export const routes: RouteObject[] = [
  {
    Component: Shell,
    HydrateFallback: () => null,
    errorElement: <Fault />,
    children: [
      {
        errorElement: <Fault />,
        children: [
          { path: '/', lazy: async () => ({ Component: (await import('../search/HomePage')).HomePage }) },
          { path: '/search', lazy: async () => ({ Component: (await import('../search/SearchPage')).SearchPage }) },
          { path: '/warnings', lazy: async () => ({ Component: (await import('../desk/WarningsPage')).WarningsPage }) },
          { path: '/desk/:kind', lazy: async () => ({ Component: (await import('../desk/DeskPage')).DeskPage }) },
          { path: '/case/:id', lazy: async () => ({ Component: (await import('../desk/CasePage')).CasePage }) },
          { path: '/review', lazy: async () => ({ Component: (await import('../review/ReviewPage')).ReviewPage }) },
          { path: '/boards/:board', lazy: async () => ({ Component: (await import('../board/BoardPage')).BoardPage }) },
          { path: '/party/:id', lazy: async () => ({ Component: (await import('../party/PartyFrame')).PartyFrame }), children: partyPages },
          { path: '*', Component: Nowhere },
        ],
      },
    ],
  },
];

export const router = () => createBrowserRouter(routes);
