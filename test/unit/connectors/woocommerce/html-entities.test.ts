import { describe, expect, it } from '@jest/globals'
import { plainNames, plainText } from '#connectors/storefronts/woocommerce/html-entities.ts'

describe('names as WordPress keeps them', () => {
  it.each([
    ['Ship Your Idea &ndash; Color', 'Ship Your Idea – Color'],
    ['&lt;Variable&gt; Pens &amp; more', '<Variable> Pens & more'],
    ['Gr&ouml;&szlig;e &times; 2&nbsp;m', 'Größe × 2\u00a0m'],
    ['Cup &#8220;Sylt&#8221; &#x1F375; &#038; saucer', 'Cup “Sylt” 🍵 & saucer'],
    ['&yuml;&nbsp;&iexcl;', 'ÿ\u00a0¡'],
  ])('%s reads %s', (html, text) => expect(plainText(html)).toBe(text))

  it.each(['Q&A; more', 'AT&T', '&#0;', '&#xD800;', '&#9999999;', '&constructor;', '&amp'])(
    '%s stays',
    text => expect(plainText(text)).toBe(text),
  )

  it('are read once: an entity that is written out stays one', () => {
    expect(plainText('&amp;lt;')).toBe('&lt;')
  })

  it('are names only: what a buyer wrote is not touched', () => {
    const record = { customer_note: 'a &amp; b', line_items: [{ name: 'a &amp; b', sku: 'a&amp;b' }] }
    expect(plainNames(record)).toEqual({
      customer_note: 'a &amp; b',
      line_items: [{ name: 'a & b', sku: 'a&amp;b' }],
    })
  })
})
