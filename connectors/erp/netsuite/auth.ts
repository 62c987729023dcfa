import type { OAuth } from '../../sdk/index.ts'
import { addressOf } from './settings.ts'

/**
 * Client credentials with a certificate: the assertion is signed PS256 and carries the scope.
 * https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/section_162790605110.html
 */
export const auth: OAuth = {
  kind: 'oauth2',
  grant: 'client-credentials',
  tokenUrl: settings => `${addressOf(settings)}/services/rest/auth/oauth2/v1/token`,
  scopes: [],
  clientAuth: 'private-key-jwt',
  clientKey: {
    secret: 'privateKey',
    idSecret: 'certificateId',
    claims: { scope: 'rest_webservices' },
  },
  lifetimeSeconds: 3_600,
}
