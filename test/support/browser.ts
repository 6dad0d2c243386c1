// A real Chromium that shows the dashboard of a server, Debian's where it is installed.
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { type Browser, chromium, type Page } from 'playwright-core'

const PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const given = process.env['CHROMIUM']
const executablePath = given ?? PATHS.find((path) => existsSync(path))

const SCREENSHOTS = join(import.meta.dirname, '..', '..', 'build', 'screenshots')

export interface DashboardTab extends AsyncDisposable {
  readonly page: Page
  /** What went wrong in the page, and what it asked of other machines. */
  readonly problems: string[]
  /** Kept in `build/screenshots`, for whoever wants to look. */
  screenshot(name: string): Promise<void>
}

export interface TabOptions {
  /** `#/…` of the page. */
  readonly hash?: string
  readonly width?: number
  readonly height?: number
  readonly colorScheme?: 'light' | 'dark'
}

/** Undefined, said loudly, where there is no Chromium. */
export async function openDashboard(
  t: TestContext,
  adminPort: number,
  { colorScheme = 'light', hash = '', height = 900, width = 1280 }: TabOptions = {},
): Promise<DashboardTab | undefined> {
  if (executablePath === undefined) {
    const message = `NO CHROMIUM: the dashboard is not tested. Install it (apt-get install chromium), or name one in CHROMIUM; looked for ${PATHS.join(', ')}`
    process.stderr.write(`\n${message}\n\n`)
    t.skip(message)
    return undefined
  }
  const browser: Browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] })
  const context = await browser.newContext({ viewport: { width, height }, colorScheme })
  const page = await context.newPage()
  const origin = `http://127.0.0.1:${adminPort}`
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(String(error)))
  page.on('request', (request) => {
    if (!request.url().startsWith(origin) && !/^(?:data|blob):/.test(request.url())) problems.push(request.url())
  })
  await page.goto(`${origin}/${hash}`)
  return {
    page,
    problems,
    async screenshot(name) {
      mkdirSync(SCREENSHOTS, { recursive: true })
      await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true })
    },
    [Symbol.asyncDispose]: () => browser.close(),
  }
}
