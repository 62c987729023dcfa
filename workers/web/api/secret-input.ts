/** One value, or every live one with the newest first. */
export type SecretInput = string | string[]

export const valuesOf = (given: SecretInput): string[] => (typeof given === 'string' ? [given] : given)
