"""How are the demonstration's pictures painted? By code: a canvas, a box of motifs, and one function a scene."""
