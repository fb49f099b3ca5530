import { Empty } from '../app/states';

export function Overview() {
  return <Empty />;
}
