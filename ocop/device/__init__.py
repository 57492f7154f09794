"""What a browser may keep of the product on its device, and under which key."""
