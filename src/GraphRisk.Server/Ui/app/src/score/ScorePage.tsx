import { Empty } from '../app/states';

export function ScorePage() {
  return <Empty />;
}
