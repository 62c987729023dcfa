import { createHash } from 'node:crypto'

/**
 * What eBay expects from `GET ?challenge_code=`: hex SHA-256 of code, verification token and endpoint, in this order.
 * https://developer.ebay.com/marketplace-account-deletion
 */
export const challengeResponse = (code: string, verificationToken: string, endpoint: string): string =>
  createHash('sha256').update(code).update(verificationToken).update(endpoint).digest('hex')
