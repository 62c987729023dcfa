import type { Reply } from '../../../sdk/testkit/serve-partner.ts'

/** An error as Business Central writes it. */
export const refusal = (code: string, message: string, status = 400): Reply => ({
  status,
  body: { error: { code, message: `${message}  CorrelationId:  00000000-0000-0000-0000-000000000000.` } },
})

/** Thrown within a write, so that nothing of it stays. */
export class Refused extends Error {
  readonly reply: Reply

  constructor(code: string, message: string, status = 400) {
    super(message)
    this.reply = refusal(code, message, status)
  }
}
