import type { Asked, Reply, Route } from '../../../sdk/testkit/serve-partner.ts'
import { refusal } from './refusal.ts'

export interface SimulatedSubscription {
  '@odata.etag': string
  subscriptionId: string
  notificationUrl: string
  resource: string
  clientState: string
  expirationDateTime: string
}

/** Gives the body with which the subscriber answers the handshake. */
export type Handshake = (url: string) => Promise<string | undefined>

export interface SubscriptionsOptions {
  now(): number
  /** Without it, every address is believed. */
  handshake?: Handshake
}

const THREE_DAYS_MS = 3 * 86_400_000

/** Subscriptions that end after three days; made and renewed only with a subscriber that gives the token back. */
export class Subscriptions {
  #all: SimulatedSubscription[] = []
  #made = 0
  readonly #options: SubscriptionsOptions

  constructor(options: SubscriptionsOptions) {
    this.#options = options
  }

  live(): SimulatedSubscription[] {
    return this.#all.filter(one => Date.parse(one.expirationDateTime) > this.#options.now())
  }

  clear(): void {
    this.#all = []
  }

  routes(prefix: string): Route[] {
    const one = new RegExp(`^${prefix}/subscriptions\\('(\\w+)'\\)$`)
    const all = new RegExp(`^${prefix}/subscriptions$`)
    return [
      { method: 'GET', path: all, answer: () => ({ status: 200, body: { value: this.live().map(shown) } }) },
      { method: 'POST', path: all, answer: asked => this.#keep(asked, null) },
      {
        method: 'PATCH',
        path: one,
        answer: (asked, id = '') => this.#known(asked, id, at => this.#keep(asked, at)),
      },
      {
        method: 'DELETE',
        path: one,
        answer: (asked, id = '') =>
          this.#known(asked, id, at => {
            this.#all = this.#all.filter(other => other !== at)
            return { status: 204 }
          }),
      },
    ]
  }

  #known(
    { headers }: Asked,
    id: string,
    answer: (known: SimulatedSubscription) => Reply | Promise<Reply>,
  ): Reply | Promise<Reply> {
    const known = this.live().find(({ subscriptionId }) => subscriptionId === id)
    if (!known) return refusal('Internal_RecordNotFound', 'The subscription does not exist.', 404)
    if (headers['if-match'] !== known['@odata.etag'] && headers['if-match'] !== '*')
      return refusal('Request_EntityChanged', 'Another user has already changed the record.', 409)
    return answer(known)
  }

  async #keep({ body }: Asked, known: SimulatedSubscription | null): Promise<Reply> {
    const wanted = body as Pick<SimulatedSubscription, 'notificationUrl' | 'resource' | 'clientState'>
    const { handshake, now } = this.#options
    const token = `token-${++this.#made}`
    const given = handshake ? await handshake(`${wanted.notificationUrl}?validationToken=${token}`) : token
    if (given !== token)
      return refusal('Application_DialogException', 'Validation of the notification URL failed.')
    const kept: SimulatedSubscription = {
      ...wanted,
      '@odata.etag': `W/"${this.#made}"`,
      subscriptionId: known?.subscriptionId ?? `sub${this.#made}`,
      expirationDateTime: new Date(now() + THREE_DAYS_MS).toISOString(),
    }
    this.#all = [...this.#all.filter(other => other !== known), kept]
    return { status: known ? 200 : 201, body: shown(kept) }
  }
}

/** The secret is never given back. */
const shown = ({ clientState: _, ...rest }: SimulatedSubscription) => rest
