"""What do feed readers get? Whole stories with absolute addresses: as RSS 2.0 and as JSON Feed 1.1."""
