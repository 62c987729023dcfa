import type { Account, SimReport } from './account.ts'
import { time } from './draw-order.ts'
import { type Answer, type Asked, failure, ok, type Route } from './exchange.ts'

const TYPE = 'GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2'

/** Reports that Amazon made by itself. Their documents lie elsewhere: `documents.ts`. */
export function reportRoutes(account: Account): Route {
  return asked => {
    const { path, origin } = asked
    if (path === '/reports/2021-06-30/reports') return list(account, asked)
    const [, id] = /^\/reports\/2021-06-30\/documents\/document-([^/]+)$/.exec(path) ?? []
    if (id === undefined) return undefined
    if (!account.reports.has(id)) return failure(404, 'NotFound', 'No such document.')
    return ok({
      reportDocumentId: `document-${id}`,
      compressionAlgorithm: 'GZIP',
      url: `${origin}/s3/document-${id}?X-Amz-Signature=simulated`,
    })
  }
}

function list({ reports, pager }: Account, { query }: Asked): Answer {
  const token = query.get('nextToken')
  if (token !== null && query.size > 1)
    return failure(400, 'InvalidInput', 'nextToken allows no other parameter.')
  const since = Date.parse(query.get('createdSince') ?? '1970-01-01T00:00:00Z')
  const found =
    token === null
      ? pager.page(
          [...reports.values()].filter(({ createdAt }) => createdAt >= since),
          Number(query.get('pageSize') ?? 10),
        )
      : pager.resume<SimReport>(token, 100)
  if (!found) return failure(400, 'InvalidInput', 'The token is not valid.')
  return ok({
    reports: found.items.map(({ id, createdAt }) => ({
      ...{ reportId: id, reportType: TYPE, processingStatus: 'DONE', reportDocumentId: `document-${id}` },
      createdTime: time(createdAt),
    })),
    ...(found.next === null ? {} : { nextToken: found.next }),
  })
}
