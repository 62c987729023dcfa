import type { Method, Route } from './route.ts'

type Extras = Omit<Route, 'method' | 'path' | 'action' | 'summary'>

/** A row of the register, as it is written down: `GET /path`, who may, what for. */
export const row = (
  target: `${Method} /${string}`,
  action: Route['action'],
  summary: string,
  extras: Extras,
): Route => {
  const [method, path] = target.split(' ') as [Method, string]
  return { method, path, action, summary, ...extras }
}
