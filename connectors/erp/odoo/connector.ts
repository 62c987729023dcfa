import { defineConnector } from '../../sdk/index.ts'
import { manifest } from './manifest.ts'
import { poll } from './poll.ts'
import { probe } from './probe.ts'
import { push } from './push.ts'
import { subscribe } from './subscribe.ts'

/** Odoo 19 and its JSON-2 API. */
export const odoo = defineConnector({ manifest, poll, push, probe, subscribe })
