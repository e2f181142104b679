package usher.http;

import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/// The body of a request, whole: it has been received before the handler is called. It lies in
/// memory up to [usher.session.Limits#bodyMemory] and in a temporary file beyond. It may be read as
/// often as wanted until the answer has been given; a file is gone afterwards.
public sealed interface RequestBody permits MemoryBody, SpooledBody {
  /// No body, or one of no bytes.
  static RequestBody empty() {
    return MemoryBody.EMPTY;
  }

  /// A body of these bytes, which must not be changed any more.
  static RequestBody of(byte[] bytes) {
    return bytes.length == 0 ? MemoryBody.EMPTY : new MemoryBody(bytes, bytes.length);
  }

  /// How many bytes there are.
  long length();

  /// Whether reading it touches no file, and so never blocks.
  boolean inMemory();

  /// The body as a stream that needs no closing.
  InputStream stream();

  /// The whole body as an array of its own.
  ///
  /// @throws UncheckedIOException where the temporary file cannot be read
  /// @throws HttpException `413` where there are more bytes than an array holds
  byte[] bytes();

  /// The whole body as text; bytes that the charset does not know become U+FFFD.
  ///
  /// @throws UncheckedIOException where the temporary file cannot be read
  default String text(Charset charset) {
    return new String(bytes(), charset);
  }

  /// The whole body as UTF-8.
  default String text() {
    return text(StandardCharsets.UTF_8);
  }
}
