import { defineConnector } from '../../sdk/index.ts'
import { decode } from './decode.ts'
import { manifest } from './manifest.ts'
import { poll } from './poll.ts'
import { probe } from './probe.ts'
import { push } from './push.ts'
import { receive } from './receive.ts'
import { subscribe } from './subscribe.ts'

export const businessCentral = defineConnector({ manifest, receive, decode, poll, push, probe, subscribe })
