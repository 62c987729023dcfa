import { connection, type Resolver } from './graphql-execute.ts'

export interface Subscription {
  id: string
  /** As in `orders/create`. */
  topic: string
  uri: string
  format: 'JSON' | 'XML'
  includeFields: string[]
  filter: string | null
}

export interface Subscriptions {
  readonly all: ReadonlyMap<string, Subscription>
  add(of: Pick<Subscription, 'topic' | 'uri'> & Partial<Subscription>): Subscription
  remove(id: string): void
  readonly query: Resolver
  readonly mutations: Record<string, Resolver>
}

/** `ORDERS_CREATE` in GraphQL is `orders/create` in headers. */
export const topicOf = (name: string, topics: readonly string[]): string | undefined =>
  topics.find(topic => graphqlTopic(topic) === name)

export const graphqlTopic = (topic: string): string => topic.replace('/', '_').toUpperCase()

type Input = Partial<Pick<Subscription, 'uri' | 'format' | 'includeFields' | 'filter'>>

/** Scope that a topic needs; of the others every app that reads orders has it. */
const NEEDED: readonly (readonly [prefix: string, scope: string])[] = [['returns/', 'read_returns']]

export function createSubscriptions(topics: readonly string[], scopes: readonly string[]): Subscriptions {
  const all = new Map<string, Subscription>()
  let count = 0

  const add: Subscriptions['add'] = of => {
    const id = `gid://shopify/WebhookSubscription/${1_000_000_000 + ++count}`
    const subscription: Subscription = { format: 'JSON', includeFields: [], filter: null, ...of, id }
    all.set(id, subscription)
    return subscription
  }
  const node = (of: Subscription) => ({ ...of, topic: graphqlTopic(of.topic) })
  const failure = (field: string, message: string) => ({
    webhookSubscription: null,
    userErrors: [{ field: ['webhookSubscription', field], message }],
  })

  return {
    all,
    add,
    remove: id => void all.delete(id),
    query: args => {
      const items = [...all.values()].map(node)
      return connection(items, args, ({ id }) => id)
    },
    mutations: {
      webhookSubscriptionCreate(args) {
        const input = (args['webhookSubscription'] ?? {}) as Input
        const topic = topicOf(String(args['topic']), topics)
        if (!topic) return failure('topic', 'is not included in the list')
        const needed = NEEDED.find(([prefix]) => topic.startsWith(prefix))?.[1]
        if (needed && !scopes.includes(needed))
          return failure('topic', `You do not have permission to create or update webhooks with ${topic}.`)
        if (!input.uri?.startsWith('http')) return failure('uri', 'Address is invalid')
        const taken = [...all.values()].some(other => other.topic === topic && other.uri === input.uri)
        if (taken) return failure('uri', 'Address for this topic has already been taken')
        return { webhookSubscription: node(add({ ...input, topic, uri: input.uri })), userErrors: [] }
      },
      webhookSubscriptionUpdate(args) {
        const known = all.get(String(args['id']))
        if (!known) return failure('id', 'Webhook subscription does not exist')
        const changed = { ...known, ...(args['webhookSubscription'] as Input) }
        all.set(known.id, changed)
        return { webhookSubscription: node(changed), userErrors: [] }
      },
      webhookSubscriptionDelete(args) {
        const id = String(args['id'])
        return { deletedWebhookSubscriptionId: all.delete(id) ? id : null, userErrors: [] }
      },
    },
  }
}
