import type { Publication } from '#core/mapping/catalogue/publish.ts'
import type { Handler } from '../route.ts'

export const publishMapping: Handler = ({ params, body, principal }, { publishing }) =>
  publishing.publish({ ...(body as Omit<Publication, 'mapping'>), mapping: params['id']! }, principal)
