"""The desk's documents: for those who write, advise on, approve and oversee them."""
