// Keys that lead to a room. They do nothing in a field, with a modifier, or once turned off.
const list = document.getElementById('eh-shortcuts')
const ways = new Map([...list.querySelectorAll('[data-eh-keys]')].map((it) => [it.dataset.ehKeys, it.href]))
let first = ''

document.addEventListener('keydown', (event) => {
  const typing = event.target.closest?.('input, textarea, select, [contenteditable]')
  if (typing || list.open || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return
  if (event.key === 'Shift') return
  const keys = first ? `${first} ${event.key}` : event.key
  first = !first && [...ways.keys()].some((it) => it.startsWith(`${event.key} `)) ? event.key : ''
  if (keys === '?') {
    list.showModal()
  } else if (ways.has(keys)) {
    event.preventDefault()
    window.location.assign(ways.get(keys))
  }
})
