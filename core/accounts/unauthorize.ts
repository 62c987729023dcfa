import type { Store } from '../contracts/store.ts'
import type { Telemetry } from '../contracts/telemetry.ts'
import type { HubError } from '../errors/hub-error.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Directory } from './directory.ts'

export interface UnauthorizeDeps {
  store: Pick<Store, 'connections'>
  directory: Pick<Directory, 'refresh'>
  telemetry: Pick<Telemetry, 'log'>
  clock: Clock
}

/** The partner takes the credentials no more: the connection keeps its work and rests; the reason says what to do. */
export type Unauthorize = (connection: string, error: HubError) => Promise<void>

export const createUnauthorize =
  ({ store, directory, telemetry, clock }: UnauthorizeDeps): Unauthorize =>
  async (connection, error) => {
    await store.connections.patch(connection, {
      state: 'unauthorized',
      stateReason: error.detail || error.publicMessage,
      updatedAt: clock.now(),
    })
    directory.refresh(connection)
    telemetry.log('error', 'connection needs authorisation', { connection, detail: error.detail })
  }
