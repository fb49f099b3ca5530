import { Empty } from '../app/states';

export function LinksPage() {
  return <Empty />;
}
