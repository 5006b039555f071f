"""Addresses of the platforms for film and sound: YouTube, TikTok, Twitch, Vimeo and others.

`content_paths` says how a spelling is written.
"""

from evenhand.rules.content_paths import Account, Item, Platform, names

YOUTUBE = Platform(
    code="youtube",
    home="www.youtube.com",
    domains=("youtube.com", "youtu.be", "youtube-nocookie.com", "youtubekids.com",
             "youtubeeducation.com", "youtube.googleapis.com"),
    hosts=("youtube.com", "www.youtube.com", "m.youtube.com", "youtube-nocookie.com",
           "www.youtube-nocookie.com", "<lang>.youtube.com"),
    also=("*.youtube.com", "youtubekids.com", "www.youtubekids.com", "youtubeeducation.com",
          "www.youtubeeducation.com", "youtube.googleapis.com"),
    items=(
        # A comment is content of its own; a reply's id begins with that of its comment.
        Item(shape=r"Ug[A-Za-z0-9_-]{24}(?:\.[A-Za-z0-9_-]{22})?",
             write="https://www.youtube.com/watch?v={film}&lc={id}",
             read=("/watch?v={film}&lc={id}", "/shorts/{film}?lc={id}", "/live/{film}?lc={id}",
                   "youtu.be/{film}?lc={id}"),
             apart="comment"),
        Item(shape=r"[A-Za-z0-9_-]{11}",
             write="https://www.youtube.com/watch?v={id}",
             read=("/watch?v={id}", "/?v={id}", "/watch_popup?v={id}", "/watch.php?v={id}",
                   "/movie?v={id}", "/ytscreeningroom?v={id}",
                   "youtu.be/{id}/...", "youtu.be/watch?v={id}", "www.youtu.be/{id}/...")),
        # Words of eleven letters stand in the same places: videoseries, live_stream, subscribers.
        Item(shape=r"(?![A-Za-z][a-z_-]{10})[A-Za-z0-9_-]{11}",
             write="https://www.youtube.com/watch?v={id}",
             read=("/watch/{id}/...", "/shorts/{id}/...", "/live/{id}/...", "/embed/{id}/...",
                   "/v/{id}/...", "/e/{id}/...", "/vi/{id}", "/video/{id}/...", "/swf/{id}",
                   "youtu.be/shorts/{id}", "youtu.be/live/{id}", "youtu.be/embed/{id}")),
        Item(shape=r"Ug[A-Za-z0-9_-]{20,60}",
             write="https://www.youtube.com/clip/{id}",
             read=("/clip/{id}",)),
        Item(shape=r"Ug[A-Za-z0-9_-]{20,60}",
             write="https://www.youtube.com/post/{id}",
             read=("/post/{id}", "/*/community?lb={id}", "/*/posts?lb={id}",
                   "/*/*/community?lb={id}", "/*/*/posts?lb={id}")),
    ),
    comments=("lc",),
    inner=("/attribution_link?u={address}",),
    accounts=(
        Account(("/@{user}/...",), called="@{user}"),
        Account(("/channel/{user}/...", "music.youtube.com/channel/{user}/..."), fold=False),
        Account(("music.youtube.com/browse/UC{user}",), called="UC{user}", fold=False),
        Account(("/user/{user}/...",), called="user/{user}"),
        Account(("/c/{user}/...",), called="c/{user}"),
    ),
)  # fmt: skip

TIKTOK = Platform(
    code="tiktok",
    home="www.tiktok.com",
    domains=("tiktok.com", "tiktokv.com"),
    hosts=("tiktok.com", "www.tiktok.com", "m.tiktok.com"),
    also=("*.tiktok.com", "tiktokv.com", "*.tiktokv.com"),
    items=(
        # Nineteen digits since the first film of 2014 and until 2038; fewer are a part of an id.
        Item(shape=r"[6-9]\d{18}",
             write="https://www.tiktok.com/@/video/{id}",
             read=("/@{user}/video/{id}/...", "/@{user}/photo/{id}/...", "/@/video/{id}",
                   "/@/photo/{id}", "/video/{id}", "/photo/{id}", "/v/{id}.html", "/v/{id}",
                   "/embed/{id}", "/embed/v1/{id}", "/embed/v2/{id}", "/embed/v3/{id}",
                   "/player/v1/{id}", "/share/video/{id}/...", "/share/photo/{id}/...",
                   "/*/share/video/{id}")),
    ),
    comments=("share_comment_id", "comment_id"),
    accounts=(Account(("/@{user}/...", "/embed/@{user}")),),
)  # fmt: skip

TWITCH = Platform(
    code="twitch",
    home="www.twitch.tv",
    domains=("twitch.tv",),
    hosts=("twitch.tv", "www.twitch.tv", "m.twitch.tv", "go.twitch.tv"),
    items=(
        Item(shape=r"[1-9]\d{4,14}",
             write="https://www.twitch.tv/videos/{id}",
             read=("/videos/{id}/...", "/video/{id}", "/{user}/v/{id}/...", "/{user}/video/{id}",
                   "/{user}/videos/{id}", "/{user}/schedule?vodID={id}",
                   "player.twitch.tv/?video={id}", "player.twitch.tv/?video=v{id}",
                   "embed.twitch.tv/?video={id}", "embed.twitch.tv/?video=v{id}")),
        # A clip's slug is made of four words with capitals: FunnyGreenCatKappa-a1b2c3.
        Item(shape=r"(?=(?:[A-Z][a-z0-9]*){4})[A-Z][A-Za-z0-9]{10,80}(?:-[A-Za-z0-9_-]{1,40})?",
             write="https://clips.twitch.tv/{id}",
             read=("/{user}/clip/{id}/...", "/clip/{id}", "clips.twitch.tv/{id}",
                   "clips.twitch.tv/{user}/{id}", "clips.twitch.tv/embed?clip={id}",
                   "clips.twitch.tv/embed?clip={user}/{id}", "player.twitch.tv/?clip={id}")),
    ),
    accounts=(Account(("/{user}", "/{user}/videos/...", "/{user}/clips", "/{user}/about",
                       "/{user}/schedule",
                       "player.twitch.tv/?channel={user}")),),
    reserved=names("videos video clip collections directory downloads jobs p search settings"
                       " subscriptions turbo wallet prime drops inventory login signup team"
                       " friends event moments popout embed user store"),
)  # fmt: skip

VIMEO = Platform(
    code="vimeo",
    home="vimeo.com",
    domains=("vimeo.com", "vimeopro.com"),
    hosts=("vimeo.com", "www.vimeo.com", "m.vimeo.com"),
    items=(
        Item(shape=r"[1-9]\d{2,11}",
             write="https://vimeo.com/{id}",
             read=("/{id}/...", "/video/{id}/...", "/videos/{id}/...", "/m/{id}/...",
                   "/channels/*/{id}/...", "/channels/*/videos/{id}", "/groups/*/videos/{id}/...",
                   "/groups/*/video/{id}", "/album/*/video/{id}/...", "/showcase/*/video/{id}/...",
                   "/ondemand/*/{id}/...", "/event/*/videos/{id}/...", "/categories/*/{id}",
                   "/categories/*/videos/{id}", "/manage/videos/{id}/...", "/manage/{id}/...",
                   "/{user}/review/{id}/...", "/moogaloop.swf?clip_id={id}",
                   "/moogaloop_local.swf?clip_id={id}", "player.vimeo.com/video/{id}/...",
                   "vimeopro.com/*/*/video/{id}", "www.vimeopro.com/*/*/video/{id}")),
        # Live events are counted apart: event 12345 is not film 12345.
        Item(shape=r"[1-9]\d{2,11}",
             write="https://vimeo.com/event/{id}",
             read=("/event/{id}/...",),
             apart="event"),
    ),
    accounts=(Account(("/{user}", "/{user}/videos", "/{user}/likes", "/{user}/following",
                       "/{user}/followers")),),
    reserved=names("album albums api blog categories channels couchmode create enterprise event"
                       " events explore features groups help home jobs log_in join login manage"
                       " moogaloop.swf ondemand plus pricing pro search settings showcase solutions"
                       " staffpicks stock terms privacy upgrade upload video videos watch"
                       " watchlater"),
)  # fmt: skip

DAILYMOTION = Platform(
    code="dailymotion",
    home="www.dailymotion.com",
    domains=("dailymotion.com", "dai.ly"),
    hosts=("dailymotion.com", "www.dailymotion.com", "m.dailymotion.com", "touch.dailymotion.com"),
    items=(
        # The title that may follow the id after an underline is not part of it. Public films
        # begin with x, films shown by their address alone with k; no page of the site is so named.
        Item(shape=r"(?:x[a-z0-9]{4,8}|k[A-Za-z0-9]{15,21})",
             write="https://www.dailymotion.com/video/{id}",
             read=("/video/{id}/...", "/video/{id}_*", "/*/video/{id}", "/*/video/{id}_*",
                   "/swf/{id}", "/swf/{id}_*", "dai.ly/{id}", "dai.ly/{id}_*", "www.dai.ly/{id}",
                   "geo.dailymotion.com/player.html?video={id}",
                   "geo.dailymotion.com/player/*?video={id}",
                   "geo.dailymotion.com/player?video={id}",
                   "geo.dailymotion.com/video/{id}", "geo.dailymotion.com/embed/video/{id}",
                   "api.dailymotion.com/video/{id}")),
    ),
    accounts=(Account(("/user/{user}/...", "/{user}")),),
    reserved=names("video videos playlist playlists embed hub hubs search swf user topic"
                       " partner legal about feed library live explore signin"),
)  # fmt: skip

SOUNDCLOUD_PLAYER = "w.soundcloud.com/player?url=*api.soundcloud.com/"
SOUNDCLOUD = Platform(
    code="soundcloud",
    home="soundcloud.com",
    domains=("soundcloud.com", "snd.sc", "soundcloud.app.goo.gl"),
    hosts=("soundcloud.com", "www.soundcloud.com", "m.soundcloud.com"),
    items=(
        Item(shape=r"(?!(?:about|albums|all|comments|fans|followers|following|groups|info|insights"
                   r"|likes|network|playlists|popular-tracks|recommended|reposts|sets|spotlight"
                   r"|station|stats|subscriptions|toptracks|tracks)(?:[^A-Za-z0-9_-]|$))"
                   r"[A-Za-z0-9_-]{1,255}",
             write="https://soundcloud.com/{user}/{id}",
             read=("/{user}/{id}", "/{user}/{id}/s-*"),
             called="{user}/{id}",
             fold=True),
        Item(shape=r"[1-9]\d{0,14}",
             write="https://api.soundcloud.com/tracks/{id}",
             read=("api.soundcloud.com/tracks/{id}/...",
                   "api.soundcloud.com/tracks/soundcloud:tracks:{id}/...",
                   "api-v2.soundcloud.com/tracks/{id}", "w.soundcloud.com/tracks/{id}",
                   "api-v2.soundcloud.com/tracks/soundcloud:tracks:{id}",
                   SOUNDCLOUD_PLAYER + "tracks/{id}",
                   SOUNDCLOUD_PLAYER + "tracks/soundcloud:tracks:{id}",
                   SOUNDCLOUD_PLAYER + "tracks/soundcloud%3Atracks%3A{id}")),
        # An embedded list is one thing on the page that shows it; lists have their own numbers.
        Item(shape=r"[1-9]\d{0,14}",
             write="https://w.soundcloud.com/player/?url="
                   "https%3A%2F%2Fapi.soundcloud.com%2Fplaylists%2F{id}",
             read=(SOUNDCLOUD_PLAYER + "playlists/{id}",
                   SOUNDCLOUD_PLAYER + "playlists/soundcloud:playlists:{id}",
                   SOUNDCLOUD_PLAYER + "playlists/soundcloud%3Aplaylists%3A{id}"),
             apart="playlist"),
    ),
    inner=("w.soundcloud.com/player?url={address}", "player.soundcloud.com/player?url={address}"),
    accounts=(Account(("/{user}/...",)),),
    reserved=names("a about account activate activity ads advertise api apps artist artists assets"
                       " audio authorize blog business buy careers charts checkout collection"
                       " community community-guidelines company connect contact cookies copyright"
                       " creators dashboard developers discover dmca download email emails embed"
                       " explore fan feed for-artists for-you genres getstarted gift go groups"
                       " help history home imprint insights jobs legal library likes login logout"
                       " me messages mobile music new news next notifications oauth oauth2 oembed"
                       " on pages partners password people player playlist playlists policies"
                       " popular premium press privacy pro recommended record register report"
                       " repost reset search security session settings sets share signin signout"
                       " signup static station stations stats stream subscribe support tags terms"
                       " terms-of-use top track tracks transparency-reports trending tutorials"
                       " upload user users verify video videos welcome you"),
)  # fmt: skip
