// Copies a field of a portal sheet. Without this the fields can be selected by hand.
const live = document.getElementById('copied')

for (const button of document.querySelectorAll('button[data-copy]')) {
  button.hidden = false
  button.addEventListener('click', async () => {
    const field = document.getElementById(button.dataset.copy)
    const seen = document.querySelector(`[data-copied="${button.dataset.copy}"]`)
    let words = live.dataset.words
    try {
      await navigator.clipboard.writeText(field.value)
    } catch {
      // No clipboard here, or not allowed: leave the text selected for the person.
      field.focus()
      field.select()
      words = live.dataset.failed
    }
    live.textContent = `${words} ${button.dataset.label}`
    seen.textContent = words.replace(':', '')
  })
}
