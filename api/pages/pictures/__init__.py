"""Pictures as SVG made on the server: layered chains, the axis of dates, bars and strips; each with links and titles inside."""
