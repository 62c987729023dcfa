import type { SignatureScheme } from '../../sdk/index.ts'
import type { SignatureSetting } from './settings.ts'

const FIVE_MINUTES = 300

/** The scheme that the settings declare; what each kind needs was checked by their schema. */
export function schemeOf(setting: SignatureSetting): SignatureScheme {
  const { kind, toleranceSeconds = FIVE_MINUTES } = setting
  switch (kind) {
    case 'hmac':
      return hmac(setting, toleranceSeconds)
    case 'standard-webhooks':
      return { kind, key: setting.key ?? 'base64', toleranceSeconds }
    case 'shared-secret':
      return { kind, in: placeOf(setting) }
  }
}

function hmac(setting: SignatureSetting, toleranceSeconds: number): SignatureScheme {
  const { header = '', encoding = 'hex', prefix, signed, separator, timestampHeader } = setting
  return {
    ...{ kind: 'hmac', header: header.toLowerCase(), encoding, prefix, signed, separator },
    ...(timestampHeader ? { timestamp: { header: timestampHeader.toLowerCase(), toleranceSeconds } } : {}),
  }
}

const placeOf = ({ header = '', parameter, form = 'plain' }: SignatureSetting) =>
  parameter === undefined ? { header: header.toLowerCase(), form } : { query: parameter }
