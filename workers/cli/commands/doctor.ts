import type { Answer, Run } from '../command.ts'
import { type Check, checkHub } from '../doctor/check-hub.ts'

export const doctor: Run = async ({ options, hub, world }): Promise<Answer> => {
  const checks = await checkHub(hub, { probe: options['probe'] === true, now: world.now() })
  const ok = checks.every(check => check.ok)
  return { json: { ok, checks }, text: checks.map(checkText).join('\n'), failed: !ok }
}

function checkText({ name, ok, warning, detail, fix }: Check): string {
  const lines = detail.split('\n')
  const about = lines.length > 1 ? `\n${lines.map(line => `    ${line}`).join('\n')}` : ` ${detail}`
  const mark = warning ? '!' : ok ? '✓' : '✗'
  return `${mark} ${name}:${about}${(ok && !warning) || !fix ? '' : `\n    fix: ${fix}`}`
}
