import type { Route } from '../../../sdk/testkit/serve-partner.ts'
import { listedV3, none, ok, wrong } from './answers.ts'
import type { SimHook } from './records.ts'
import type { Store } from './store.ts'

const at = (path: string): RegExp => new RegExp(`^/stores/[^/]+${path}$`)

/** Hooks that one app may have of one scope in one store. */
const MOST = 10

export function hookRoutes({ hooks, nextId }: { hooks: Store['hooks']; nextId: () => number }): Route[] {
  return [
    { method: 'GET', path: at('/v3/hooks'), answer: asked => listedV3(asked, [...hooks.values()]) },
    {
      method: 'POST',
      path: at('/v3/hooks'),
      answer: ({ body, path }) => {
        const wish = body as Omit<SimHook, 'id'>
        const same = [...hooks.values()].filter(({ scope }) => scope === wish.scope)
        if (same.length >= MOST || same.some(({ destination }) => destination === wish.destination))
          return wrong(422, path, { destination: 'Too many, or there already.' })
        const hook = { ...wish, id: nextId() } as SimHook
        hooks.set(hook.id, hook)
        return ok({ data: hook, meta: {} }, 201)
      },
    },
    {
      method: 'PUT',
      path: at('/v3/hooks/(\\d+)'),
      answer: ({ body, path }, id = '') => {
        const hook = hooks.get(Number(id))
        return hook ? ok({ data: Object.assign(hook, body), meta: {} }) : wrong(404, path)
      },
    },
    {
      method: 'DELETE',
      path: at('/v3/hooks/(\\d+)'),
      answer: ({ path }, id = '') => (hooks.delete(Number(id)) ? none : wrong(404, path)),
    },
  ]
}
