// Rows of a Markdown table, as text without its marks.

/** The cells of the table whose head begins with `heading`; the head itself is not among them. */
export function tableRows(page: string, heading: string): readonly (readonly string[])[] {
  const lines = page.split('\n')
  const head = lines.findIndex((line) => line.startsWith(`| ${heading} |`))
  if (head < 0) throw new Error(`there is no table with the heading "${heading}"`)
  const end = lines.findIndex((line, i) => i > head && !line.startsWith('|'))
  return lines.slice(head + 2, end < 0 ? undefined : end).map(cells)
}

function cells(line: string): readonly string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim().replaceAll('`', '').replaceAll('&lt;', '<').replaceAll('&gt;', '>'))
}
