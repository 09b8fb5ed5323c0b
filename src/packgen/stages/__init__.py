"""The stages of a build between validated data and the finished folder, one module each, as `pipeline` lists them."""
