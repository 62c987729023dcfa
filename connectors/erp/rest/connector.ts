import { defineConnector } from '../../sdk/index.ts'
import { manifest } from './manifest.ts'
import { probe } from './probe.ts'
import { push } from './push.ts'

/** An ERP, or a small service before one, that takes documents by HTTP as the README says. */
export const restErp = defineConnector({ manifest, push, probe })
