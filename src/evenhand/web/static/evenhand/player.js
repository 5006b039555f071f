// Plays a captured video by buttons beside it: the browser's own are blurred with it until it is sharp.
const video = document.querySelector('video.eh-still__picture')
const player = document.getElementById('player')
const sharp = document.getElementById('clear')

if (video && player) {
  const [play, sound] = player.querySelectorAll('button')
  const pressed = (button, is) => button.setAttribute('aria-pressed', String(is))
  player.hidden = false
  video.controls = sharp.checked
  play.addEventListener('click', () => video.paused ? video.play() : video.pause())
  sound.addEventListener('click', () => { video.muted = !video.muted })
  sharp.addEventListener('change', () => { video.controls = sharp.checked })
  for (const it of ['play', 'pause', 'ended']) video.addEventListener(it, () => pressed(play, !video.paused))
  video.addEventListener('volumechange', () => pressed(sound, !video.muted))
}
