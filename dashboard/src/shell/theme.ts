// Light or dark: as the system says, until somebody says otherwise here. The page carries it as `data-theme`, from before anything
// is drawn; whoever draws by script hears of a change as the event `themechange`.
export type Theme = 'light' | 'dark'

const KEY = 'isopod-theme'
const system = matchMedia('(prefers-color-scheme: dark)')

export function currentTheme(): Theme {
  const chosen = localStorage.getItem(KEY)
  if (chosen === 'light' || chosen === 'dark') return chosen
  return system.matches ? 'dark' : 'light'
}

export function chooseTheme(theme: Theme): void {
  localStorage.setItem(KEY, theme)
  apply()
}

export function onThemeChange(changed: () => void): () => void {
  addEventListener('themechange', changed)
  return () => removeEventListener('themechange', changed)
}

function apply(): void {
  document.documentElement.dataset['theme'] = currentTheme()
  dispatchEvent(new Event('themechange'))
}

system.addEventListener('change', apply)
apply()
