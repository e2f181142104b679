package usher.http.site;

import org.jspecify.annotations.Nullable;

/// What a path led to on disk: a file, and its precompressed siblings.
record Found(Stamp plain, @Nullable Stamp brotli, @Nullable Stamp gzip) {
  /// The file in this encoding, if there is one.
  @Nullable Stamp stamp(Encoding encoding) {
    return switch (encoding) {
      case IDENTITY -> plain;
      case BROTLI -> brotli;
      case GZIP -> gzip;
    };
  }
}
