import { useSyncExternalStore } from 'react'
import { chooseTheme, currentTheme, onThemeChange } from './theme.ts'

export function ThemeButton() {
  const theme = useSyncExternalStore(onThemeChange, currentTheme)
  const other = theme === 'light' ? 'dark' : 'light'
  const name = `Change to ${other} colours`
  return (
    <button type="button" onClick={() => chooseTheme(other)} aria-label={name} title={name}>
      {theme === 'light' ? '☾' : '☀'}
    </button>
  )
}
