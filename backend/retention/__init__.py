"""How long records are kept, what keeps them longer, and how they are deleted: by three people, and with proof."""
