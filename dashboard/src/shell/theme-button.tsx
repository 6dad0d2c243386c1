// Light or dark: as the system says, until somebody says otherwise here.
import { useState } from 'react'

type Theme = 'light' | 'dark'

const KEY = 'isopod-theme'
const stored = localStorage.getItem(KEY)
if (stored === 'light' || stored === 'dark') document.documentElement.dataset['theme'] = stored

function current(): Theme {
  const chosen = document.documentElement.dataset['theme']
  if (chosen === 'light' || chosen === 'dark') return chosen
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}

export function ThemeButton() {
  const [theme, setTheme] = useState<Theme>(current)
  const other = theme === 'light' ? 'dark' : 'light'
  const change = (): void => {
    localStorage.setItem(KEY, other)
    document.documentElement.dataset['theme'] = other
    setTheme(other)
    dispatchEvent(new Event('themechange'))
  }
  return (
    <button
      type="button"
      onClick={change}
      aria-label={`Change to ${other} colours`}
      title={`Change to ${other} colours`}
    >
      {theme === 'light' ? '☾' : '☀'}
    </button>
  )
}
