import { isErrorCode, REGISTER } from '#core/errors/register.ts'

/** The register's advice for a code, the same words as in API and documentation. */
export const fixOf = (code: string): string =>
  isErrorCode(code) ? REGISTER[code].fix : 'Look at one of its letters.'

export const messageOfCode = (code: string): string => (isErrorCode(code) ? REGISTER[code].message : code)
