export interface SimulatedTracker {
  id: string
  object: 'Tracker'
  mode: 'test'
  tracking_code: string
  status: string
  status_detail: string
  created_at: string
  updated_at: string
  carrier: string
  tracking_details: object[]
  [member: string]: unknown
}

interface Held {
  tracker: SimulatedTracker
  writes: number
}

export interface TrackerBookOptions {
  now(): number
  random(): number
}

/** Numbers that mean a status in test mode: https://docs.easypost.com/docs/trackers#tracking-codes. */
const TEST_CODES: Readonly<Record<string, string>> = {
  EZ1000000001: 'pre_transit',
  EZ2000000002: 'in_transit',
  EZ3000000003: 'out_for_delivery',
  EZ4000000004: 'delivered',
  EZ5000000005: 'return_to_sender',
  EZ6000000006: 'failure',
  EZ7000000007: 'unknown',
}

const THREE_MONTHS_MS = 91 * 86_400_000

/** Every tracker of an account. */
export class TrackerBook {
  readonly #held: Held[] = []
  readonly #options: TrackerBookOptions

  constructor(options: TrackerBookOptions) {
    this.#options = options
  }

  all(): readonly Held[] {
    return this.#held
  }

  find(id: string): SimulatedTracker | undefined {
    return this.#held.find(({ tracker }) => tracker.id === id)?.tracker
  }

  /** The same number and carrier within three months give the tracker that is there. */
  make(code: string, carrier: string, at = this.#options.now()): SimulatedTracker {
    const known = this.#held.find(
      ({ tracker }) =>
        tracker.tracking_code === code &&
        tracker.carrier === carrier &&
        Date.parse(tracker.created_at) > at - THREE_MONTHS_MS,
    )
    if (known) {
      known.writes += 1
      return known.tracker
    }
    const tracker = this.#newTracker(code, carrier, new Date(at).toISOString())
    this.#held.push({ tracker, writes: 1 })
    return tracker
  }

  /** One more scan. */
  scan(id: string, status: string, at = this.#options.now()): void {
    const tracker = this.find(id)
    if (!tracker) return
    const time = new Date(at).toISOString()
    tracker.tracking_details = [...tracker.tracking_details, detail(status, time)]
    Object.assign(tracker, { status, updated_at: time })
  }

  #newTracker(code: string, carrier: string, time: string): SimulatedTracker {
    const status = TEST_CODES[code] ?? 'pre_transit'
    const hex = () =>
      Math.floor(this.#options.random() * 2 ** 32)
        .toString(16)
        .padStart(8, '0')
    return {
      id: `trk_${Array.from({ length: 4 }, hex).join('')}`,
      object: 'Tracker',
      mode: 'test',
      tracking_code: code,
      status,
      status_detail: 'status_update',
      created_at: time,
      updated_at: time,
      signed_by: null,
      weight: null,
      est_delivery_date: null,
      shipment_id: null,
      carrier,
      tracking_details: [detail(status, time)],
      fees: [],
      carrier_detail: null,
      public_url: `https://track.example/${code}`,
    }
  }
}

const detail = (status: string, datetime: string): object => ({
  object: 'TrackingDetail',
  message: status.replaceAll('_', ' ').toUpperCase(),
  description: '',
  status,
  status_detail: 'status_update',
  datetime,
  source: 'USPS',
  carrier_code: '',
  tracking_location: {
    object: 'TrackingLocation',
    city: 'HOUSTON',
    state: 'TX',
    country: null,
    zip: '77063',
  },
})
