import type { RequestHandler } from 'express'

/** While the process stops, every answer says that the connection ends: the next request goes to another process. */
export const sayGoodbye =
  (draining: () => boolean): RequestHandler =>
  (_request, response, next) => {
    if (draining()) response.set('connection', 'close')
    next()
  }
