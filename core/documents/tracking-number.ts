/** A tracking number as everybody means it: people and partners write it with spaces, dashes and small letters. */
export const normalTrackingNumber = (written: string): string =>
  written.replaceAll(/[\s-]+/g, '').toUpperCase()
