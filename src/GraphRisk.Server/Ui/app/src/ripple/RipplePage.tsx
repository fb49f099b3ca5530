import { Empty } from '../app/states';

export function RipplePage() {
  return <Empty />;
}
