import { Empty } from '../app/states';

export function OwnershipPage() {
  return <Empty />;
}
