import type { ServerResponse } from 'node:http'
import type { Clock } from '../../../sdk/index.ts'
import type { ErpAnswer } from './erp-model.ts'
import type { ErpFaults, Fault } from './faults.ts'

interface Respond {
  response: ServerResponse
  fault: Fault | null
  faults: ErpFaults
  clock: Clock
  /** Makes the change and gives the answer; called at most once. */
  answer: () => ErpAnswer
}

/** Gives the answer, or lets the request fail the way its fault says. Returns the status sent; 0 when none was. */
export function respond({ response, fault, faults, clock, answer }: Respond): number {
  const later = (made: ErpAnswer): number => {
    if (faults.lateMs === undefined) return 0
    clock.timer(faults.lateMs, () => write(response, made))
    return 0
  }
  switch (fault) {
    case 'throttle':
      return write(response, { status: 429, headers: { 'retry-after': String(faults.retryAfter ?? 1) } })
    case '500-before-store':
      return write(response, FAILED)
    case 'timeout-before-store':
      return later(FAILED)
    case '500-after-store':
      answer()
      return write(response, FAILED)
    case 'timeout-after-store':
      return later(answer())
    case 'hang-up-after-store':
      return hangUp(response, answer())
    case null: {
      const made = answer()
      if (!faults.latencyMs) return write(response, made)
      clock.timer(faults.latencyMs, () => write(response, made))
      return made.status
    }
  }
}

const FAILED: ErpAnswer = { status: 500, body: { message: 'Something went wrong.' } }

function write(response: ServerResponse, { status, body, headers }: ErpAnswer): number {
  const text = body === undefined ? '' : JSON.stringify(body)
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    ...headers,
  })
  response.end(text)
  return status
}

/** Promises a whole body, sends half of it and drops the connection. */
function hangUp(response: ServerResponse, { status, body }: ErpAnswer): number {
  const text = JSON.stringify(body ?? {})
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  })
  response.write(text.slice(0, text.length / 2), () => response.destroy())
  return status
}
