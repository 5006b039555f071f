"""Short, plain words that passwords of the demo are made of."""

WORDS = """
acorn amber anchor apple april arrow autumn badge baker bamboo barley basket beacon bench
berry birch blanket blossom boat book bottle branch bread breeze brick bridge brook brush
bucket butter button cabin candle canvas carpet castle cedar chalk cherry chimney circle
clover coast coffee copper coral corner cotton cradle crayon cream cricket curtain daisy
desert dinner dolphin donkey dragon drawer eagle ember engine falcon feather fern fiddle
field finger flame flute forest fossil fountain fox garden ginger glass globe gravel guitar
hammer harbour harvest hazel hedge heron hill honey island ivory jacket jigsaw juniper
kettle kitten ladder lagoon lantern lemon letter lily lizard magnet maple marble meadow
melon mirror mitten monday morning mountain museum needle nickel oak oasis ocean olive onion
orange orchard otter oyster paper parcel pebble pencil pepper piano pillow planet plum
pocket pond poppy potato powder pumpkin puzzle quilt rabbit radish rain raven ribbon river
robin rocket saddle sail salmon sand scarf shadow shell silver spoon spring squirrel star
summer sunset tailor teapot thistle thunder ticket timber tulip tunnel turnip valley velvet
village violin walnut water wheat whistle willow window winter wool yellow zebra
""".split()  # noqa: SIM905 - a list of 190 words is easier to read so
