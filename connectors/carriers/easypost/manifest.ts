import type { Manifest } from '../../sdk/index.ts'
import { settingsSchema } from './settings.ts'
import { POLLED_TRACKER, WEBHOOK_TOPICS } from './topics.ts'

/** The one place that names the version: the first part of every path. */
export const API_VERSION = 'v2'

export const manifest: Manifest = {
  id: 'easypost',
  name: 'EasyPost',
  kind: 'carrier',
  api: { version: API_VERSION, docs: 'https://docs.easypost.com/docs/trackers' },
  settings: settingsSchema,
  secrets: {
    accessToken: {
      description: 'API key. EZAK… is the production key, EZTK… the test key with a world of its own.',
      required: true,
      rotatable: true,
    },
    webhookSecret: {
      description:
        'Signs the webhooks: any long random text. The hub hands it to EasyPost when it subscribes.',
      required: false,
      rotatable: true,
    },
  },
  topics: WEBHOOK_TOPICS,
  polls: { shipment: { everySeconds: 21_600, topic: POLLED_TRACKER } },
  pushes: { shipment: 'state' },
  subscriptions: { everySeconds: 21_600, needs: 'webhookSecret' },
}
