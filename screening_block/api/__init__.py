"""The public API of screeners: releases to read, and a stateless evaluation."""
