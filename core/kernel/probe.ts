/**
 * A named point at which a test may end the process, fail or wait. The engine is given one; production's does nothing.
 * The points are the boundaries at which exactly-once could break.
 */
export type ProbePoint =
  | 'accept:stored'
  | 'translate:claimed'
  | 'translate:stored'
  | 'translate:planned'
  | 'deliver:claimed'
  | 'deliver:before-send'
  | 'deliver:sent'
  | 'deliver:linked'
  | 'stock:changed'
  | 'stock:documented'
  | 'stock:wanted'
  | 'stock:published'
  | 'stock:noted'
  | 'privacy:remembered'
  | 'privacy:message'
  | 'privacy:document'
  | 'privacy:erased'
  | 'privacy:audited'
  | 'privacy:forgotten'

export type Probe = (point: ProbePoint, id: string) => void | Promise<void>

export const noProbe: Probe = () => undefined
