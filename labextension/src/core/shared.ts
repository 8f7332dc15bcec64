import type { Store } from './store';

const KEY = Symbol.for('jupyter-oj-extension:stores');

/**
 * The page's one store for an API base. The extension and every notebook widget are separate bundles; they meet here, so that a
 * page has one stream however many boards it shows (browsers allow six connections a host over HTTP/1.1).
 */
export function sharedStore(base: string, make: () => Store): Store {
  const page = globalThis as { [KEY]?: Map<string, Store> };
  const stores = (page[KEY] ??= new Map());
  let store = stores.get(base);
  if (!store) {
    store = make();
    stores.set(base, store);
  }
  return store;
}
