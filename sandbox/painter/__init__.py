"""A small diffusion model that learns a subject from a few photos, with NumPy and Pillow alone.

It stands in for Stable Diffusion on the sandbox's endpoint. It has seen nothing but the photos it was
trained on and knows no language: layout and light come from a trained network, fine detail is taken from
warped training photos and shows only as far as the network has learnt, style and scene words are filters.

`training.train` turns photos into the bytes of an artifact, `artifact.load` turns those into a model,
`painting.paint` turns a model and a request into a picture.
"""
