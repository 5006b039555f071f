// Puts the reminder of a break away where it stands: what is typed on the page stays. Without this
// the page is opened anew.
const reminder = document.getElementById('eh-reminder')
const form = reminder.querySelector('form')

form.addEventListener('submit', async (event) => {
  event.preventDefault()
  try {
    const answer = await fetch(form.action, { method: 'POST', body: new FormData(form), redirect: 'manual' })
    if (answer.type !== 'opaqueredirect') throw new Error()
    reminder.remove()
    document.getElementById('main-content').focus()
  } catch {
    form.submit()
  }
})
