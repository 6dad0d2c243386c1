// The playground of a server, in a browser.
import type { TestContext } from 'node:test'
import type { Page } from 'playwright-core'
import { type DashboardTab, openDashboard, type TabOptions } from './browser.ts'
import { startFleet, type TestFleet } from './fleet.ts'

export interface Playground extends DashboardTab {
  readonly fleet: TestFleet
  /** In place of what the editor had. */
  write(code: string): Promise<void>
  /** The same, and runs it by its key. */
  run(code: string): Promise<void>
}

/** Undefined where there is no Chromium. */
export async function openPlayground(t: TestContext, options: TabOptions = {}): Promise<Playground | undefined> {
  const fleet = await startFleet()
  const tab = await openDashboard(t, fleet.serve.adminPort, { hash: '#/playground', ...options })
  if (tab === undefined) {
    await fleet[Symbol.asyncDispose]()
    return undefined
  }
  const { page } = tab
  return {
    ...tab,
    fleet,
    write: (code) => writeCode(page, code),
    async run(code) {
      await writeCode(page, code)
      await page.keyboard.press('Control+Enter')
    },
    async [Symbol.asyncDispose]() {
      await tab[Symbol.asyncDispose]()
      await fleet[Symbol.asyncDispose]()
    },
  }
}

async function writeCode(page: Page, code: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Code' }).click()
  await page.keyboard.press('Control+A')
  // As from the clipboard: the editor closes no brackets by itself then.
  await page.keyboard.insertText(code)
}
