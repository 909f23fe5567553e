import ar from '@/lib/messages/ar/later.json'
import en from '@/lib/messages/en/later.json'
import es from '@/lib/messages/es/later.json'
import fr from '@/lib/messages/fr/later.json'

const WORDS: Readonly<Record<string, typeof en>> = { en, ar, fr, es }

/** Colours as in globals.css; this page stands alone, because proxy.ts answers it before anything is rendered. */
const STYLE = `
:root { color-scheme: light dark; --paper: oklch(0.985 0.006 85); --ink: oklch(0.24 0.012 80); --seal: oklch(0.47 0.105 163) }
@media (prefers-color-scheme: dark) { :root { --paper: oklch(0.19 0.008 80); --ink: oklch(0.94 0.008 85); --seal: oklch(0.76 0.12 163) } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.6 Inter, system-ui, sans-serif }
main { max-width: 36rem; margin: 0 auto; padding: 4rem 1rem }
h1 { font-size: 1.75rem; line-height: 1.25 }
strong { font-variant-numeric: tabular-nums }
a { color: var(--seal) }`

/** What a person reads who asked too often, as a whole document: in whole minutes from one, or seconds below. `locale`: one of ours. */
export function laterPage(given: { locale: string; dir: 'ltr' | 'rtl'; nonce: string; seconds: number }): string {
  const { locale, dir, nonce, seconds } = given
  const words = WORDS[locale] ?? en
  const unit = seconds < 60 ? 'second' : 'minute'
  const wait = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(
    unit === 'second' ? seconds : Math.ceil(seconds / 60),
  )
  return `<!doctype html>
<html lang="${locale}" dir="${dir}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${words.title}</title><style nonce="${nonce}">${STYLE}</style></head>
<body><main><h1>${words.title}</h1><p>${words.text}</p><p><strong>${words.wait.replace('{wait}', wait)}</strong></p>
<p><a href="/">${words.home}</a></p></main></body></html>
`
}
