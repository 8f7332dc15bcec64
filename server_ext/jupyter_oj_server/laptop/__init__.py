"""The laptop shape: what one person's Jupyter server keeps running beside itself."""
