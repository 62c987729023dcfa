import { HUB_FUNCTIONS } from '#core/mapping/functions/functions.ts'
const f = (n: string) => HUB_FUNCTIONS.find(s => s.name === n)!.run as (...a: unknown[]) => unknown
const sink: unknown[] = new Array(1024)
const t = (name: string, call: (n: number) => unknown) => { for (let i=0;i<3e5;i++) sink[i&1023]=call(i); const b=process.cpuUsage(); for (let i=0;i<1e6;i++) sink[i&1023]=call(i); const c=process.cpuUsage(b); console.log(name, ((c.user+c.system)).toFixed(0)/1e3, 'ns') }
const [money, sum, sub, mul, text, id, instant, offset, sku, country] = ['money','moneySum','moneySubtract','moneyMultiply','text','id','instant','offset','sku','country'].map(f) as any
const prices: string[] = JSON.parse(JSON.stringify(Array.from({length:100},(_, i)=>(i*1.37).toFixed(2)))); const texts: string[] = JSON.parse(JSON.stringify(Array.from({length:100},(_, i)=>'Some text '+i))); const ids = Array.from({length:100},(_, i)=>9_000_000_000+i*7)
const dates: string[] = JSON.parse(JSON.stringify(Array.from({length:100},(_, i)=>`2026-03-02T1${i%10}:15:30-05:00`)))
t('noop', n => prices[n%100]); t('money', n => money(prices[n%100],'USD')); t('sum1', n => sum(prices[n%100],'USD')); t('sum0', n => sum(undefined,'USD')); t('mul', n=>mul(prices[n%100], 3,'USD')); t('sub', n=>sub(prices[n%100],'0.01','USD')); t('text', n=>text(texts[n%100])); t('id', n=>id(ids[n%100])); t('instant', n=>instant(dates[n%100])); t('offset', n=>offset(dates[n%100])); t('sku', n=>sku(texts[n%100])); t('country', n=>country('US'))
import { exponentOf, normalizeMoney } from '#core/kernel/money.ts'
import { parseInstant } from '#core/kernel/instant.ts'
t('exponentOf', () => exponentOf('USD')); t('normalize', n => normalizeMoney(prices[n%100]!, 'USD'));
t('parseInstant', n => parseInstant(dates[n%100]!)); t('parseInstant Z', n => parseInstant('2026-03-02T10:15:30Z')); const d2 = dates.filter(d=>!d.includes('T19')); t('no day cross', n=>parseInstant(d2[n%90]!))
const m = new Map(Object.entries({USD:2,EUR:2})); t('map', () => m.get('USD'))
t('slice tpl', n => { const x = dates[n%100]!; return `${x.slice(0, 11)}${'0'}${n%10}:${'0'}${n%10}${x.slice(16, 19)}Z` })
t('slice', n => dates[n%100]!.slice(19)); t('obj', n => ({ms:n*1e9, utc:'a', offset:'b'}))
