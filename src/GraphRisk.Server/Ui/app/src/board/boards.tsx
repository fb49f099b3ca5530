// Every board and whom it is for. What a board may show is the server's to say; a role only keeps out of the list what would be refused whole.
import type { ComponentType } from 'react';
import type { Role } from '../session/session';
import type { Board } from './board';
import { BoardView } from './BoardView';
import { brokers } from './brokers';
import { concentration } from './concentration';
import { InspectionBoard } from './InspectionBoard';
import { models } from './models';
import { movers } from './movers';
import { quality } from './quality';
import { RulesBoard } from './RulesBoard';
import { work } from './work';

export interface BoardEntry {
  /** As its address ends; its title is among the codes of boards. */
  id: string;
  roles: readonly Role[];
  Page: ComponentType;
}

const supervisor: readonly Role[] = ['regulator'];
const everyone: readonly Role[] = ['regulator', 'broker', 'client', 'analyst'];

function entry<Data, Variables extends object>(id: string, roles: readonly Role[], board: Board<Data, Variables>): BoardEntry {
  return { id, roles, Page: () => <BoardView id={id} board={board} /> };
}

export const boards: readonly BoardEntry[] = [
  entry('brokers', everyone, brokers),
  entry('jurisdictions', supervisor, quality({ of: 'JURISDICTION', by: 'ALL' })),
  entry('industries', supervisor, quality({ of: 'MARKET', by: 'INDUSTRY' })),
  entry('grades', supervisor, quality({ of: 'MARKET', by: 'GRADE' })),
  entry('movers', supervisor, movers),
  entry('concentration', supervisor, concentration),
  entry('work', supervisor, work),
  { id: 'rules', roles: ['regulator', 'broker', 'analyst'], Page: RulesBoard },
  { id: 'inspection', roles: supervisor, Page: InspectionBoard },
  entry('models', everyone, models),
];
