import { useEffect, useState } from 'preact/hooks'

const dark = matchMedia('(prefers-color-scheme: dark)')

/** Changes when the colour scheme does: a canvas does not follow CSS variables by itself. */
export function useScheme(): 'light' | 'dark' {
  const [isDark, setDark] = useState(dark.matches)
  useEffect(() => {
    const update = () => setDark(dark.matches)
    dark.addEventListener('change', update)
    return () => dark.removeEventListener('change', update)
  }, [])
  return isDark ? 'dark' : 'light'
}

export const cssColor = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()
