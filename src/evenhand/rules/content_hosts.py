"""Addresses of the platforms for posts and messages, and the list of all platforms we know.

`content_paths` says how a spelling is written; film and sound are in `content_hosts_media`.
"""

from evenhand.rules.content_hosts_media import (
    DAILYMOTION,
    SOUNDCLOUD,
    TIKTOK,
    TWITCH,
    VIMEO,
    YOUTUBE,
)
from evenhand.rules.content_paths import Account, Item, Platform, names

X = Platform(
    code="x",
    home="x.com",
    domains=("x.com", "twitter.com", "t.co", "amp.twimg.com", "pic.twitter.com"),
    hosts=("x.com", "www.x.com", "mobile.x.com", "m.x.com",
           "twitter.com", "www.twitter.com", "mobile.twitter.com", "m.twitter.com"),
    items=(
        # Numbers of 12 to 15 digits were given out in the first hours of the present scheme only.
        Item(shape=r"(?:[1-9]\d{15,18}|[1-9]\d{0,10})",
             write="https://x.com/i/status/{id}",
             read=("/{user}/status/{id}/...", "/{user}/statuses/{id}/...", "/i/status/{id}/...",
                   "/i/web/status/{id}/...", "/statuses/{id}", "/status/{id}",
                   "/i/videos/tweet/{id}", "/i/videos/{id}", "/i/cards/tfw/v1/{id}",
                   "/{user}/article/{id}/...", "/intent/like?tweet_id={id}",
                   "/intent/favorite?tweet_id={id}", "/intent/retweet?tweet_id={id}",
                   "platform.twitter.com/embed/*?id={id}", "platform.x.com/embed/*?id={id}")),
        Item(r"[1-9]\d{4,19}", "https://x.com/i/events/{id}", ("/i/events/{id}",)),
        Item(r"[1-9]\d{4,19}", "https://x.com/i/article/{id}",
             ("/i/article/{id}", "/i/articles/{id}")),
        Item(r"[1-9]\d{4,19}", "https://x.com/i/moments/{id}", ("/i/moments/{id}",)),
        Item(r"1[A-Za-z0-9]{12}", "https://x.com/i/broadcasts/{id}", ("/i/broadcasts/{id}/...",)),
        Item(r"1[A-Za-z0-9]{12}", "https://x.com/i/spaces/{id}", ("/i/spaces/{id}/...",)),
        Item(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
             "https://amp.twimg.com/v/{id}", ("amp.twimg.com/v/{id}",)),
    ),
    accounts=(Account(("/{user}", "/{user}/with_replies", "/{user}/media", "/{user}/likes",
                       "/{user}/highlights", "/{user}/articles", "/{user}/followers",
                       "/{user}/following", "/{user}/lists", "/intent/user?screen_name={user}",
                       "/intent/follow?screen_name={user}")),),
    reserved=names("i home explore search hashtag intent share settings notifications messages"
                       " login logout signup compose about tos privacy jobs download account"
                       " lists bookmarks communities who_to_follow statuses status"),
)  # fmt: skip

FACEBOOK_NUMBER = r"[1-9]\d{4,19}"
FACEBOOK_POST = r"(?:pfbid[A-Za-z0-9]{10,100}|[1-9]\d{4,19})"
FACEBOOK = Platform(
    code="facebook",
    home="www.facebook.com",
    domains=("facebook.com", "fb.com", "fb.watch", "fb.me", "fb.gg"),
    hosts=("facebook.com", "www.facebook.com", "m.facebook.com", "mbasic.facebook.com",
           "web.facebook.com", "touch.facebook.com", "d.facebook.com", "p.facebook.com",
           "free.facebook.com", "<lang>.facebook.com", "fb.com", "www.fb.com", "m.fb.com"),
    also=("*.facebook.com",),
    items=(
        Item(shape=FACEBOOK_POST,
             write="https://www.facebook.com/groups/{group}/posts/{id}",
             read=("/groups/{group}/posts/{id}", "/groups/{group}/posts/*/{id}",
                   "/groups/{group}/permalink/{id}", "/groups/{group}/permalink/*/{id}",
                   "/groups/{group}?multi_permalinks={id}",
                   "/groups/{group}?view=permalink&id={id}")),
        Item(shape=FACEBOOK_POST,
             write="https://www.facebook.com/{user}/posts/{id}",
             read=("/{user}/posts/{id}", "/{user}/posts/{id}:*", "/{user}/posts/*/{id}",
                   "/pg/{user}/posts/{id}", "/{user}/activity/{id}",
                   "/permalink.php?story_fbid={id}&id={user}",
                   "/story.php?story_fbid={id}&id={user}")),
        Item(shape=FACEBOOK_POST,
             write="https://www.facebook.com/story.php?story_fbid={id}",
             read=("/story.php?story_fbid={id}", "/permalink.php?story_fbid={id}")),
        Item(shape=FACEBOOK_NUMBER,
             write="https://www.facebook.com/watch/?v={id}",
             read=("/watch?v={id}", "/watch/live?v={id}", "/video.php?v={id}",
                   "/video/video.php?v={id}", "/video/embed?video_id={id}", "/photo.php?v={id}",
                   "/v/{id}", "/reel/{id}/...", "/reels/{id}/...", "/{user}/reel/{id}",
                   "/{user}/videos/{id}", "/{user}/videos/*/{id}/...", "/{user}/videos/{id}/...",
                   "/pg/{user}/videos/{id}", "/groups/*/videos/{id}")),
        Item(shape=FACEBOOK_NUMBER,
             write="https://www.facebook.com/photo/?fbid={id}",
             read=("/photo?fbid={id}", "/photo.php?fbid={id}", "/photo/*?fbid={id}",
                   "/{user}/photos/{id}", "/{user}/photos/*/{id}", "/pg/{user}/photos/{id}",
                   "/pg/{user}/photos/*/{id}")),
        Item(FACEBOOK_NUMBER, "https://www.facebook.com/events/{id}/",
             ("/events/{id}", "/events/*/{id}", "/events/s/*/{id}")),
        Item(FACEBOOK_NUMBER, "https://www.facebook.com/watchparty/{id}", ("/watchparty/{id}",)),
        Item(FACEBOOK_NUMBER, "https://www.facebook.com/marketplace/item/{id}/",
             ("/marketplace/item/{id}", "/marketplace/*/item/{id}")),
        Item(FACEBOOK_NUMBER, "https://www.facebook.com/note.php?note_id={id}",
             ("/note.php?note_id={id}", "/notes/*/*/{id}")),
        Item(FACEBOOK_NUMBER, "https://www.facebook.com/ads/library/?id={id}",
             ("/ads/library?id={id}", "/ads/archive?id={id}"), apart="ad"),
    ),
    comments=("comment_id", "reply_comment_id"),
    inner=("/plugins/video.php?href={address}", "/plugins/post.php?href={address}",
           "/*/plugins/video.php?href={address}", "/*/plugins/post.php?href={address}",
           "/plugins/video?href={address}", "/plugins/post?href={address}"),
    accounts=(Account(("/{user}", "/{user}/posts/...", "/{user}/videos/...", "/{user}/photos/...",
                       "/{user}/about", "/{user}/reels", "/{user}/reel/...",
                       "/{user}/activity/...", "/pg/{user}/...", "/people/*/{user}",
                       "/profile.php?id={user}", "/permalink.php?id={user}",
                       "/story.php?id={user}")),),
    reserved=names("ads business dialog event events feed flx friends gaming groups hashtag"
                       " help home.php l.php legal live login login.php marketplace media messages"
                       " notes note.php pages people permalink.php pg photo photo.php plugins"
                       " policies privacy profile.php public reel reels saved search settings"
                       " share share.php sharer sharer.php stories story.php v video video.php"
                       " videos watch watchparty"),
)  # fmt: skip

INSTAGRAM = Platform(
    code="instagram",
    home="www.instagram.com",
    domains=("instagram.com", "instagr.am", "ig.me"),
    hosts=("instagram.com", "www.instagram.com", "m.instagram.com", "instagr.am",
           "www.instagr.am"),
    items=(
        # Eleven signs, before 2015 ten, and 28 more on a private account. Ten that begin with B to
        # E are a part of eleven, and ten small letters are the name of a page.
        Item(shape=r"(?:[B-H][A-Za-z0-9_-]{10}|(?![a-z]{10})[F-Za-z0-9_-][A-Za-z0-9_-]{9})"
                   r"(?:[A-Za-z0-9_-]{28})?",
             write="https://www.instagram.com/p/{id}/",
             read=("/p/{id}", "/p/{id}/embed/...", "/p/{id}/media", "/p/{id}/comments",
                   "/p/{id}/liked_by", "/{user}/p/{id}", "/{user}/p/{id}/embed/...",
                   "/reel/{id}", "/reels/{id}", "/tv/{id}", "/reel/{id}/embed/...",
                   "/reels/{id}/embed/...", "/tv/{id}/embed/...", "/reel/{id}/comments",
                   "/{user}/reel/{id}", "/{user}/reels/{id}", "/{user}/tv/{id}",
                   "/{user}/reel/{id}/embed/...")),
        Item(shape=r"[1-9]\d{18}",
             write="https://www.instagram.com/stories/{user}/{id}/",
             read=("/stories/{user}/{id}",)),
    ),
    accounts=(Account(("/{user}", "/{user}/p/...", "/{user}/reel/...", "/{user}/reels/...",
                       "/{user}/tv/...", "/{user}/tagged", "/{user}/channel", "/_u/{user}",
                       "/{user}/embed", "/stories/{user}/...")),),
    reserved=names("_u about accounts api ar challenge developer direct explore graphql"
                       " highlights legal p press privacy reel reels s share static stories"
                       " threads tv web"),
)  # fmt: skip

REDDIT = Platform(
    code="reddit",
    home="www.reddit.com",
    domains=("reddit.com", "redd.it", "redditmedia.com"),
    hosts=("reddit.com", "www.reddit.com", "old.reddit.com", "new.reddit.com", "np.reddit.com",
           "m.reddit.com", "i.reddit.com", "sh.reddit.com", "amp.reddit.com", "<lang>.reddit.com"),
    also=("*.reddit.com", "redditmedia.com", "www.redditmedia.com"),
    items=(
        # A comment is content of its own; posts and comments are counted apart.
        Item(shape=r"[1-9A-Za-z][0-9A-Za-z]{3,9}",
             write="https://www.reddit.com/comments/{post}/_/{id}",
             read=("/r/*/comments/{post}/*/{id}", "/comments/{post}/*/{id}",
                   "/user/{user}/comments/{post}/*/{id}",
                   "/u/{user}/comments/{post}/*/{id}"),
             apart="comment",
             fold=True),
        Item(shape=r"[1-9A-Za-z][0-9A-Za-z]{1,9}",
             write="https://www.reddit.com/comments/{id}",
             read=("/r/*/comments/{id}", "/r/*/comments/{id}/*", "/r/*/comments/{id}.*",
                   "/comments/{id}", "/comments/{id}/*", "/comments/{id}.*",
                   "/user/{user}/comments/{id}", "/user/{user}/comments/{id}/*",
                   "/u/{user}/comments/{id}", "/u/{user}/comments/{id}/*",
                   "/gallery/{id}", "/tb/{id}", "/link/{id}/video/...", "/mediaembed/{id}",
                   "redd.it/{id}", "www.redd.it/{id}"),
             fold=True),
    ),
    accounts=(Account(("/user/{user}/...", "/u/{user}/...")),),
    reserved=frozenset({"me"}),
)  # fmt: skip

TELEGRAM = Platform(
    code="telegram",
    home="t.me",
    domains=("t.me", "telegram.me", "telegram.dog", "telesco.pe", "web.telegram.org"),
    hosts=("t.me", "www.t.me", "telegram.me", "www.telegram.me", "telegram.dog", "telesco.pe"),
    items=(
        # A comment is numbered in the group beside the channel, so apart from its posts.
        Item(shape=r"[1-9]\d{0,9}",
             write="https://t.me/{user}/{number}?comment={id}",
             read=("/{user}/{number}?comment={id}", "/s/{user}/{number}?comment={id}"),
             called="{user}/{number}/{id}",
             apart="comment"),
        Item(shape=r"[1-9]\d{0,9}",
             write="https://t.me/{user}/{id}",
             read=("/{user}/{id}", "/s/{user}/{id}", "/{user}/{number}/{id}"),
             called="{user}/{id}"),
        Item(shape=r"[1-9]\d{0,9}",
             write="https://t.me/{user}/s/{id}",
             read=("/{user}/s/{id}",),
             called="{user}/s/{id}"),
    ),
    comments=("comment",),
    accounts=(Account(("/{user}", "/s/{user}", "/{user}/...")),),
    user_hosts=("t.me",),
    reserved=names("+ a addemoji addlist addstickers addtheme bg boost c call confirmphone"
                       " contact giftcode invoice iv joinchat k login m msg nft proxy s"
                       " setlanguage share socks"),
)  # fmt: skip

SNAPCHAT = Platform(
    code="snapchat",
    home="www.snapchat.com",
    domains=("snapchat.com",),
    hosts=("snapchat.com", "www.snapchat.com"),
    items=(
        Item(shape=r"W7_[A-Za-z0-9_-]{45,70}AAAAA[A-Za-z0-9_-]",
             write="https://www.snapchat.com/spotlight/{id}",
             read=("/spotlight/{id}/...", "/@{user}/spotlight/{id}/...", "/embed/spotlight/{id}",
                   "/o/{id}", "story.snapchat.com/o/{id}")),
        Item(shape=r"W7_[A-Za-z0-9_-]{45,70}AAAAA[A-Za-z0-9_-]",
             write="https://www.snapchat.com/spotlight/{id}",
             read=("/@{user}/{id}", "/add/{user}/{id}")),
        Item(shape=r"[1-9]\d{7,19}",
             write="https://www.snapchat.com/discover/_/{id}",
             read=("/discover/*/{id}", "/p/*/{id}", "story.snapchat.com/p/*/{id}")),
        Item(shape=r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
             write="https://www.snapchat.com/@{user}/highlight/{id}",
             read=("/@{user}/highlight/{id}",)),
        Item(shape=r"[0-9a-f]{32}",
             write="https://www.snapchat.com/lens/{id}",
             read=("/lens/{id}",)),
    ),
    accounts=(Account(("/@{user}/...", "/add/{user}/...", "story.snapchat.com/u/{user}",
                       "story.snapchat.com/@{user}")),),
)  # fmt: skip

PLATFORMS = (YOUTUBE, TIKTOK, INSTAGRAM, SNAPCHAT, X, FACEBOOK, REDDIT, SOUNDCLOUD, TWITCH,
             TELEGRAM, VIMEO, DAILYMOTION)  # fmt: skip
